"""Chaque cellule lue est celle qu'openpyxl lit, sur des classeurs écrits par d'autres que nous."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.datetime import from_excel as depuis_serie

from pilotage_xlsx.lecture.classeur import lire_classeur
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.registre.genres import interpreter_libre
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.dates import ORIGINE_1900, ORIGINE_1904
from pilotage_xlsx.socle.paquet import ouvrir
from tests.lecture.paquets import cellules, grilles
from tests.lecture.registres import notre_classeur

_VALEURS = (
    "GED", "  bords  ", "ligne\nsuivante", "é à ç « » — 😀", "<balise> & \"guillemets\"", "00123",
    0, 1, -12.5, 1e-9, 1234567890123, 46093, True, False,
    date(2026, 3, 12), datetime(2026, 3, 12, 14, 30, 15), datetime(1970, 1, 1),
)  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"date_1904": True}, {"in_memory": True}])
def test_un_classeur_de_xlsxwriter(tmp_path: Path, options: dict[str, Any]) -> None:
    chemin = tmp_path / "xlsxwriter.xlsx"
    livre = xlsxwriter.Workbook(chemin, options)
    dates = livre.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    gras = livre.add_format({"bold": True})
    feuille = livre.add_worksheet("Valeurs")
    for rang, valeur in enumerate(_VALEURS):
        if isinstance(valeur, date):
            feuille.write_datetime(rang, rang % 5, valeur, dates)
        else:
            feuille.write(rang, rang % 5, valeur)
    feuille.write_rich_string("H1", "Com", gras, "mu", "ne")
    feuille.write_formula("H2", '="a"&"b"', None, "ab")
    feuille.write_formula("H3", "=1+1", None, 2)
    feuille.write_formula("H4", "=1/0", None, "#DIV/0!")
    feuille.write_formula("H5", "=1=1", None, True)
    feuille.write_blank("H6", None, gras)
    feuille.merge_range("J1:K4", "fusion")
    feuille.set_row(3, None, None, {"hidden": True})
    livre.close()
    comparer(chemin)


def test_un_classeur_d_openpyxl(tmp_path: Path) -> None:
    livre = openpyxl.Workbook()
    for rang, valeur in enumerate(_VALEURS, 1):
        livre.worksheets[0].cell(rang, rang % 5 + 1, valeur)
    livre.worksheets[0].cell(1, 30, "=A1")
    livre.create_sheet("Cachée").sheet_state = "veryHidden"
    livre["Cachée"]["B2"] = "lue aussi"
    livre.save(tmp_path / "openpyxl.xlsx")
    comparer(tmp_path / "openpyxl.xlsx")


def test_un_classeur_d_openpyxl_en_dates_1904(tmp_path: Path) -> None:
    livre = openpyxl.Workbook()
    livre.epoch = CALENDAR_MAC_1904
    livre.worksheets[0]["A1"] = date(2026, 3, 12)
    livre.save(tmp_path / "openpyxl.xlsx")
    comparer(tmp_path / "openpyxl.xlsx")


def test_un_classeur_d_openpyxl_en_dates_iso(tmp_path: Path) -> None:
    livre = openpyxl.Workbook()
    livre.iso_dates = True
    livre.worksheets[0]["A1"] = datetime(2026, 3, 12, 14, 30)
    livre.save(tmp_path / "openpyxl.xlsx")
    (cellule,) = cellules(grilles(tmp_path / "openpyxl.xlsx")[0]).values()
    assert cellule.nature is NatureDeCellule.DATE
    assert interpreter_libre(cellule) == datetime(2026, 3, 12, 14, 30)


def test_un_classeur_du_produit(tmp_path: Path) -> None:
    notre_classeur(tmp_path / "nous.xlsx", "outils | nom | cout_annuel\n | GED | 1'200.50")
    comparer(tmp_path / "nous.xlsx")


def comparer(chemin: Path) -> None:
    """Même feuilles, mêmes adresses, mêmes valeurs ; une formule sans résultat n'en a pas ici."""
    livre = openpyxl.load_workbook(chemin, data_only=True)
    formules = openpyxl.load_workbook(chemin)
    origine = ORIGINE_1904 if livre.epoch == CALENDAR_MAC_1904 else ORIGINE_1900
    with ouvrir(chemin) as paquet:
        assert lire_classeur(paquet).origine == origine
    for grille, feuille in zip(grilles(chemin), livre.worksheets, strict=True):
        assert grille.feuille.nom == feuille.title
        attendues = {
            f"{lettres_de(cellule.column)}{cellule.row}": cellule.value
            for rangee in feuille.iter_rows()
            for cellule in rangee
            if cellule.value not in (None, "")
        }
        techniques = _techniques(formules[feuille.title])
        lues = {
            adresse: valeur_de(cellule, livre.epoch)
            for adresse, cellule in cellules(grille).items()
            if cellule.nature is not NatureDeCellule.FORMULE
        }
        assert {a: v for a, v in lues.items() if a not in techniques} == {
            a: v for a, v in attendues.items() if a not in techniques
        }
        masquees = {numero for numero, taille in feuille.row_dimensions.items() if taille.hidden}
        assert grille.masquees == masquees & grille.lignes.keys()


def _techniques(feuille: Any) -> set[str]:
    """Nos colonnes d'état : elles se recalculent, et ne se relisent pas toujours."""
    nos = {
        cellule.column
        for rangee in feuille.iter_rows(max_row=40)
        for cellule in rangee
        if re.fullmatch(r"[a-z]+\.#(?!valeur).+", str(cellule.value))
    }
    return {
        f"{lettres_de(cellule.column)}{cellule.row}"
        for rangee in feuille.iter_rows()
        for cellule in rangee
        if cellule.column in nos and cellule.data_type == "f"
    }


def valeur_de(cellule: Cellule, epoque: datetime) -> Any:
    """La valeur d'une cellule telle qu'openpyxl la donne."""
    match cellule.nature:
        case NatureDeCellule.NOMBRE if cellule.est_date:
            return depuis_serie(float(cellule.texte), epoque)
        case NatureDeCellule.NOMBRE:
            return float(cellule.texte)
        case NatureDeCellule.BOOLEEN:
            return cellule.texte == "1"
        case _:
            return cellule.texte
