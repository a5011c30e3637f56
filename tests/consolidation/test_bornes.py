"""Ce qui dépasse une feuille de tableur continue dans la suivante ; les liens ont leur borne."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.consolidation.rendus.classeur import Bornes, ecrire_classeur
from tests.consolidation.classeurs import classeur, commune, joindre, lignes

OUTILS = "outils | nom\n" + "".join(f" | Outil {rang}\n" for rang in range(1, 8))


def _ecrire(dossier: Path, bornes: Bornes) -> Workbook:
    """Sept outils, relus du classeur consolidé."""
    sortie = dossier / "c.xlsx"
    ecrire_classeur(joindre(classeur(commune("Valmarin") + OUTILS)), sortie, sortie, bornes)
    return load_workbook(sortie)


def _noms(feuille: Worksheet) -> list[object]:
    return [ligne["Outil ou service"] for ligne in lignes(feuille)]


def _phrases(feuille: Worksheet) -> str:
    tete = (feuille.cell(rang, 1).value for rang in range(1, 6))
    return " ".join(str(texte) for texte in tete if texte).replace("\u202f", " ")


def _lies(feuille: Worksheet) -> list[str]:
    return [
        cellule.hyperlink.location
        for rangee in feuille.iter_rows()
        for cellule in rangee
        if cellule.hyperlink
    ]


@pytest.mark.parametrize(("rangees", "parts"), [(7, [7]), (3, [3, 3, 1]), (6, [6, 1])])
def test_la_suite_va_dans_la_feuille_suivante(
    tmp_path: Path, rangees: int, parts: list[int]
) -> None:
    livre = _ecrire(tmp_path, Bornes(rangees=rangees))
    noms = ["Outils", "Outils (2)", "Outils (3)"][: len(parts)]
    assert [nom for nom in livre.sheetnames if nom.startswith("Outils")] == noms
    assert [len(lignes(livre[nom])) for nom in noms] == parts
    tous = [outil for nom in noms for outil in _noms(livre[nom])]
    assert tous == [f"Outil {rang}" for rang in range(1, 8)]
    for nom, suivante in pairwise(noms):
        assert f"La suite est dans la feuille « {suivante} »." in _phrases(livre[nom])
    assert "La suite" not in _phrases(livre[noms[-1]])


def test_chaque_feuille_garde_les_liens_de_ses_lignes(tmp_path: Path) -> None:
    livre = _ecrire(tmp_path, Bornes(rangees=4))
    for nom in ("Outils", "Outils (2)"):
        attendus = [f"'{ligne['Feuille']}'!A{ligne['Ligne']}" for ligne in lignes(livre[nom])]
        assert _lies(livre[nom]) == attendus


def test_au_dela_de_la_borne_les_lignes_n_ont_plus_de_lien_et_la_feuille_le_dit(
    tmp_path: Path,
) -> None:
    livre = _ecrire(tmp_path, Bornes(liens=5))
    assert len(_lies(livre["Outils"])) == 5
    assert len(lignes(livre["Outils"])) == 7
    assert "Seules les 5 premières lignes ont un lien" in _phrases(livre["Outils"])
    assert "Seules les" not in _phrases(_ecrire(tmp_path, Bornes(liens=7))["Outils"])


def test_les_bornes_sont_celles_d_un_tableur() -> None:
    assert Bornes().rangees <= 1_048_576 - 10
    assert Bornes().liens == 65_530
