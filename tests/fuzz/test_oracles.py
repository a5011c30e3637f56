"""Nos exemples se lisent comme openpyxl et calamine les lisent ; un vrai écart se verrait."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.modele.chargement import dossier_livre
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from tests.fuzz.oracles import classer, comparer

_EXEMPLES = sorted(dossier_livre("exemples").glob("*.xlsx"))


@pytest.mark.parametrize("exemple", _EXEMPLES, ids=lambda chemin: chemin.stem)
def test_un_exemple_n_a_que_des_ecarts_expliques(exemple: Path) -> None:
    pytest.importorskip("python_calamine")
    for nom in ("openpyxl", "calamine"):
        vu = comparer(exemple)[nom]
        assert vu["comparees"] > 100
        assert not {"autre", "feuille lue d'un seul côté"} & set(vu["ecarts"]), vu["exemples"]


@pytest.mark.parametrize(
    ("notre", "autre", "classe"),
    [
        (Cellule(NatureDeCellule.NOMBRE, "1"), 1.0, ""),
        (Cellule(NatureDeCellule.NOMBRE, "1"), 2.5, "autre"),
        (Cellule(NatureDeCellule.TEXTE, "GED"), "GED", ""),
        (Cellule(NatureDeCellule.TEXTE, "GED"), "Ged", "autre"),
        (Cellule(NatureDeCellule.TEXTE, " GED\n"), "GED", "blancs"),
        (Cellule(NatureDeCellule.ERREUR, "#N/A"), None, "erreur tue"),
        (Cellule(NatureDeCellule.FORMULE, "=A1"), None, "formule sans résultat"),
        (Cellule(NatureDeCellule.NOMBRE, "2", True), 1.0, "date d'avant mars 1900"),
        (None, "dessous", "sous une fusion"),
        (Cellule(NatureDeCellule.BOOLEEN, "1"), 1.0, "autre"),
    ],
)
def test_un_ecart_se_nomme_ou_se_voit(notre: Cellule | None, autre: Any, classe: str) -> None:
    assert classer(notre, autre) == classe
