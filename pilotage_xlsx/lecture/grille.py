"""Une feuille telle qu'enregistrée : ses lignes non vides, ses lignes masquées, ses fusions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from pilotage_xlsx.lecture.cellules import Fabrique
from pilotage_xlsx.lecture.chemin_court import prendre_les_lignes
from pilotage_xlsx.lecture.classeur import FeuilleDuClasseur
from pilotage_xlsx.lecture.feuilletage import AssezLu, LecteurDeGrille
from pilotage_xlsx.lecture.flux import parcourir
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.adresses import LIGNES_MAX, Plage
from pilotage_xlsx.socle.paquet import TOTAL_MAX, Paquet, demesure

_EXAMENS_MAX = 1_000_000


def effacer_sous_fusions(
    lignes: Mapping[int, dict[int, Cellule]], fusions: Sequence[Plage]
) -> None:
    """Ôte des lignes les valeurs que cachent des fusions ; jamais de boucle sur leur surface."""
    numeros = sorted(lignes)
    examens = 0
    for haut, gauche, bas, droite in fusions:
        touchees = numeros[bisect_left(numeros, haut) : bisect_right(numeros, bas)]
        examens += sum(len(lignes[numero]) for numero in touchees)
        if examens > _EXAMENS_MAX:
            raise demesure("cellules fusionnées")
        for numero in touchees:
            for colonne in tuple(lignes[numero]):
                if gauche <= colonne <= droite and (numero, colonne) != (haut, gauche):
                    del lignes[numero][colonne]


Rangee = Mapping[int, Cellule]
"""Les cellules non vides d'une ligne, par numéro de colonne."""


class Grille(msgspec.Struct, frozen=True):
    """Les lignes non vides d'une feuille, par numéro, dans l'ordre.

    ``masquees`` : celles que le tableur cache ; ``fusions`` : ses cellules fusionnées.
    ``est_entiere`` est faux quand seules les premières lignes ont été lues.
    """

    feuille: FeuilleDuClasseur
    lignes: Mapping[int, Rangee]
    masquees: frozenset[int] = frozenset()
    est_entiere: bool = True
    fusions: tuple[Plage, ...] = ()


def lire_grille(
    paquet: Paquet, fabrique: Fabrique, feuille: FeuilleDuClasseur, limite: int = LIGNES_MAX
) -> Grille:
    """Les ``limite`` premières lignes remplies d'une feuille ; `Refus` si elle est abîmée."""
    lecteur = LecteurDeGrille(feuille.partie, feuille.nom, fabrique, paquet.budget, limite)
    morceaux = prendre_les_lignes(
        paquet.morceaux(feuille.partie, TOTAL_MAX), fabrique, lecteur.ranger
    )
    try:
        parcourir(paquet, feuille.partie, "worksheet", lecteur, morceaux)
        est_entiere = True
    except AssezLu:
        est_entiere = False
    effacer_sous_fusions(lecteur.lignes, lecteur.fusions)
    lignes = {numero: rangee for numero, rangee in sorted(lecteur.lignes.items()) if rangee}
    masquees = frozenset(lecteur.masquees) & lignes.keys()
    return Grille(feuille, lignes, masquees, est_entiere, tuple(lecteur.fusions))
