"""Les réparations sans doute : d'un registre aux cellules qu'on peut récrire sans demander.

Pur : rien n'est écrit ici. La réparation d'une règle est à côté d'elle (`repare`). Ici se
parcourent les cellules, et se fait ce qui n'est à aucune règle : la mention récrite telle que le
modèle la dit, quel que soit le genre de sa colonne, et les blancs, que le contrôle ignore. Ce qui
n'est que probable (une coquille, un zéro mangé) ne se répare pas : le contrôle le propose, la
personne choisit. Réparer ce qui est réparé ne trouve plus rien.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Emplacement, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.textes import normaliser
from pilotage_xlsx.verification.catalogue import QUI_REPARENT
from pilotage_xlsx.verification.reparable import Inscrits, Reparee, Saisie, semblable


class Reparation(msgspec.Struct, frozen=True):
    """Une cellule à récrire : où, ce qu'elle montre, ce qu'elle montrera, ce qu'on y met.

    ``avant`` et ``apres`` sont des textes à montrer, déjà masqués s'il le faut.
    """

    lieu: Emplacement
    libelle: str
    avant: str
    apres: str
    valeur: Reparee


def chercher_les_reparations(registre: Registre, modele: Modele) -> tuple[Reparation, ...]:
    """Les réparations d'un classeur, dans l'ordre de ses feuilles et de ses lignes."""
    return tuple(
        _montrer(saisie, valeur)
        for saisie in _saisies(Inscrits(modele, registre))
        if (valeur := _reparer(saisie)) is not None and valeur != saisie.cellule.texte
    )


def _saisies(inscrits: Inscrits) -> Iterator[Saisie]:
    for feuille in inscrits.modele.feuilles:
        for ligne in inscrits.etat.lignes(feuille.id):
            for colonne in feuille.saisies:
                if (cellule := ligne.cellules.get(colonne.id)) is not None:
                    yield Saisie(inscrits, colonne, ligne, cellule)


def _reparer(saisie: Saisie) -> Reparee | None:
    """La mention telle que le modèle l'écrit, ce qu'une règle répare, ou la cellule nettoyée."""
    if saisie.est_un_texte:
        mention = semblable(saisie.cellule.texte, saisie.colonne.mentions_ecrites)
        if mention is not None:
            return mention
    for repare in QUI_REPARENT:
        if (valeur := repare(saisie)) is not None:
            return valeur
    return _nettoyer(saisie) if saisie.est_un_texte else None


def _nettoyer(saisie: Saisie) -> str:
    """Sans les blancs en bord, et d'une clé, sans les blancs doublés : aucun constat n'en parle."""
    return normaliser(saisie.cellule.texte) if saisie.colonne.unique else saisie.sans_bords


def _montrer(saisie: Saisie, valeur: Reparee) -> Reparation:
    return Reparation(
        saisie.ligne.emplacement(saisie.colonne.id),
        saisie.colonne.libelle,
        masquer(saisie.cellule.texte),
        masquer(afficher(valeur)),
        valeur,
    )
