"""Des classeurs comme une commune les a, faits avec openpyxl, et ce que le produit y lit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.registre import Registre
from tests.petites_tables import petites_tables
from tests.tableaux import modele, registre

AU = date(2026, 11, 24)

Classeur = openpyxl.Workbook
Feuilles = Mapping[str, Sequence[Sequence[Any]]]


def classeur(feuilles: Feuilles) -> Classeur:
    """Un classeur d'une autre origine : des feuilles, leurs lignes, rien de plus."""
    fait = openpyxl.Workbook()
    fait.remove(fait.worksheets[0])
    for nom, lignes in feuilles.items():
        feuille = fait.create_sheet(nom)
        for ligne in lignes:
            feuille.append(ligne)
    return fait


def notre_classeur(chemin: Path, texte: str = "") -> Classeur:
    """Un classeur fait par le produit, prêt à être rempli ou bousculé."""
    chemin.write_bytes(_generer(texte))
    return openpyxl.load_workbook(chemin)


@cache
def _generer(texte: str) -> bytes:
    with petites_tables(4, 1, 1):
        return generer(modele(), registre(texte), AU)


def relire(chemin: Path, fait: Classeur) -> Registre:
    """Ce que le produit lit d'un classeur, une fois enregistré."""
    fait.save(chemin)
    return lire(chemin, modele())


def lignes(lu: Registre, nom: str) -> list[dict[str, Any]]:
    """Les valeurs lues d'un registre, ligne par ligne."""
    assert lu.refus is None, lu.refus
    return [dict(ligne.valeurs) for ligne in lu.lignes(nom)]


def sans_table(feuille: Worksheet) -> None:
    """Défait les tables d'une feuille."""
    for nom in list(feuille.tables):
        del feuille.tables[nom]


def avec_table(feuille: Worksheet, nom: str, plage: str) -> None:
    """Pose une table sur une plage."""
    feuille.add_table(Table(displayName=nom, ref=plage))
