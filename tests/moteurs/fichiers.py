"""Un .xlsx lu et préparé sans bibliothèque de tableur : formules, valeurs, noms, tables.

Préparer : ôter ce qui est déjà calculé (un moteur ne peut alors pas nous répéter), fixer
« aujourd'hui », ôter menus et couleurs, que rien ici ne compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

Adresse = tuple[str, str]
"""La feuille et la cellule : « Outils », « A9 »."""

Valeur = str | float | bool | None

_CORPS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LIEN = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CALCULE = re.compile(r"(</f>|<f[^>]*/>)\s*<v(?:/>|[^>]*>[^<]*</v>)")
_ECARTES = re.compile(r"<(conditionalFormatting|dataValidations|extLst)\b.*?</\1>", re.DOTALL)
_AUJOURD_HUI = re.compile(r"\bTODAY\(\)", re.IGNORECASE)
_EN_NUMERO = re.compile(r"&#(\d{3,});")
"""Comme openpyxl écrit « É » : un moteur à qui tout se traduit ne le verrait pas."""

_ECHAPPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LUES = ("xl/worksheets/", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/tables/")


@dataclass(frozen=True, slots=True)
class Cellule:
    """Une cellule telle que le fichier l'écrit ; ``texte`` est sa valeur, brute."""

    feuille: str
    adresse: str
    genre: str
    texte: str | None
    formule: str | None
    matricielle: bool
    valeur: Valeur


@dataclass(frozen=True, slots=True)
class Classeur:
    """Ce que dit un fichier : ses cellules, ses noms, ses tables, ses autres formules."""

    cellules: Mapping[Adresse, Cellule]
    noms: Mapping[str, str]
    tables: Mapping[str, tuple[str, str]]
    colonnes: Mapping[str, tuple[str, ...]]
    annexes: tuple[tuple[str, str], ...]
    """La feuille, et une formule de menu ou de mise en forme."""

    @property
    def formules(self) -> dict[Adresse, str]:
        """Les cellules calculées."""
        return {ou: c.formule for ou, c in self.cellules.items() if c.formule is not None}

    @property
    def valeurs(self) -> dict[Adresse, Valeur]:
        """Ce que le fichier dit de chaque cellule calculée."""
        return {ou: c.valeur for ou, c in self.cellules.items() if c.formule is not None}


def preparer(
    source: Path, cible: Path, au: date, traduire: Callable[[str], str] | None = None
) -> None:
    """Une copie où tout reste à calculer, au jour dit."""
    with ZipFile(source) as avant, ZipFile(cible, "w", ZIP_DEFLATED) as apres:
        for entree in avant.infolist():
            octets = avant.read(entree)
            if entree.filename.startswith(_LUES) and entree.filename.endswith(".xml"):
                octets = _preparer(octets.decode(), au, traduire).encode()
            apres.writestr(entree.filename, octets)


def _preparer(texte: str, au: date, traduire: Callable[[str], str] | None) -> str:
    texte = _EN_NUMERO.sub(lambda signe: chr(int(signe[1])), texte)
    texte = _ECARTES.sub("", _CALCULE.sub(r"\1", texte))
    texte = _AUJOURD_HUI.sub(f"DATE({au.year},{au.month},{au.day})", texte)
    return traduire(texte) if traduire else texte


def lire_classeur(chemin: Path) -> Classeur:
    """Tout ce qui s'y calcule, et ce dont ces calculs parlent."""
    with ZipFile(chemin) as archive:
        tete = etree.fromstring(archive.read("xl/workbook.xml"))
        feuilles = dict(_feuilles(archive, tete))
        partages = _textes_partages(archive)
        cellules, annexes, tables = {}, [], []
        for nom, partie in feuilles.items():
            racine = etree.fromstring(archive.read(partie))
            cellules.update({(c.feuille, c.adresse): c for c in _cellules(racine, nom, partages)})
            annexes += [(nom, texte) for texte in _annexes(racine)]
            tables += list(_tables(archive, nom, partie))
    noms = {n.get("name", ""): n.text or "" for n in tete.iter(f"{_CORPS}definedName")}
    return Classeur(
        cellules,
        {nom: texte for nom, texte in noms.items() if not nom.startswith("_xlnm.")},
        {nom: (feuille, plage) for nom, feuille, plage, _ in tables},
        {nom: colonnes for nom, _, _, colonnes in tables},
        tuple(annexes),
    )


def _feuilles(archive: ZipFile, tete: etree._Element) -> Iterator[tuple[str, str]]:
    liens = _liens(archive, "xl/workbook.xml")
    for feuille in tete.iter(f"{_CORPS}sheet"):
        yield feuille.get("name", ""), liens[feuille.get(f"{_LIEN}id", "")]


def _liens(archive: ZipFile, partie: str) -> dict[str, str]:
    """Les parties que cite une partie, par identifiant."""
    dossier, _, nom = partie.rpartition("/")
    chemin = f"{dossier}/_rels/{nom}.rels"
    if chemin not in archive.namelist():
        return {}
    return {
        lien.get("Id", ""): _resoudre(dossier, lien.get("Target", ""))
        for lien in etree.fromstring(archive.read(chemin))
    }


def _resoudre(dossier: str, cible: str) -> str:
    if cible.startswith("/"):
        return cible[1:]
    parties = dossier.split("/")
    while cible.startswith("../"):
        parties, cible = parties[:-1], cible[3:]
    return "/".join((*parties, cible))


def _textes_partages(archive: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    racine = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in si.iter(f"{_CORPS}t")) for si in racine]


def _cellules(racine: etree._Element, feuille: str, partages: list[str]) -> Iterator[Cellule]:
    communes: dict[str, str] = {}
    for c in racine.iter(f"{_CORPS}c"):
        f, v = c.find(f"{_CORPS}f"), c.find(f"{_CORPS}v")
        genre, texte = c.get("t", "n"), None if v is None else v.text or ""
        if genre == "inlineStr":
            texte = "".join(t.text or "" for t in c.iter(f"{_CORPS}t"))
        formule = None
        if f is not None:
            formule = f.text or communes.get(f.get("si", ""), "")
            if f.text and f.get("si"):
                communes[f.get("si", "")] = f.text
        matricielle = f is not None and f.get("t") == "array"
        valeur = _valeur(genre, texte, partages)
        yield Cellule(feuille, c.get("r", ""), genre, texte, formule, matricielle, valeur)


def _valeur(genre: str, texte: str | None, partages: list[str]) -> Valeur:
    if texte is None or (genre == "n" and not texte):
        return None
    if genre == "n":
        return float(texte)
    if genre == "b":
        return texte == "1"
    if genre == "s":
        texte = partages[int(texte)]
    return _ECHAPPE.sub(lambda code: chr(int(code[1], 16)), texte)


def _annexes(racine: etree._Element) -> Iterator[str]:
    for balise in ("formula", "formula1", "formula2"):
        yield from (f.text for f in racine.iter(f"{_CORPS}{balise}") if f.text)


def _tables(
    archive: ZipFile, feuille: str, partie: str
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for cible in _liens(archive, partie).values():
        if cible.startswith("xl/tables/"):
            table = etree.fromstring(archive.read(cible))
            colonnes = tuple(c.get("name", "") for c in table.iter(f"{_CORPS}tableColumn"))
            yield table.get("displayName", ""), feuille, table.get("ref", ""), colonnes


@lru_cache(maxsize=32)
def ouvrir_classeur(chemin: Path) -> Classeur:
    """Le même, lu une seule fois."""
    return lire_classeur(chemin)
