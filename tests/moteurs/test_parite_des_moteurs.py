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
from tests.moteurs.moteurs import CAMPAGNE, Moteur, par_moteur
from tests.moteurs.verifier import Epreuve, ecrites, jugees, verifier

GRAINES = range(CAMPAGNE or 2)
MONTRES = ("valmarin-2026",)
AUTRES = ("classeur-vierge", "belcombe-2026", "roche-claire-2026")

pytestmark = pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning")


@pytest.fixture(scope="module")
def epreuves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Epreuve, ...]:
    """Les exemples ; des remplissages longs et tordus ; un modèle adapté : les mêmes pour tous."""
    dossier = tmp_path_factory.mktemp("epreuves")
    exemples = (*MONTRES, *AUTRES) if CAMPAGNE else MONTRES
    remplis = ecrire_les_remplissages(GRAINES, dossier)
    return (
        *(Epreuve(EXEMPLES / f"{nom}.xlsx", ecrites) for nom in exemples),
        *(Epreuve(chemin, jugees) for chemin in remplis),
        *(Epreuve(chemin, ecrites) for chemin in _adaptes(dossier)),
    )


def _adaptes(dossier: Path) -> list[Path]:
    """Toutes les adaptations à la fois ; dans une longue campagne, chacune aussi."""
    choix = {"toutes": tuple(ADAPTATIONS)}
    if CAMPAGNE:
        choix |= {nom: (nom,) for nom in ADAPTATIONS}
    chemins = [dossier / nom / f"{nom}.xlsx" for nom in choix]
    for chemin, noms in zip(chemins, choix.values(), strict=True):
        chemin.parent.mkdir()
        ecrire_l_adapte(noms, chemin)
    return chemins


@par_moteur
def test_un_moteur_trouve_ce_que_nous_trouvons(
    moteur: Moteur, epreuves: tuple[Epreuve, ...], tmp_path: Path
) -> None:
    """Un seul démarrage du moteur pour tous les classeurs : il coûte plus que leur calcul."""
    verifier(moteur, epreuves, tmp_path / "calcul")
