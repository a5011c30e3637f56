"""Des parties qui tiennent autre chose que ce qu'annonce leur nom : un refus, ou une copie juste.

Chaque copie écrite est relue par notre lecteur avant d'être rendue : il suffit donc qu'aucune trace
n'échappe.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest

from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.socle.paquet import Refus
from tests.lecture.paquets import PRINCIPAL, ecrire, liens, parties
from tests.retouche.copies import annoter, corriger, retirer
from tests.retouche.preuves import constat
from tests.retouche.preuves import parties as relire

_CONSTATS = [constat("Feuille", adresse) for adresse in ("A1", "B2", "C2", "A40", "B5")]
_FORMULE = '<c r="B5" t="str"><f t="array" ref="B5:B6">A1</f><v>x</v></c>'
_LIGNES = (
    '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c></row>'
    f'<row r="2"><c r="B2"><v>3</v></c></row><row r="5">{_FORMULE}</row>'
)
_NOTES = (
    f'<comments xmlns="{PRINCIPAL}"><authors><author>Le greffe</author></authors><commentList>'
    '<comment ref="A1" authorId="0"><text><t>Vu.</t></text></comment></commentList></comments>'
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1"><x:ClientData '
    'ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>'
)
_TABLE = f'<table xmlns="{PRINCIPAL}" id="1" name="Table1" ref="A1:B5"/>'
_TITRES = (
    "<Properties><HeadingPairs><i4>1</i4></HeadingPairs><TitlesOfParts><vector>"
    "<lpstr>Feuille</lpstr></vector></TitlesOfParts></Properties>"
)
_STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm"/></numFmts><fonts><font/></fonts>'
    '<fills><fill/><fill/></fills><cellXfs count="2"><xf/><xf numFmtId="164"/></cellXfs>'
)
_FEUILLE = "xl/worksheets/sheet1.xml"
_LIEES = "xl/worksheets/_rels/sheet1.xml.rels"
_SES_LIENS = {
    "../comments1.xml": "comments",
    "../drawings/vml1.vml": "vmlDrawing",
    "../tables/table1.xml": "table",
}


def _completes() -> dict[str, str | bytes]:
    dessin = '<legacyDrawing r:id="rId2"/>'
    contenu = parties(_LIGNES, textes="<si><t>a</t></si>", styles=_STYLES, apres=dessin)
    contenu[_FEUILLE] = str(contenu[_FEUILLE]).replace(
        "<worksheet ",
        '<worksheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
    )
    contenu[_LIEES] = liens(_SES_LIENS)
    contenu["_rels/.rels"] = liens(
        {"xl/workbook.xml": "officeDocument", "docProps/app.xml": "extended-properties"}
    )
    suite = {
        "xl/comments1.xml": _NOTES,
        "xl/drawings/vml1.vml": _VML,
        "xl/tables/table1.xml": _TABLE,
        "docProps/app.xml": _TITRES,
        "xl/media/image1.png": b"\x89PNG\0",
    }
    return {**contenu, **suite}


def _tout_jouer(chemin: Path, constats: list[Constat] = _CONSTATS) -> None:
    valeurs = {("Feuille", 1, 1): "réparé", ("Feuille", 2, 2): 2.5, ("Feuille", 5, 2): "x"}
    for geste in (
        lambda: annoter(chemin, constats, "Bilan"),
        lambda: retirer(chemin),
        lambda: corriger(chemin, valeurs, {}),
    ):
        with suppress(Refus):
            geste()


@pytest.mark.parametrize("annotee", [False, True], ids=["reçu", "annoté"])
def test_deux_parties_echangees(annotee: bool, tmp_path: Path) -> None:
    contenu: Mapping[str, str | bytes] = _completes()
    chemin = ecrire(tmp_path / "a.xlsx", contenu)
    if annotee:
        contenu = relire(annoter(chemin, _CONSTATS, "Bilan"))
    for une, autre in combinations(contenu, 2):
        echange = {**contenu, une: contenu[autre], autre: contenu[une]}
        _tout_jouer(ecrire(chemin, echange))


_CHIFFRES = "9" * 10_000
_REMPLACEMENTS = {
    "des propriétés dans les styles": ("xl/styles.xml", _STYLES, ""),
    "racine d'ailleurs": ("xl/styles.xml", "styleSheet", "Properties"),
    "styles sans format": ("xl/styles.xml", _STYLES, "<cellXfs/>"),
    "format sans fin": ("xl/styles.xml", '"164"', f'"{_CHIFFRES}"'),
    "compte faux": ("xl/styles.xml", 'count="2"', f'count="{_CHIFFRES}"'),
    "rang de format immense": (_FEUILLE, 's="1"', f's="{_CHIFFRES}"'),
    "rang de format hors des styles": (_FEUILLE, 's="1"', 's="4000000000"'),
    "feuille sans données": (_FEUILLE, "sheetData", "sheetDonnees"),
    "ligne hors de la grille": (_FEUILLE, '<row r="2"', '<row r="99999999"'),
    "ligne sans fin": (_FEUILLE, '<row r="2"', f'<row r="{_CHIFFRES}"'),
    "ligne en double": (_FEUILLE, '<row r="2"', '<row r="1"'),
    "cellule en double": (_FEUILLE, 'r="B2"', 'r="A1"'),
    "hauteur qui n'est pas un nombre": (_FEUILLE, '<row r="2"', '<row r="nan" ht="nan"'),
    "largeur qui n'est pas un nombre": (
        _FEUILLE, "<sheetData>", '<cols><col min="nan" max="inf" width="nan"/></cols><sheetData>'
    ),
    "priorité sans fin": (
        _FEUILLE, "</sheetData>", "</sheetData><conditionalFormatting><cfRule "
        f'priority="{_CHIFFRES}"/></conditionalFormatting>'
    ),
    "feuille d'un autre genre": (_FEUILLE, "worksheet", "dialogsheet"),
    "espace de noms piégé": (_FEUILLE, f'"{PRINCIPAL}"', '"a}b{&quot;&amp;&lt;"'),
    "espace de noms réservé": ("xl/workbook.xml", f'"{PRINCIPAL}"', '"http://www.w3.org/1999/x"'),
    "famille inconnue": ("_rels/.rels", "http://", "urn: {}&quot;"),
    "classeur sans onglet": ("xl/workbook.xml", "<sheet ", "<autre "),
    "deux onglets pour une feuille": (
        "xl/workbook.xml", "</sheets>", '<sheet name="Autre" sheetId="2" r:id="rId1"/></sheets>'
    ),
    "identifiant de feuille sans fin": ("xl/workbook.xml", 'sheetId="1"', f'sheetId="{_CHIFFRES}"'),
    "table sans numéro lisible": ("xl/tables/table1.xml", 'id="1"', f'id="{_CHIFFRES}"'),
    "notre table ailleurs": ("xl/tables/table1.xml", "Table1", "TableACorriger"),
    "auteur sans fin": ("xl/comments1.xml", 'authorId="0"', f'authorId="{_CHIFFRES}"'),
    "notes d'un autre genre": ("xl/comments1.xml", "comments", "ThreadedComments"),
    "notes sans liste": ("xl/comments1.xml", "commentList", "autre"),
    "dessin qui n'en est pas un": ("xl/drawings/vml1.vml", "xml", "autre"),
    "forme qui ne se ferme pas": ("xl/drawings/vml1.vml", "</v:shape>", ""),
    "dessin en XML d'ailleurs": (_LIEES, "drawings/vml1.vml", "styles.xml"),
    "dessin absent": (_LIEES, "drawings/vml1.vml", "drawings/absent.vml"),
    "identifiants en double": (_LIEES, "rId2", "rId1"),
    "notes qui sont la feuille": (_LIEES, "../comments1.xml", "sheet1.xml"),
    "notes qui sont le classeur": (_LIEES, "../comments1.xml", "../workbook.xml"),
    "table qui est la feuille": (_LIEES, "../tables/table1.xml", "sheet1.xml"),
    "liens qui bouclent": (_LIEES, "../tables/table1.xml", "_rels/sheet1.xml.rels"),
    "styles qui sont le classeur": ("xl/_rels/workbook.xml.rels", "styles.xml", "workbook.xml"),
    "titres sans fin": ("docProps/app.xml", "<i4>1<", f"<i4>{_CHIFFRES}<"),
    "types d'un autre genre": ("[Content_Types].xml", "Types", "Properties"),
}  # fmt: skip


@pytest.mark.parametrize("cas", _REMPLACEMENTS)
def test_un_fragment_etrange(cas: str, tmp_path: Path) -> None:
    partie, avant, apres = _REMPLACEMENTS[cas]
    contenu = _completes()
    assert avant in str(contenu[partie])
    contenu[partie] = str(contenu[partie]).replace(avant, apres)
    _tout_jouer(ecrire(tmp_path / "a.xlsx", contenu))


def test_un_dessin_absent_est_remplace(tmp_path: Path) -> None:
    contenu = _completes()
    del contenu["xl/drawings/vml1.vml"]
    octets = annoter(ecrire(tmp_path / "a.xlsx", contenu), [constat("Feuille", "B2")], "Bilan")
    copie = relire(octets)
    assert copie[_FEUILLE].count(b"legacyDrawing") == 1
    assert b"<x:Row>1</x:Row>" in copie["xl/drawings/pilotage1.vml"]


@pytest.mark.parametrize(
    ("partie", "avant", "apres"),
    [
        ("xl/styles.xml", "styleSheet", "Properties"),
        ("xl/comments1.xml", "comments", "Properties"),
        ("[Content_Types].xml", "Types", "Properties"),
    ],
)
def test_ce_qui_doit_changer_et_n_est_pas_ce_qu_on_croit_est_un_refus(
    partie: str, avant: str, apres: str, tmp_path: Path
) -> None:
    contenu = _completes()
    contenu[partie] = str(contenu[partie]).replace(avant, apres)
    chemin = ecrire(tmp_path / "a.xlsx", contenu)
    with pytest.raises(Refus) as refus:
        annoter(chemin, _CONSTATS, "Bilan")
    assert partie in str(refus.value)
