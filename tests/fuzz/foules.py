"""Multiplier : des milliers de feuilles, noms, styles, relations, parties, et des échanges.

Chaque pièce répétée porte son rang (``%d``) ; le nombre est borné en octets, pour que la campagne
reste courte.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.fuzz.parties import Parties, en_xml, refaire

COMBIEN = (50, 500, 2_000, 4_900, 20_000, 60_000)
_OCTETS_MAX = 6_000_000
_LIENS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Foule(NamedTuple):
    """Où une pièce se répète : devant ``ancre``, dans une partie dont le nom contient ``ou``."""

    ou: str
    ancre: bytes
    piece: bytes
    avant: bytes = b""
    apres: bytes = b""


def _relations(type_: bytes, cible: bytes, suite: bytes = b"") -> Foule:
    debut = b'<Relationship Id="x%d" Type="' + _LIENS + b"/" + type_
    return Foule(".rels", b"</Relationships>", debut + b'" Target="' + cible + b'"' + suite + b"/>")


FOULES = (
    Foule("workbook.xml", b"</sheets>", b'<sheet name="F%d" sheetId="9%d" r:id="rId1"/>'),
    Foule("workbook.xml", b"</sheets>", b'<sheet name="Outils" sheetId="9%d" r:id="rId%d"/>'),
    Foule(
        "workbook.xml", b"</workbook>", b'<definedName name="n%d">Feuille!$A$%d</definedName>',
        b"<definedNames>", b"</definedNames>",
    ),
    Foule("workbook.xml", b"</definedNames>", b'<definedName name="n%d">A!$A$%d</definedName>'),
    _relations(b"table", b"../tables/table1.xml"),
    _relations(b"worksheet", b"worksheets/sheet1.xml"),
    _relations(b"comments", b"../comments%d.xml"),
    _relations(b"hyperlink", b"http://a.example/%d", b' TargetMode="External"'),
    Foule("styles.xml", b"</cellXfs>", b'<xf numFmtId="%d"/>'),
    Foule("styles.xml", b"</dxfs>", b"<dxf><font><b/></font></dxf>"),
    Foule("styles.xml", b"</numFmts>", b'<numFmt numFmtId="%d" formatCode="dd/mm/yy%d"/>'),
    Foule("styles.xml", b"</styleSheet>", b'<xf numFmtId="%d"/>', b"<cellXfs>", b"</cellXfs>"),
    Foule("sharedStrings", b"</sst>", b"<si><t>Texte %d</t></si>"),
    Foule("sharedStrings", b"</sst>", b"<r><t>%d</t></r>", b"<si>", b"</si>"),
    Foule("sheet", b"</sheetData>", b'<row r="%d"><c r="A%d"><v>%d</v></c></row>'),
    Foule("sheet", b"</sheetData>", b'<c t="inlineStr"><is><t>Oui %d</t></is></c>',
          b'<row r="300">', b"</row>"),
    Foule("sheet", b"</sheetData>", b"<row/>"),
    Foule("sheet", b"</worksheet>", b'<mergeCell ref="A%d:C%d"/>', b"<mergeCells>",
          b"</mergeCells>"),
    Foule("sheet", b"</worksheet>", b'<tablePart r:id="x%d"/>', b"<tableParts>", b"</tableParts>"),
    Foule("sheet", b"</worksheet>", b'<hyperlink ref="A%d" r:id="x%d"/>', b"<hyperlinks>",
          b"</hyperlinks>"),
    Foule("sheet", b"</worksheet>", b'<conditionalFormatting sqref="A%d"><cfRule type="expression" '
          b'dxfId="0" priority="%d"><formula>A%d</formula></cfRule></conditionalFormatting>'),
    Foule("sheet", b"</worksheet>", b'<dataValidation type="list" sqref="B%d"><formula1>"a,b"'
          b"</formula1></dataValidation>", b"<dataValidations>", b"</dataValidations>"),
    Foule("sheet", b"<sheetData>", b'<col min="%d" max="%d" width="9"/>', b"<cols>", b"</cols>"),
    Foule("table", b"</tableColumns>", b'<tableColumn id="9%d" name="Colonne %d"/>'),
    Foule("Content_Types", b"</Types>", b'<Override PartName="/xl/x%d.xml" ContentType="a/b"/>'),
    Foule("content.xml", b"</office:spreadsheet>", b'<table:table table:name="F%d"/>'),
    Foule("content.xml", b"</table:table>", b"<table:table-row/>"),
    Foule("content.xml", b"</table:table-row>", b'<table:table-cell office:value-type="float" '
          b'office:value="%d"/>'),
    Foule("content.xml", b"</text:p>", b"<text:s/>"),
    Foule("content.xml", b"</text:p>", b"<text:span>%d</text:span>"),
    Foule("content.xml", b"</table:table>", b"<table:table-row><table:table-cell "
          b'office:value-type="string" table:number-columns-repeated="9"><text:p>Oui %d</text:p>'
          b"</table:table-cell></table:table-row>"),
)  # fmt: skip


def multiplier(octets: bytes, hasard: Random) -> bytes:
    """Une pièce répétée des milliers de fois dans une partie qui peut la porter."""

    def changer(parties: Parties) -> Parties:
        places = [
            (nom, foule)
            for foule in FOULES
            for nom in parties
            if foule.ou in nom and foule.ancre in parties[nom]
        ]
        if not places:
            return parties
        sortes = sorted({foule for _, foule in places})
        foule = hasard.choice(sortes)
        nom = hasard.choice([n for n, sienne in places if sienne == foule])
        return {**parties, nom: _repeter(parties[nom], foule, hasard)}

    return refaire(octets, changer)


def _repeter(xml: bytes, foule: Foule, hasard: Random) -> bytes:
    combien = min(hasard.choice(COMBIEN), _OCTETS_MAX // len(foule.piece))
    fois = foule.piece.count(b"%d")
    pieces = b"".join(foule.piece % ((rang,) * fois) for rang in range(1, combien + 1))
    return xml.replace(foule.ancre, foule.avant + pieces + foule.apres + foule.ancre, 1)


def ajouter_des_parties(octets: bytes, hasard: Random) -> bytes:
    """Des milliers de petites parties, ou des centaines de copies d'une vraie, toutes reliées."""

    def changer(parties: Parties) -> Parties:
        modele = hasard.choice(en_xml(parties))
        contenu = hasard.choice((b"", b"<a/>", parties[modele]))
        combien = min(hasard.choice((50, 500, 4_900, 6_000)), _OCTETS_MAX // (len(contenu) + 200))
        noms = [f"xl/worksheets/f{rang}.xml" for rang in range(combien)]
        return {**_relier(parties, noms), **dict.fromkeys(noms, contenu)}

    return refaire(octets, changer)


def _relier(parties: Parties, noms: list[str]) -> Parties:
    """Les parties ajoutées, citées comme feuilles du classeur s'il en est un."""
    liens, livre = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    if liens not in parties or livre not in parties:
        return parties
    relations = b"".join(
        b'<Relationship Id="y%d" Type="%b/worksheet" Target="/%b"/>' % (rang, _LIENS, nom.encode())
        for rang, nom in enumerate(noms)
    )
    feuilles = b"".join(
        b'<sheet name="Outils %d" sheetId="8%d" r:id="y%d"/>' % (rang, rang, rang)
        for rang in range(len(noms))
    )
    return {
        **parties,
        liens: parties[liens].replace(b"</Relationships>", relations + b"</Relationships>"),
        livre: parties[livre].replace(b"</sheets>", feuilles + b"</sheets>"),
    }


def echanger(octets: bytes, hasard: Random) -> bytes:
    """Deux parties échangées, ou une partie qui tient ce que son nom ne dit pas."""

    def changer(parties: Parties) -> Parties:
        un, autre = hasard.choice(en_xml(parties)), hasard.choice(en_xml(parties))
        if hasard.random() < 0.6:
            return {**parties, un: parties[autre], autre: parties[un]}
        racine = hasard.choice((b"<a/>", b"<styleSheet/>", b"<worksheet/>", b"<sst/>", b"<Types/>"))
        return {**parties, un: racine}

    return refaire(octets, changer)
