"""La copie corrigée : les cellules voulues, sans toucher aux formules ni aux textes partagés."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.registre import Cellule, NatureDeCellule
from tests.lecture.paquets import ecrire, lire_cellules, parties
from tests.retouche.classeurs import ecrire_le_riche
from tests.retouche.copies import corriger
from tests.retouche.preuves import parties as lues

_DONNEES = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row>'
    '<row><c t="str"><f>A1&amp;"!"</f><v>x!</v></c><c t="str"><f>A1</f><v>x</v></c>'
    '<c s="1"><v>3</v></c></row>'
    '<row r="4"><c r="A4" t="str"><f t="array" ref="A4:B4">A1:B1</f><v>x</v></c>'
    '<c r="B4" t="str"><v>x</v></c></row>'
)
_TEXTES = "<si><t>x </t></si>"
_STYLES = (
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="49" quotePrefix="1"/><xf numFmtId="14"/>'
    "</cellXfs>"
)

_FORMATS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_FORMATS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_FORMATS}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_FORMATS}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_FORMATS}.worksheet+xml"/>'
    "</Types>"
)


def _classeur(dossier: Path, **reglages: str) -> Path:
    contenu = parties(_DONNEES, textes=_TEXTES, styles=_STYLES, **reglages)
    contenu["[Content_Types].xml"] = _TYPES
    return ecrire(dossier / "essai.xlsx", contenu)


def _corriger(chemin: Path, cellules: dict[tuple[int, int], object], **gardees: object) -> Path:
    valeurs = {("Feuille", *place): valeur for place, valeur in cellules.items()}
    octets, _ = corriger(chemin, valeurs, {"Feuille": {(2, 1)}} if gardees else {})  # type: ignore[arg-type]
    copie = chemin.with_name("copie.xlsx")
    copie.write_bytes(octets)
    return copie


def test_le_texte_partage_des_autres_ne_change_pas(tmp_path: Path) -> None:
    copie = _corriger(_classeur(tmp_path), {(1, 1): "x"})
    vues = lire_cellules(copie)
    assert (vues["A1"].texte, vues["B1"].texte) == ("x", "x ")
    assert lues(copie.read_bytes())["xl/sharedStrings.xml"].count(b"<si>") == 1


@pytest.mark.parametrize("texte", [" en bord ", "_x0041_", "a & <b>", "deux\nlignes", "😀"])
def test_le_texte_ecrit_se_relit_tel_quel(texte: str, tmp_path: Path) -> None:
    assert lire_cellules(_corriger(_classeur(tmp_path), {(1, 2): texte}))["B1"].texte == texte


def test_une_date_devient_une_vraie_date(tmp_path: Path) -> None:
    copie = _corriger(_classeur(tmp_path), {(1, 1): date(2026, 3, 12), (2, 3): date(2026, 3, 13)})
    vues = lire_cellules(copie)
    assert vues["A1"] == Cellule(NatureDeCellule.NOMBRE, "46093", est_date=True)
    assert vues["C2"] == Cellule(NatureDeCellule.NOMBRE, "46094", est_date=True)
    assert load_workbook(copie).active["A1"].value == datetime(2026, 3, 12)


def test_une_date_suit_l_origine_du_classeur(tmp_path: Path) -> None:
    chemin = _classeur(tmp_path, reglages='<workbookPr date1904="1"/>')
    copie = _corriger(chemin, {(1, 1): datetime(2026, 3, 12, 12, 0)})
    assert load_workbook(copie).active["A1"].value == datetime(2026, 3, 12, 12, 0)


def test_un_nombre_ne_reste_pas_sous_un_format_de_texte(tmp_path: Path) -> None:
    copie = _corriger(_classeur(tmp_path), {(2, 3): 1234.5})
    case = load_workbook(copie).active["C2"]
    assert (case.value, case.number_format, case.quotePrefix) == (1234.5, "#,##0.00", False)


def test_une_cellule_de_formule_ne_se_corrige_pas(tmp_path: Path) -> None:
    chemin = _classeur(tmp_path)
    visees = {("Feuille", 2, 1): "a", ("Feuille", 4, 2): "b", ("Feuille", 1, 1): "c"}
    octets, faites = corriger(chemin, visees, {})
    assert faites == {("Feuille", 1, 1)}
    feuille = lues(octets)["xl/worksheets/sheet1.xml"].decode()
    assert '<f>A1&amp;"!"</f>' in feuille


def test_les_formules_oublient_leur_resultat_pour_etre_recalculees(tmp_path: Path) -> None:
    copie = _corriger(_classeur(tmp_path), {(1, 1): "y"})
    octets = lues(copie.read_bytes())
    feuille = octets["xl/worksheets/sheet1.xml"].decode()
    assert not re.search(r"</f><v>", feuille)
    assert 't="str"><f>' not in feuille
    assert b'fullCalcOnLoad="1"' in octets["xl/workbook.xml"]


def test_une_formule_que_le_controle_lit_garde_son_resultat(tmp_path: Path) -> None:
    copie = _corriger(_classeur(tmp_path), {(1, 1): "y"}, gardees=True)
    assert lire_cellules(copie)["A2"].texte == "x!"


def test_les_autres_parties_ne_changent_pas(tmp_path: Path) -> None:
    chemin = ecrire_le_riche(tmp_path)
    octets, _ = corriger(chemin, {("Outils", 8, 4): "Important"}, {})
    avant, apres = lues(chemin.read_bytes()), lues(octets)
    assert avant.keys() == apres.keys()
    changees = {nom for nom, contenu in avant.items() if apres[nom] != contenu}
    assert all(nom.startswith(("xl/worksheets/sheet", "xl/workbook")) for nom in changees), changees
