"""Un classeur ordinaire où une cellule sur six est pleine à craquer, formes après formes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import cycle
from pathlib import Path
from statistics import mode
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation import generer
from pilotage_xlsx.modele import ACCEPTES, Genre
from pilotage_xlsx.modele import Forme as FormeDeFeuille
from pilotage_xlsx.registre import Registre
from tests.campagne import combien
from tests.commandes.ligne import DONNEES, jouer
from tests.petites_tables import petites_tables
from tests.remplissage import remplir
from tests.tableaux import modele
from tests.textes.formes import FORMES

GARDEES = {"commune", "canton", "annee", "numero", "executif_courriel", "referent_courriel"}
"""Ce qui reste lisible : sans cela, une commande refuserait le classeur avant d'y toucher."""

UNE_SUR = combien(6, 3)
_LIGNES = 4
"""Les lignes de chaque feuille qui se remplissent de textes longs."""


def remplir_de_textes_longs(sortie: Path, exemple: str = "valmarin-2026", rang: int = 0) -> Path:
    """Le classeur d'exemple, une cellule sur six devenue un texte de 32'767 signes ; sur trois, en
    campagne longue.

    ``rang`` : la forme par laquelle commencer ; toutes s'y suivent, puis recommencent.
    """
    vierge = sortie.with_name(f"vierge-{sortie.name}")
    vierge.write_bytes(_vierge())
    contrat = _contrat()
    donnees = json.loads((DONNEES / f"{exemple}.json").read_text("utf-8"))
    remplir(vierge, contrat, donnees, sortie)
    vierge.unlink()
    livre = openpyxl.load_workbook(sortie)
    formes = cycle((*FORMES[rang:], *FORMES[:rang]))
    for place, case in enumerate(_cases_a_remplir(livre)):
        if place % UNE_SUR == 0:
            case.value = next(formes).texte()
    livre.save(sortie)
    return sortie


@cache
def _vierge() -> bytes:
    with petites_tables():
        return generer(modele(), Registre(Path("vierge.xlsx")), date(2026, 11, 24))


@cache
def _contrat() -> Any:
    return jouer("modele", "--format", "json").json


def _cases_a_remplir(livre: openpyxl.Workbook) -> Iterator[Cell]:
    """Les cellules de saisie de chaque feuille, une colonne propre, et les constats acceptés."""
    for feuille in modele().a_lire:
        page = livre[feuille.libelle]
        saisies = {
            colonne.libelle
            for colonne in feuille.saisies
            if colonne.id not in GARDEES and colonne.genre is not Genre.CALCULE
        }
        if feuille.forme is FormeDeFeuille.FICHE:
            yield from _a_droite(page, saisies)
        else:
            yield from _au_dessous(page, saisies, est_propre=feuille.id != ACCEPTES)


def _a_droite(page: Worksheet, libelles: set[str]) -> Iterator[Cell]:
    for ligne in page.iter_rows():
        for case in ligne:
            if case.value in libelles:
                yield page.cell(case.row, case.column + 1)


def _au_dessous(page: Worksheet, libelles: set[str], *, est_propre: bool) -> Iterator[Cell]:
    tetes = [case for ligne in page.iter_rows() for case in ligne if case.value in libelles]
    rang = mode(tete.row for tete in tetes)
    colonnes = {tete.column for tete in tetes if tete.row == rang}
    if est_propre:
        libre = max(case.column for case in page[rang] if case.value is not None) + 2
        page.cell(rang, libre).value = "Contrat de la commune"
        colonnes.add(libre)
    for ligne in range(rang + 1, rang + 1 + _LIGNES):
        for colonne in sorted(colonnes):
            yield page.cell(ligne, colonne)
