"""Les cellules tapées d'une feuille, sans celles qui se calculent."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from pilotage_xlsx.lecture.cellules import Fabrique
from pilotage_xlsx.lecture.classeur import ClasseurLu, FeuilleDuClasseur
from pilotage_xlsx.lecture.feuilletage import AssezLu, LecteurDeGrille
from pilotage_xlsx.lecture.flux import parcourir
from pilotage_xlsx.lecture.grille import Rangee
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.paquet import TOTAL_MAX, Paquet
from pilotage_xlsx.socle.textes import Texte

Tapees = dict[tuple[int, int], Cellule]
"""Les cellules tapées, par place."""


class _FabriqueDuTape(Fabrique):
    """Ne fait que les cellules qui n'ont pas de formule."""

    def faire(
        self, type_: str | None, style: str | None, valeur: Texte | None, formule: Texte | None
    ) -> Cellule | None:
        return super().faire(type_, style, valeur, None) if formule is None else None


def lire_ce_qui_est_tape(
    paquet: Paquet, classeur: ClasseurLu, feuille: FeuilleDuClasseur, limite: int
) -> Tapees:
    """Les cellules tapées des ``limite`` premières lignes remplies."""
    fabrique = _FabriqueDuTape(classeur.textes, classeur.styles_de_date, paquet.budget)
    lecteur = LecteurDeGrille(feuille.partie, feuille.nom, fabrique, paquet.budget, limite)
    morceaux = paquet.morceaux(feuille.partie, TOTAL_MAX)
    with suppress(AssezLu):
        parcourir(paquet, feuille.partie, "worksheet", lecteur, morceaux)
    return par_place(lecteur.lignes)


def par_place(lignes: Mapping[int, Rangee]) -> Tapees:
    """Les cellules de ces lignes, par place."""
    return {
        (n, place): cellule for n, rangee in lignes.items() for place, cellule in rangee.items()
    }
