"""La feuille et le contrôle disent la même chose : remplie au hasard, recalculée par LibreOffice.

Des classeurs vierges sont remplis par openpyxl, qui n'enregistre aucun résultat : LibreOffice doit
tout calculer. Chaque état, chaque signe, chaque échéance et chaque compte est comparé au nôtre.
Ce qui n'entre pas dans ces formules (menus, couleurs, tableau de bord) est ôté : LibreOffice y
passerait la moitié du temps. La campagne longue en joue 300 ; ``PARITE=3000`` en dit le nombre.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pilotage_xlsx.generation import generer, plan
from pilotage_xlsx.generation.controle import FEUILLE as CONTROLE
from pilotage_xlsx.generation.listes import FEUILLE as LISTES
from pilotage_xlsx.registre import Registre
from tests.campagne import combien
from tests.generation.parite import alleger, comparer, compter_lignes
from tests.generation.remplissages import Remplissage
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

GRAINES = range(int(os.environ.get("PARITE", combien(6, 300))))
PAR_LOT = 75
LOTS = [GRAINES[debut : debut + PAR_LOT] for debut in range(0, len(GRAINES), PAR_LOT)]

pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason=RAISON),
    pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning"),
]


@pytest.fixture(scope="module")
def petit() -> Iterator[None]:
    """Des tables de douze lignes : les mêmes formules, trois cents fois plus vite calculées."""
    with petites_tables():
        yield


def _alleger(livre: Workbook) -> Workbook:
    gardees = {feuille.libelle for feuille in modele().feuilles} | {CONTROLE, LISTES}
    for page in alleger(livre).worksheets:
        if page.title not in gardees:
            livre.remove(page)
    for nom in [nom for nom in livre.defined_names if nom.startswith(("tableau_", "alerte_"))]:
        del livre.defined_names[nom]
    return livre


@pytest.mark.usefixtures("petit")
@pytest.mark.parametrize("graines", LOTS, ids=lambda lot: f"{lot.start}-{lot.stop - 1}")
def test_libreoffice_calcule_ce_que_nous_calculons(graines: range, tmp_path: Path) -> None:
    prevu = plan.planifier(modele(), Registre(Path("vierge.xlsx")))
    livre = _alleger(load_workbook(BytesIO(generer(modele(), Registre(Path("x.xlsx")), AU))))
    (tmp_path / "remplis").mkdir()
    remplis = [tmp_path / "remplis" / f"{graine}.xlsx" for graine in graines]
    for graine, chemin in zip(graines, remplis, strict=True):
        Remplissage(prevu, graine).enregistrer(livre, chemin)
    enregistrer(remplis, tmp_path)
    calcules = [tmp_path / chemin.name for chemin in remplis]
    assert sum(compter_lignes(chemin, prevu) for chemin in calcules) > 10 * len(graines)
    ecarts = {chemin.stem: comparer(chemin, prevu) for chemin in calcules}
    assert {graine: vus for graine, vus in ecarts.items() if vus} == {}
