"""La feuille dont vivent les menus : là, renommée, supprimée ; un classeur d'autrui n'en a pas."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pilotage_xlsx.lecture import lire
from tests.generation.classeurs import octets
from tests.tableaux import modele


def _renommer(livre: Workbook) -> None:
    livre["Listes"].title = "Nos listes"


def _supprimer(livre: Workbook) -> None:
    del livre["Listes"]


def _laisser(_: Workbook) -> None:
    """Rien."""


@pytest.mark.parametrize(
    ("geste", "manque"), [(_laisser, False), (_renommer, False), (_supprimer, True)]
)
def test_seule_une_feuille_supprimee_manque(
    geste: Callable[[Workbook], None], manque: bool, tmp_path: Path
) -> None:
    livre = load_workbook(BytesIO(octets({"commune": {"annee": 2026}})))
    geste(livre)
    livre.save(tmp_path / "classeur.xlsx")
    assert lire(tmp_path / "classeur.xlsx", modele()).sans_listes is manque


def test_un_classeur_d_autrui_n_a_pas_de_listes(tmp_path: Path) -> None:
    livre = Workbook()
    livre.worksheets[0].append(["Outil ou service", "Domaine", "Criticité"])
    livre.worksheets[0].append(["GED", "Archivage", "Important"])
    livre.save(tmp_path / "autre.xlsx")
    assert not lire(tmp_path / "autre.xlsx", modele()).sans_listes
