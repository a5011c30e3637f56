"""Les classeurs générés sont conformes au format, vides et remplis."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from outils.mesures.donnees import remplir
from tests.conformite import fautes
from tests.generation.classeurs import octets
from tests.tableaux import modele

DOCUMENTS: dict[str, dict[str, Any]] = {
    "vierge": {},
    "plein": remplir(modele(), {feuille.id: 30 for feuille in modele().registres}),
    "signes": {
        "outils": [{"nom": "\"Outil\" <& 'd’été' =1 @ 😀\nligne", "remarques": "x" * 40_000}]
    },
}


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_openxml_audit_ne_trouve_rien(nom: str, tmp_path: Path) -> None:
    chemin = tmp_path / f"{nom}.xlsx"
    chemin.write_bytes(octets(DOCUMENTS[nom]))
    assert fautes(chemin) == []


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_ce_qu_aucun_validateur_ne_voit(nom: str) -> None:
    livre = load_workbook(BytesIO(octets(DOCUMENTS[nom])))
    tables = [table.displayName for page in livre for table in page.tables.values()]
    assert len(tables) == len({table.casefold() for table in tables})
    assert not {table.casefold() for table in tables} & {
        nom.casefold() for nom in livre.defined_names
    }
    assert all(len(page.title) <= 31 for page in livre)
    for page in livre:
        assert not (page.tables and page.merged_cells.ranges)
        for validation in page.data_validations.dataValidation:
            assert len(validation.formula1 or "") <= 255
            assert len(validation.promptTitle or "") <= 32
            assert len(validation.prompt or "") <= 255
    for valeur in livre.defined_names.values():
        assert len(valeur.attr_text) <= 8192
