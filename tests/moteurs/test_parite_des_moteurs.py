"""Chaque moteur calcule ce que nous calculons : exemples, remplissages, modèles adaptés.

Une plus longue campagne : ``MOTEURS=40``, le nombre de remplissages, et tous les exemples.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.moteurs.cas import (
    ADAPTATIONS,
    EXEMPLES,
    ecrire_l_adapte,
    ecrire_les_remplissages,
)
from tests.moteurs.incapacites import INCAPACITES, PLUSIEURS_NOMS
from tests.moteurs.moteurs import CAMPAGNE, Moteur, par_moteur
from tests.moteurs.verifier import ecrites, jugees, verifier

GRAINES = range(CAMPAGNE or 2)
MONTRES = ("valmarin-2026",)
AUTRES = ("classeur-vierge", "valmarin-2025", "belcombe-2026", "roche-claire-2026")

pytestmark = pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning")


@par_moteur
def test_les_exemples(moteur: Moteur, tmp_path: Path) -> None:
    noms = (*MONTRES, *AUTRES) if CAMPAGNE else MONTRES
    verifier(moteur, [EXEMPLES / f"{nom}.xlsx" for nom in noms], ecrites, tmp_path / "calcul")


@par_moteur
def test_des_remplissages_longs_et_tordus(moteur: Moteur, tmp_path: Path) -> None:
    """Qui ne sait pas chercher beaucoup de noms à la fois n'en voit que quelques-uns."""
    peu_de_noms = PLUSIEURS_NOMS in INCAPACITES[moteur.nom]
    remplis = ecrire_les_remplissages(GRAINES, tmp_path, peu_de_noms=peu_de_noms)
    verifier(moteur, remplis, jugees, tmp_path / "calcul")


@par_moteur
def test_des_modeles_adaptes(moteur: Moteur, tmp_path: Path) -> None:
    """Toutes les adaptations à la fois ; dans une longue campagne, chacune aussi."""
    choix = {"toutes": tuple(ADAPTATIONS)}
    if CAMPAGNE:
        choix |= {nom: (nom,) for nom in ADAPTATIONS}
    chemins = [tmp_path / nom / f"{nom}.xlsx" for nom in choix]
    for chemin, noms in zip(chemins, choix.values(), strict=True):
        chemin.parent.mkdir()
        ecrire_l_adapte(noms, chemin)
    verifier(moteur, chemins, ecrites, tmp_path / "calcul")
