"""Le texte balisé qui résume une ligne : ses signes, et ce qu'il garde de chaque cellule.

Chaque cellule y est ``¦n=contenu`` ; ``¦``, ``n`` et ``=`` sont ici des signes que nul ne tape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pilotage_xlsx.generation.syntaxe import comparable
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Genre
from pilotage_xlsx.modele.vocabulaire import AVEU, ecritures
from pilotage_xlsx.registre.remises import REMISES

BALISE, EGAL = "\ue000", "\ue001"
"""Ouvrent une cellule du texte balisé et son contenu."""

_NUMEROS = 0xE100
"""Le premier des signes qui numérotent les cellules."""

JUSTE, FAUTIF = "\ue002", "\ue003"
"""Tiennent lieu d'un nombre admis, et d'un nombre hors bornes ou d'une erreur.

Leur texte dépendrait du poste.
"""

REMIS = "\ue005"
"""Suit la place, alors vide, d'une réponse remise à plus tard : la ligne, elle, ne l'est pas."""

EGAL_SANS_REMISE = "\ue006"
"""Ouvre le contenu d'une cellule où « ? » est une réponse comme une autre."""

EGAUX = (EGAL, EGAL_SANS_REMISE)

AVOUE = "\ue004"
"""Tient lieu de « À clarifier » : les formules le cherchent dans chaque cellule."""

EXTRAIT, EXTRAIT_DE_NOMS = 250, 999
"""Ce qui se garde d'un texte, et de noms cités : assez pour tout ce à quoi on les compare."""

NOMBRES = frozenset({Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT})


def borner(numero: int) -> str:
    """Le bord gauche d'une cellule du texte balisé ; celui d'après la dernière le ferme."""
    return f"{BALISE}{chr(_NUMEROS + numero)}"


def baliser(numero: int, colonne: Colonne) -> str:
    """Ce qui ouvre une cellule du texte balisé : son numéro dans la ligne (dès 1)."""
    return f"{borner(numero)}{EGAL if colonne.connait_les_remises else EGAL_SANS_REMISE}"


def substitutions(colonnes: Iterable[Colonne]) -> Mapping[str, str]:
    """Ce qui se remplace dans le texte balisé, mis en capitales comme lui : aveux et remises.

    Un séparateur seul, là où une cellule de ces colonnes en admet, n'est rien.
    """
    rien = {
        f"{baliser(numero, colonne)}{SEPARATEUR}{BALISE}": f"{baliser(numero, colonne)}{BALISE}"
        for numero, colonne in enumerate(colonnes, 1)
        if colonne.plusieurs
    }
    aveux = {
        f"{egal}{comparable(ecrit)}{BALISE}": f"{egal}{AVOUE}{BALISE}"
        for ecrit in ecritures((AVEU,))
        for egal in EGAUX
    }
    remises = dict.fromkeys(map(comparable, REMISES))
    vide = f"{EGAL}{BALISE}{REMIS}{BALISE}"
    return {**rien, **aveux, **{f"{EGAL}{remise}{BALISE}": vide for remise in remises}}


def extrait(colonne: Colonne) -> int:
    """Combien de signes d'une cellule comptent."""
    return EXTRAIT_DE_NOMS if colonne.reference else EXTRAIT
