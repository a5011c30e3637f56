"""La valeur enregistrée de chaque formule est celle que LibreOffice calcule.

openpyxl réenregistre le classeur sans aucun résultat : LibreOffice doit tout calculer. Ce qui
dépend d'aujourd'hui se compare aujourd'hui.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pilotage_xlsx.generation import generer
from pilotage_xlsx.gestes.modele import en_donnees as en_json
from pilotage_xlsx.lecture.donnees import lire_donnees
from tests.campagne import EST_LONGUE
from tests.generation.parite import alleger
from tests.generation.tableau import en_nombre
from tests.hasard import tirer
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables
from tests.tableaux import modele

DONNEES = Path(__file__).resolve().parents[2] / "exemples" / "donnees"
COMMUNES = ["valmarin-2026"]
ENTIERS = COMMUNES if EST_LONGUE else []
HASARDS = ["hasard-0"]
NOMS = ["vierge", *COMMUNES, *HASARDS]

pytestmark = pytest.mark.skipif(SOFFICE is None, reason=RAISON)


def _document(nom: str) -> dict[str, Any]:
    if nom in HASARDS:
        return tirer(en_json(modele()), Random(nom), lignes=30)
    document: dict[str, Any] = {}
    if nom in COMMUNES:
        document = json.loads((DONNEES / f"{nom}.json").read_text("utf-8"))
    return document


def test_chaque_formule_porte_sa_valeur(tmp_path: Path) -> None:
    """Un seul lancement ; en campagne longue, l'exemple a toutes ses lignes prêtes (à la porte,
    `tests/moteurs` recalcule celui qui est livré).
    """
    formules, notres = {}, {}
    for nom in NOMS:
        ecrit = BytesIO(_generer(nom))
        formules[nom] = alleger(load_workbook(ecrit))
        notres[nom] = load_workbook(ecrit, data_only=True)
        formules[nom].save(tmp_path / f"{nom}.xlsx")
    enregistrer([tmp_path / f"{nom}.xlsx" for nom in NOMS], tmp_path / "calcules")
    for nom in NOMS:
        le_leur = load_workbook(tmp_path / "calcules" / f"{nom}.xlsx", data_only=True)
        vues, ecarts = _comparer(formules[nom], notres[nom], le_leur)
        assert ecarts == {}, nom
        assert vues > (5000 if nom in ENTIERS else 1000)


def _generer(nom: str) -> bytes:
    registre, _ = lire_donnees(_document(nom), modele(), Path(nom))
    with nullcontext() if nom in ENTIERS else petites_tables():
        return generer(modele(), registre, date.today())


def _comparer(
    formules: Workbook, notre: Workbook, le_leur: Workbook
) -> tuple[int, dict[str, tuple[object, object]]]:
    """Le nombre de formules vues, et celles dont les deux valeurs diffèrent."""
    vues, ecarts = 0, {}
    for page in formules:
        for cellule in (c for rangee in page.iter_rows() for c in rangee if c.data_type == "f"):
            vues += 1
            ici, la = (
                en_nombre(livre[page.title][cellule.coordinate].value) for livre in (notre, le_leur)
            )
            if (ici or 0) != (la or 0):
                ecarts[f"{page.title}!{cellule.coordinate}"] = (ici, la)
    return vues, ecarts
