"""Le classeur témoin : les données, et chaque construction dans sa cellule."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from openpyxl.utils import get_column_letter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.moteurs.fichiers import Adresse, Valeur
from tests.moteurs.incapacites import CONSTRUCTIONS, DONNEES

RANGEE = 7
"""Toutes sur une rangée : un nom relatif y vaut la même cellule."""


def ecrire_les_temoins(chemin: Path) -> dict[str, Adresse]:
    """Écrit le classeur ; rend la cellule de chaque construction."""
    with xlsxwriter.Workbook(chemin) as livre:
        _ecrire_les_donnees(livre.add_worksheet("D"))
        livre.add_worksheet("L'Autre").write(0, 0, "bonjour")
        livre.define_name("des_nombres", "=D!$C$1:$C$10")
        livre.define_name("un_nombre", "=D!$C$2")
        livre.define_name("un_texte", '="fixe"')
        livre.define_name("un_voisin", "=D!$C1")
        return dict(_ecrire_les_constructions(livre))


def _ecrire_les_donnees(page: Worksheet) -> None:
    for rang, ligne in enumerate(DONNEES):
        for place, valeur in enumerate(ligne):
            _ecrire(page, rang, place, valeur)
        page.write_formula(rang, 3, f'=IF(C{rang + 1}>4,C{rang + 1},"")')
    colonnes = [{"header": "x"}, {"header": "y"}]
    donnees = [[1, 10], [2, 20], [3, 30], [4, 40]]
    page.add_table("F1:G5", {"name": "T_essai", "columns": colonnes, "data": donnees})


def _ecrire(page: Worksheet, rang: int, place: int, valeur: Valeur) -> None:
    match valeur:
        case "#DIV/0!":
            page.write_formula(rang, place, "=1/0", None, valeur)
        case "#N/A":
            page.write_formula(rang, place, "=NA()", None, valeur)
        case str():
            page.write_string(rang, place, valeur)
        case bool():
            page.write_boolean(rang, place, valeur)
        case float():
            page.write_number(rang, place, valeur)


def _ecrire_les_constructions(livre: Workbook) -> list[tuple[str, Adresse]]:
    page, lieux = livre.add_worksheet("F"), []
    for place, (nom, construction) in enumerate(CONSTRUCTIONS.items()):
        adresse = f"{get_column_letter(place + 1)}{RANGEE}"
        if construction.formule.startswith("{"):
            page.write_array_formula(f"{adresse}:{adresse}", construction.formule)
        else:
            page.write_formula(adresse, f"={construction.formule}")
        lieux.append((nom, ("F", adresse)))
    return lieux
