"""Un classeur rempli au hasard, puis abîmé : `verifier` dit ces cellules-là, et rien d'autre."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest

from pilotage_xlsx.generation import generer
from pilotage_xlsx.registre import Registre
from tests.campagne import combien
from tests.commandes.ligne import jouer
from tests.hasard import Degat, Donnees, degats, tirer
from tests.petites_tables import petites_tables
from tests.remplissage import remplir
from tests.tableaux import modele

AU = date(2026, 11, 24)
GRAINES = range(combien(2, 4))
Cellule = tuple[str, str]


@pytest.fixture(scope="module")
def contrat() -> Donnees:
    """Ce que ``modele --format json`` donne à un programme étranger."""
    document: Donnees = jouer("modele", "--format", "json").json
    return document


@pytest.fixture(scope="module")
def vierge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un classeur à remplir."""
    chemin = tmp_path_factory.mktemp("vierge") / "vierge.xlsx"
    with petites_tables():
        chemin.write_bytes(generer(modele(), Registre(chemin), AU))
    return chemin


@pytest.mark.parametrize("graine", GRAINES)
def test_rempli_au_hasard_aucune_cellule_n_est_fautive(
    contrat: Donnees, vierge: Path, tmp_path: Path, graine: int
) -> None:
    remplir(vierge, contrat, tirer(contrat, Random(graine)), tmp_path / "rempli.xlsx")
    assert _fautes(tmp_path / "rempli.xlsx") == {}


@pytest.mark.parametrize("graine", GRAINES)
def test_abime_exactement_les_cellules_abimees_sont_dites(
    contrat: Donnees, vierge: Path, tmp_path: Path, graine: int
) -> None:
    hasard = Random(graine)
    remplir(vierge, contrat, tirer(contrat, hasard), tmp_path / "abime.xlsx")
    abimees = _abimer(tmp_path / "abime.xlsx", contrat, hasard)
    assert len(abimees) > 20
    assert _fautes(tmp_path / "abime.xlsx") == abimees


def _abimer(chemin: Path, contrat: Donnees, hasard: Random) -> dict[Cellule, str]:
    """Abîme une colonne sur deux, à une ligne au hasard ; rend le code attendu par cellule."""
    livre = openpyxl.load_workbook(chemin)
    attendus: dict[Cellule, str] = {}
    for feuille, colonne, choix in _cibles(contrat):
        if hasard.random() < 0.5:
            continue
        degat = hasard.choice(choix)
        adresse = _adresse(feuille, colonne, hasard)
        livre[feuille["libelle"]][adresse] = degat.valeur
        attendus[feuille["libelle"], adresse] = degat.code
    livre.save(chemin)
    return attendus


def _cibles(contrat: Donnees) -> Iterator[tuple[Donnees, Donnees, list[Degat]]]:
    for feuille in contrat["feuilles"]:
        for colonne in feuille["colonnes"]:
            if choix := list(degats(feuille, colonne)):
                yield feuille, colonne, choix


def _adresse(feuille: Donnees, colonne: Donnees, hasard: Random) -> str:
    if feuille["forme"] == "fiche":
        return str(colonne["cellule"])
    return f"{colonne['lettre']}{feuille['ligne_entete'] + hasard.randint(1, 10)}"


_ENTRE_CELLULES = {"CEL-022", "CEL-023", "CEL-024"}
"""Ce que des dates tirées au hasard disent l'une de l'autre, ou d'aujourd'hui."""


def _fautes(chemin: Path) -> dict[Cellule, str]:
    """Les cellules que ``verifier`` dit fautives par elles-mêmes (CEL, STR), avec leur code."""
    document = jouer("verifier", chemin, "--format", "json", "--au", "24.11.2026").json
    (classeur,) = document["classeurs"]
    return {
        (constat["feuille"], constat["cellule"]): constat["regle"]
        for constat in classeur["constats"]
        if constat["regle"].startswith(("CEL", "STR", "FIC"))
        and constat["regle"] not in _ENTRE_CELLULES
    }
