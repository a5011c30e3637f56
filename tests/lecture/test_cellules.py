"""Chaque façon d'écrire une cellule se lit ; deux écritures de la même chose se lisent pareil."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotage_xlsx.registre import Cellule, NatureDeCellule
from tests.lecture.paquets import STRICT, ecrire, grilles, lire_cellules, parties

_DATE = (
    '<numFmts><numFmt numFmtId="164" formatCode="[$-100C]dd.mm.yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
)


def lire(
    chemin: Path, donnees: str, *, textes: str = "", styles: str = "", apres: str = ""
) -> dict[str, Cellule]:
    contenu = parties(donnees, textes=textes, styles=styles, apres=apres)
    return lire_cellules(ecrire(chemin / "essai.xlsx", contenu))


def texte(valeur: str) -> Cellule:
    return Cellule(NatureDeCellule.TEXTE, valeur)


@pytest.mark.parametrize(
    ("xml", "attendue"),
    [
        ('<c r="A1"><v>12.50</v></c>', Cellule(NatureDeCellule.NOMBRE, "12.50")),
        ('<c r="A1" t="n"><v>\n 7 \n</v></c>', Cellule(NatureDeCellule.NOMBRE, "7")),
        ('<c r="A1" t="b"><v>1</v></c>', Cellule(NatureDeCellule.BOOLEEN, "1")),
        ('<c r="A1" t="b"><v>true</v></c>', Cellule(NatureDeCellule.BOOLEEN, "1")),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Cellule(NatureDeCellule.ERREUR, "#REF!")),
        ('<c r="A1" t="d"><v>2026-03-12</v></c>', Cellule(NatureDeCellule.DATE, "2026-03-12")),
        ('<c r="A1" t="str"><f>B1</f><v>GED</v></c>', texte("GED")),
        ('<c r="A1" t="inlineStr"><is><t>G</t><t>ED</t></is></c>', texte("GED")),
        ('<c r="A1" t="inlineStr"><is><r><t>G</t></r> <r><t>ED</t></r></is></c>', texte("GED")),
        ('<c r="A1" t="inlineStr"><v>1.</v><is><t>GED</t></is></c>', texte("GED")),
        ('<c r="A1" t="inlineStr"><is><t>GED</t></is><v>1.</v></c>', texte("GED")),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Cellule(NatureDeCellule.NOMBRE, "2")),
        ('<c r="A1"><f t="shared" si="0"/><v>2</v></c>', Cellule(NatureDeCellule.NOMBRE, "2")),
        ('<c r="A1"><f>B1&amp;C1</f></c>', Cellule(NatureDeCellule.FORMULE, "=B1&C1")),
        ('<c r="A1"><f>B1</f><v></v></c>', Cellule(NatureDeCellule.FORMULE, "=B1")),
        ('<c r="A1" t="str"><v>_x005F_x0041_ _x00E9__x000D_</v></c>', texte("_x0041_ é\r")),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_ _xD83D_</v></c>', texte("😀 \ufffd")),
        ('<c r="A1" t="str"><v><![CDATA[a < b]]></v></c>', texte("a < b")),
        ('<c r="A1" t="str"><v>  bords  </v></c>', texte("  bords  ")),
    ],
)
def test_une_cellule_se_lit_selon_son_type(tmp_path: Path, xml: str, attendue: Cellule) -> None:
    assert lire(tmp_path, f'<row r="1">{xml}</row>') == {"A1": attendue}


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A1" s="3"/>',
        '<c r="A1" s="3"></c>',
        '<c r="A1"><v></v></c>',
        '<c r="A1" t="str"><f>B1</f><v></v></c>',
        '<c r="A1" t="str"><f>B1</f></c>',
        '<c r="A1" t="inlineStr"><is><t></t></is></c>',
        '<c r="A1" t="s"><v>0</v></c>',
    ],
)
def test_une_cellule_sans_contenu_n_est_pas_une_cellule(tmp_path: Path, xml: str) -> None:
    assert lire(tmp_path, f'<row r="1">{xml}</row>', textes="<si><t></t></si>") == {}


def test_un_texte_partage_oublie_sa_lecture_phonetique(tmp_path: Path) -> None:
    partage = "<si><r><t>Com</t></r><r><t>mune</t></r><rPh sb='0' eb='1'><t>KO</t></rPh></si>"
    lues = lire(tmp_path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', textes=partage)
    assert lues == {"A1": texte("Commune")}


def test_un_texte_en_ligne_oublie_sa_lecture_phonetique(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1" t="inlineStr"><is><t>Ville</t><rPh><t>KO</t></rPh></is></c></row>'
    assert lire(tmp_path, xml) == {"A1": texte("Ville")}


def test_seul_un_nombre_au_format_de_date_est_une_date(tmp_path: Path) -> None:
    xml = "".join(
        f'<c r="{c}1" s="{s}"><v>46093</v></c>' for c, s in zip("ABC", "012", strict=True)
    )
    lues = lire(tmp_path, f'<row r="1">{xml}</row>', styles=_DATE)
    assert [cellule.est_date for cellule in lues.values()] == [False, True, True]


def test_les_cellules_et_lignes_sans_adresse_se_suivent(tmp_path: Path) -> None:
    xml = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    )
    assert {a: c.texte for a, c in lire(tmp_path, xml).items()} == {
        "A1": "1", "C1": "2", "C5": "3", "D5": "4", "A6": "5",
    }  # fmt: skip


def test_une_ligne_sans_numero_suit_une_ligne_ordinaire(tmp_path: Path) -> None:
    xml = '<row r="7"><c r="A7"><v>1</v></c></row><row><c><v>2</v></c></row>'
    assert set(lire(tmp_path, xml)) == {"A7", "A8"}


def test_une_adresse_d_une_autre_ligne_l_emporte(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c><c r="B3"><v>2</v></c></row>'
    assert set(lire(tmp_path, xml)) == {"A1", "B3"}


def test_la_derniere_cellule_de_la_grille_se_lit(tmp_path: Path) -> None:
    xml = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert set(lire(tmp_path, xml)) == {"XFD1048576"}


def test_ce_qu_une_fusion_couvre_se_lit_comme_le_lisent_les_formules(tmp_path: Path) -> None:
    xml = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>3</v></c><c r="D2"><v>4</v></c></row>'
    )
    fusion = '<mergeCells><mergeCell ref="A1:C1048576"/></mergeCells>'
    assert set(lire(tmp_path, xml, apres=fusion)) == {"A1", "B1", "A2", "D2"}


def test_ooxml_strict_se_lit(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    contenu = parties(xml, textes="<si><t>GED</t></si>", espace=STRICT)
    assert lire_cellules(ecrire(tmp_path / "strict.xlsx", contenu)) == {"A1": texte("GED")}


@pytest.mark.parametrize("encodage", ["utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"])
def test_une_partie_dans_un_autre_encodage_se_lit(tmp_path: Path, encodage: str) -> None:
    contenu = parties('<row r="1"><c r="A1" t="str"><v>Échéance</v></c></row>')
    nom = "xl/worksheets/sheet1.xml"
    entete = f'<?xml version="1.0" encoding="{encodage.removesuffix("-sig")}"?>'
    contenu[nom] = (entete + str(contenu[nom])).encode(encodage)
    lues = lire_cellules(ecrire(tmp_path / "encode.xlsx", contenu))
    assert lues == {"A1": texte("Échéance")}


def test_un_prefixe_d_espace_de_noms_ne_change_rien(tmp_path: Path) -> None:
    contenu = parties()
    contenu["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    assert set(lire_cellules(ecrire(tmp_path / "prefixe.xlsx", contenu))) == {"A1"}


def test_les_noms_de_parties_se_comparent_sans_casse(tmp_path: Path) -> None:
    contenu = parties('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', textes="<si><t>a</t></si>")
    contenu["XL/SharedStrings.xml"] = contenu.pop("xl/sharedStrings.xml")
    assert lire_cellules(ecrire(tmp_path / "casse.xlsx", contenu)) == {"A1": texte("a")}


def test_une_ligne_commentee_n_existe_pas(tmp_path: Path) -> None:
    xml = '<!-- <row r="1"><c r="A1"><v>1</v></c></row> --><row r="2"><c r="A2"><v>2</v></c></row>'
    assert set(lire(tmp_path, xml)) == {"A2"}


def test_une_feuille_de_graphique_n_a_pas_de_cellules(tmp_path: Path) -> None:
    contenu = parties('<row r="1"><c r="A1"><v>1</v></c></row>')
    liens = str(contenu["xl/_rels/workbook.xml.rels"])
    contenu["xl/_rels/workbook.xml.rels"] = liens.replace("relationships/worksheet", "chartsheet")
    assert grilles(ecrire(tmp_path / "graphique.xlsx", contenu)) == []
