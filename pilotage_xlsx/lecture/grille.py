"""Une feuille telle qu'enregistrée : ses lignes non vides, ses lignes masquées, ses fusions."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pilotage_xlsx.lecture.cellules import Fabrique
from pilotage_xlsx.lecture.chemin_court import prendre_les_lignes
from pilotage_xlsx.lecture.classeur import FeuilleDuClasseur
from pilotage_xlsx.lecture.feuilletage import AssezLu, LecteurDeGrille
from pilotage_xlsx.lecture.flux import parcourir
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.adresses import LIGNES_MAX, Plage
from pilotage_xlsx.socle.paquet import TOTAL_MAX, Paquet

Rangee = Mapping[int, Cellule]
"""Les cellules non vides d'une ligne, par numéro de colonne."""


class Grille(msgspec.Struct, frozen=True):
    """Les lignes non vides d'une feuille, par numéro, dans l'ordre.

    ``masquees`` : celles que le tableur cache ; ``fusions`` : ses cellules fusionnées. Ce qu'une
    fusion couvre, si le tableur l'a gardé, se lit : ses formules le lisent aussi.
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
    lignes = {numero: rangee for numero, rangee in sorted(lecteur.lignes.items()) if rangee}
    masquees = frozenset(lecteur.masquees) & lignes.keys()
    return Grille(feuille, lignes, masquees, est_entiere, tuple(lecteur.fusions))
