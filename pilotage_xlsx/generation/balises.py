"""Le texte balisé qui résume une ligne : ses signes, et ce qu'il garde de chaque cellule."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage_xlsx.generation.citations import LARGEUR
from pilotage_xlsx.generation.syntaxe import capitaliser
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER
from pilotage_xlsx.registre.remises import REMISES

BALISE, EGAL = "\ue000", "\ue001"
"""Ouvrent une cellule du texte balisé et son contenu : des signes que personne ne tape."""

TOTAL = BALISE
"""Tient lieu de la clé d'une ligne « Total » : rien ne la cite."""

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

EXTRAIT = 250
NOMBRES = frozenset({Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT})


def baliser(numero: int, colonne: Colonne) -> str:
    """Ce qui ouvre une cellule du texte balisé : son numéro dans la ligne."""
    return f"{BALISE}{numero}{EGAL if colonne.connait_les_remises else EGAL_SANS_REMISE}"


def substitutions() -> Mapping[str, str]:
    """Ce qui se remplace dans le texte balisé, une fois en capitales : aveux et remises."""
    aveu = capitaliser(A_CLARIFIER)
    aveux = {f"{egal}{aveu}{BALISE}": f"{egal}{AVOUE}{BALISE}" for egal in EGAUX}
    remises = dict.fromkeys(map(capitaliser, REMISES))
    vide = f"{EGAL}{BALISE}{REMIS}{BALISE}"
    return {**aveux, **{f"{EGAL}{remise}{BALISE}": vide for remise in remises}}


def extrait(colonne: Colonne) -> int:
    """Combien de signes d'une cellule comptent : assez pour tout ce à quoi on la compare."""
    return LARGEUR - 1 if colonne.reference else EXTRAIT
