"""Préparer ôte tout calcul, comparer ne laisse rien passer : sans moteur."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.moteurs.bilan import ABSENTE, comparer, est_egal
from tests.moteurs.fichiers import Classeur, lire_classeur, preparer
from tests.moteurs.moteurs import FORMUALIZER, GNUMERIC


@pytest.fixture
def classeur(tmp_path: Path) -> Path:
    chemin = tmp_path / "source.xlsx"
    with xlsxwriter.Workbook(chemin) as livre:
        page = livre.add_worksheet("Écran")
        page.write_number("A1", 3)
        page.write_formula("B1", "=A1*2", None, 6)
        page.write_formula("B2", '="É"&T_a[x]', None, "É1")
        page.write_formula("B3", "=TODAY()", None, 46_350)
        page.write_formula("B4", "=un_nom", None, True)
        page.add_table("D1:D2", {"name": "T_a", "columns": [{"header": "x"}], "data": [[1]]})
        livre.define_name("un_nom", "=ROWS(T_a[x])=1")
    return chemin


def test_lire_rend_formules_valeurs_noms_et_tables(classeur: Path) -> None:
    lu = lire_classeur(classeur)
    assert {ou: valeur for (_, ou), valeur in lu.valeurs.items()} == {
        "B1": 6, "B2": "É1", "B3": 46_350, "B4": True,
    }  # fmt: skip
    assert lu.formules["Écran", "B1"] == "A1*2"
    assert lu.noms == {"un_nom": "ROWS(T_a[x])=1"}
    assert (lu.tables, lu.colonnes) == ({"T_a": ("Écran", "D1:D2")}, {"T_a": ("x",)})


def test_preparer_ote_tout_resultat_et_fixe_le_jour(classeur: Path, tmp_path: Path) -> None:
    preparer(classeur, tmp_path / "pret.xlsx", date(2026, 11, 24), FORMUALIZER.traduire)
    pret = lire_classeur(tmp_path / "pret.xlsx")
    assert set(pret.valeurs.values()) == {None}
    assert pret.formules["écran", "B3"] == "DATE(2026,11,24)"
    assert pret.formules["écran", "B2"] == '"é"&T_a[x]'
    assert pret.cellules["écran", "A1"].valeur == 3


def test_comparer_compte_les_egales_les_ecarts_et_les_passees(classeur: Path) -> None:
    lu = lire_classeur(classeur)
    obtenues = {("Écran", "B1"): 6.0, ("Écran", "B3"): 1.0, ("Écran", "B4"): True}
    bilan = comparer(GNUMERIC, lu, lu.valeurs, obtenues)
    assert bilan.egales == 1
    assert [(e.adresse[1], e.attendu, e.vu) for e in bilan.ecarts] == [("B3", 46_350.0, 1.0)]
    assert bilan.passees == {"référence de table": 2}
    assert bilan.part_comparee == 0.5


def test_une_valeur_absente_est_un_ecart() -> None:
    (ecart,) = comparer(GNUMERIC, _une_cellule(), {("F", "A1"): 1.0}, {}).ecarts
    assert ecart.vu == ABSENTE


def _une_cellule() -> Classeur:
    from tests.moteurs.fichiers import Cellule

    return Classeur({("F", "A1"): Cellule("F", "A1", "n", "1", "1", False, 1.0)}, {}, {}, {}, ())


@pytest.mark.parametrize(
    ("attendu", "vu", "egal"),
    [
        ("", None, True),
        ("", 0.0, False),
        ("a", "A", False),
        (1.0, 1.0 + 1e-12, True),
        (1.0, 1.001, False),
        (True, 1.0, False),
        (True, True, True),
        ("1", 1.0, False),
    ],
)
def test_est_egal(attendu: Any, vu: Any, egal: bool) -> None:
    assert est_egal(attendu, vu) is egal
