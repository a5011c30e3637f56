"""Tout ce que le classeur dit de lui-même : apostrophes courbes, espaces insécables.

Les mots que l'on tape, choisit ou compare (libellés, valeurs des listes, noms des feuilles) restent
tels qu'au clavier, même cités dans une phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import chain

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

import pilotage_xlsx as px
from pilotage_xlsx.generation.acceptations import CONSTATS
from tests.generation.classeurs import ouvrir
from tests.tableaux import AU, modele

DROITE_OU_SECABLE = re.compile(r"[^\W\d]'[^\W\d]| [:;!?»]|« |§ ")
_LITTERAL = re.compile(r'"((?:[^"]|"")*)"')
_DE_NOS_COLONNES = re.compile("[\ue000-\uf8ff]|#px_")


@lru_cache(maxsize=1)
def vierge() -> Workbook:
    return ouvrir()


@lru_cache(maxsize=1)
def tels_qu_au_clavier() -> re.Pattern[str]:
    colonnes = list(chain.from_iterable(feuille.colonnes for feuille in modele().a_lire))
    valeurs = chain.from_iterable(liste.choix for liste in modele().listes.values())
    mots = {*valeurs, *(c.libelle for c in colonnes), *chain(*(c.mentions for c in colonnes))}
    longs = sorted(filter(DROITE_OU_SECABLE.search, mots), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longs)))


def _se_voit(page: Worksheet, ligne: int, colonne: int) -> bool:
    largeurs = page.column_dimensions.values()
    cachee = any(d.hidden and not d.outlineLevel and d.min <= colonne <= d.max for d in largeurs)
    return not (cachee or page.row_dimensions[ligne].hidden)


def _textes(page: Worksheet) -> Iterator[str]:
    """Cellules et formules en vue, bulles, messages, liens, formats, en-têtes et pieds de page."""
    for cellule in chain.from_iterable(page.iter_rows()):
        if cellule.hyperlink and cellule.hyperlink.tooltip:
            yield cellule.hyperlink.tooltip
        yield from _LITTERAL.findall(cellule.number_format)
        if isinstance(cellule.value, str) and _se_voit(page, cellule.row, cellule.column):
            ecrit = cellule.value
            yield from _LITTERAL.findall(ecrit) if ecrit.startswith("=") else [ecrit]
    for validation in page.data_validations.dataValidation:
        yield from filter(None, (validation.prompt, validation.error, validation.errorTitle))
    for regle in chain.from_iterable(plage.rules for plage in page.conditional_formatting):
        if regle.dxf and regle.dxf.numFmt:
            yield from _LITTERAL.findall(regle.dxf.numFmt.formatCode)
    for bord in (page.oddHeader, page.oddFooter):
        yield from (cote.text for cote in (bord.left, bord.center, bord.right) if cote.text)


@pytest.mark.parametrize("page", vierge().worksheets, ids=lambda page: page.title)
def test_chaque_texte_de_la_feuille(page: Worksheet) -> None:
    textes = {tels_qu_au_clavier().sub("", texte) for texte in _textes(page)}
    nos_textes = {texte for texte in textes if not _DE_NOS_COLONNES.search(texte)}
    assert {texte for texte in nos_textes if DROITE_OU_SECABLE.search(texte)} == set()


def test_les_constats_que_propose_un_menu() -> None:
    livre = load_workbook(BytesIO(px.generer(au=AU).octets))
    ou, plage = livre.defined_names[CONSTATS].attr_text.split("!")
    gauche, haut, _, bas = range_boundaries(plage)
    page = livre[ou.strip("'")]
    dits = [page[f"{get_column_letter(gauche)}{rang}"].value for rang in range(haut, bas + 1)]
    assert dits
    assert [dit for dit in dits if DROITE_OU_SECABLE.search(dit)] == []
