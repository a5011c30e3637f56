"""Dans la feuille, les mots de la commune pour ses organes sont des réponses, article ou non."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.adresses import case
from tests.generation.classeurs import octets
from tests.generation.parite import alleger
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables

REPONSES = {
    "la Municipalité": {
        "Municipalité": True,
        "LA  MUNICIPALITÉ": True,
        "Le Bureau": False,
        "Landsgemeinde": True,
        "Conseil communal": False,
    },
    "L’Exécutif élargi": {"exécutif élargi": True, "L'exécutif élargi": True, "Élargi": False},
    "Lac": {"Lac": True, "Exécutif": True, "c": False},
}
"""Par mot de la fiche, ce qui se tape sous « Décidé par », et si c'est une réponse."""


@pytest.mark.skipif(SOFFICE is None, reason=RAISON)
def test_le_mot_de_la_commune_vaut_avec_ou_sans_article(tmp_path: Path) -> None:
    chemins = [
        _ecrire(tmp_path / f"{rang}.xlsx", mot, [*tapes])
        for rang, (mot, tapes) in enumerate(REPONSES.items())
    ]
    enregistrer(chemins, tmp_path / "calcules")
    for chemin, tapes in zip(chemins, REPONSES.values(), strict=True):
        page = load_workbook(tmp_path / "calcules" / chemin.name, data_only=True)["Décisions"]
        etats = {page[case("decisions", "decide_par", ligne)].value: page[f"A{ligne}"].value
                 for ligne in range(7, 7 + len(tapes))}  # fmt: skip
        assert {tape: "À corriger" not in etat for tape, etat in etats.items()} == tapes, etats


def _ecrire(chemin: Path, mot: str, tapes: list[str]) -> Path:
    numeros = [{"numero": f"D-2026-{rang:03}"} for rang in range(1, 1 + len(tapes))]
    organes = {"executif_nom": mot, "deliberant_nom": "la Landsgemeinde"}
    with petites_tables(6):
        recu = octets({"commune": organes, "decisions": numeros}, entier=True)
    livre = alleger(load_workbook(BytesIO(recu)))
    for ligne, tape in enumerate(tapes, 7):
        livre["Décisions"][case("decisions", "decide_par", ligne)] = tape
    livre.save(chemin)
    return chemin
