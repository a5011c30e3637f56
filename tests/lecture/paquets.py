"""De petits classeurs faits à la main, partie par partie, et leurs cellules telles que lues."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.lecture.source import lire_source
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.adresses import LIGNES_MAX, lettres_de
from pilotage_xlsx.socle.paquet import ouvrir_tout

_OUVERT = "http://schemas.openxmlformats.org"
PRINCIPAL = f"{_OUVERT}/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LIENS = f"{_OUVERT}/officeDocument/2006/relationships"
_LIENS_STRICTS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_LIENS_DE_PAQUET = f"{_OUVERT}/package/2006/relationships"


def liens(types: Mapping[str, str], *, sorte: str = _LIENS) -> str:
    """Une partie de relations : cible → type ; les identifiants sont rId1, rId2…"""
    relations = "".join(
        f'<Relationship Id="rId{rang}" Type="{sorte}/{type_}" Target="{cible}"/>'
        for rang, (cible, type_) in enumerate(types.items(), 1)
    )
    return f'<Relationships xmlns="{_LIENS_DE_PAQUET}">{relations}</Relationships>'


def parties(
    donnees: str = "",
    *,
    textes: str = "",
    styles: str = "",
    apres: str = "",
    reglages: str = "",
    espace: str = PRINCIPAL,
) -> dict[str, str | bytes]:
    """Les parties d'un classeur d'une feuille « Feuille » ; ``donnees`` est son ``sheetData``."""
    sorte = _LIENS if espace == PRINCIPAL else _LIENS_STRICTS
    cibles = {
        "worksheets/sheet1.xml": "worksheet",
        "sharedStrings.xml": "sharedStrings",
        "styles.xml": "styles",
    }
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": liens({"xl/workbook.xml": "officeDocument"}, sorte=sorte),
        "xl/_rels/workbook.xml.rels": liens(cibles, sorte=sorte),
        "xl/workbook.xml": (
            f'<workbook xmlns="{espace}" xmlns:r="{sorte}">{reglages}'
            '<sheets><sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{espace}">{textes}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{espace}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{espace}"><sheetData>{donnees}</sheetData>{apres}</worksheet>'
        ),
    }


def ecrire(chemin: Path, contenu: Mapping[str, str | bytes]) -> Path:
    """Écrit une archive de ces parties."""
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, partie in contenu.items():
            archive.writestr(nom, partie)
    return chemin


def grilles(chemin: Path) -> list[Grille]:
    """Toutes les feuilles d'un classeur, telles que lues."""
    with ouvrir_tout(chemin) as paquet:
        source = lire_source(paquet)
        return [source.lire(feuille, LIGNES_MAX) for feuille in source.feuilles]


def cellules(grille: Grille) -> dict[str, Cellule]:
    """Les cellules d'une feuille par adresse."""
    return {
        f"{lettres_de(colonne)}{ligne}": cellule
        for ligne, rangee in grille.lignes.items()
        for colonne, cellule in rangee.items()
    }


def lire_cellules(chemin: Path) -> dict[str, Cellule]:
    """Les cellules de la première feuille, par adresse."""
    return cellules(grilles(chemin)[0])
