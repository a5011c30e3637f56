"""La valeur enregistrée de chaque formule est celle que LibreOffice calcule.

openpyxl réenregistre le classeur sans aucun résultat : LibreOffice doit tout calculer. Ce qui
dépend d'aujourd'hui se compare aujourd'hui.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.commandes.modele import en_json
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from tests.hasard import tirer
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.tableaux import modele

DONNEES = Path(__file__).resolve().parents[2] / "exemples" / "donnees"
COMMUNES = sorted(chemin.stem for chemin in DONNEES.glob("*.json"))
HASARDS = [f"hasard-{graine}" for graine in range(3)]
NOMS = ["vierge", *COMMUNES, *HASARDS]

pytestmark = pytest.mark.skipif(SOFFICE is None, reason=RAISON)


def _document(nom: str) -> dict[str, Any]:
    if nom in HASARDS:
        return tirer(en_json(modele()), Random(nom), lignes=30)
    document: dict[str, Any] = {}
    if nom in COMMUNES:
        document = json.loads((DONNEES / f"{nom}.json").read_text("utf-8"))
    return document


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Les classeurs générés, et sous ``calcules`` les mêmes, calculés par LibreOffice."""
    ici = tmp_path_factory.mktemp("caches")
    (ici / "sans").mkdir()
    (ici / "calcules").mkdir()
    for nom in NOMS:
        registre, _ = lire_donnees(_document(nom), modele(), Path(nom))
        (ici / f"{nom}.xlsx").write_bytes(generer(modele(), registre, date.today()))
        load_workbook(ici / f"{nom}.xlsx").save(ici / "sans" / f"{nom}.xlsx")
    enregistrer([ici / "sans" / f"{nom}.xlsx" for nom in NOMS], ici / "calcules")
    return ici


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_formule_porte_sa_valeur(dossier: Path, nom: str) -> None:
    formules = load_workbook(dossier / f"{nom}.xlsx")
    notre = load_workbook(dossier / f"{nom}.xlsx", data_only=True)
    le_leur = load_workbook(dossier / "calcules" / f"{nom}.xlsx", data_only=True)
    vues, ecarts = 0, {}
    for page in formules:
        for cellule in (c for rangee in page.iter_rows() for c in rangee if c.data_type == "f"):
            vues += 1
            ici, la = (livre[page.title][cellule.coordinate].value for livre in (notre, le_leur))
            if (ici or 0) != (la or 0):
                ecarts[f"{page.title}!{cellule.coordinate}"] = (ici, la)
    assert vues > 5000
    assert ecarts == {}
