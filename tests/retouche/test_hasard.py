"""Des classeurs et des constats au hasard : rien d'étranger touché, tout rendu, rien de doublé."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.metier.constats import Constat, Gravite
from tests.campagne import combien
from tests.lecture.paquets import PRINCIPAL, STRICT, ecrire, parties
from tests.retouche.preuves import constat, eprouver

_TEXTE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
_LIGNES = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
    "<row><c><v>1</v></c><c/><c><f>A1</f><v>2</v></c></row>",
    '<row r="5" spans="1:3"><c r="B5" t="inlineStr"><is><t>b</t></is></c></row>',
    '<row r="9" hidden="1" ht="0"/>',
)
_APRES = (
    "",
    '<conditionalFormatting sqref="A1:C9"><cfRule type="expression" dxfId="0" priority="1">'
    "<formula>TRUE</formula></cfRule></conditionalFormatting>",
    '<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><!-- à garder -->',
)
_STYLES = (
    "",
    '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>',
    '<fonts count="1"><font/></fonts><cellXfs count="1"><xf/></cellXfs>',
)
_REGLAGES = (
    "",
    '<workbookPr date1904="1"/>',
    '<bookViews><workbookView activeTab="0" firstSheet="0"/></bookViews>',
)


@st.composite
def _classeurs(tirer: st.DrawFn) -> dict[str, str | bytes]:
    """Courant ou strict, avec ou sans préfixe, avec ou sans styles, textes, parties étrangères."""
    contenu = parties(
        "".join(ligne for ligne in _LIGNES if tirer(st.booleans())),
        textes="<si><t>a</t></si>",
        styles=tirer(st.sampled_from(_STYLES)),
        apres=tirer(st.sampled_from(_APRES)),
        reglages=tirer(st.sampled_from(_REGLAGES)),
        espace=tirer(st.sampled_from((PRINCIPAL, STRICT))),
    )
    if tirer(st.booleans()):
        feuille = str(contenu["xl/worksheets/sheet1.xml"])
        contenu["xl/worksheets/sheet1.xml"] = (
            (feuille.replace("</", "</x:").replace("</x:x:", "</x:").replace("xmlns=", "xmlns:x="))
            .replace("<", "<x:")
            .replace("<x:/x:", "</x:")
            .replace("<x:!", "<!")
        )
    if tirer(st.booleans()):
        del contenu["xl/styles.xml"]
        liens = str(contenu["xl/_rels/workbook.xml.rels"])
        contenu["xl/_rels/workbook.xml.rels"] = liens.replace("/styles", "/inconnu")
    for rang, octets in enumerate(tirer(st.lists(st.binary(max_size=50), max_size=3))):
        contenu[f"xl/media/image{rang}.bin"] = octets
    return contenu


_CONSTATS = st.lists(
    st.builds(
        constat,
        st.just("Feuille"),
        st.sampled_from(("A1", "B2", "B5", "C7", "XFD1048576", None)),
        st.sampled_from(list(Gravite)),
        _TEXTE,
    ),
    max_size=6,
)


@settings(max_examples=combien(25, 60), deadline=None)
@given(_classeurs(), _CONSTATS)
def test_annoter_et_defaire(contenu: dict[str, str | bytes], constats: list[Constat]) -> None:
    with tempfile.TemporaryDirectory() as dossier:
        eprouver(ecrire(Path(dossier, "essai.xlsx"), contenu), constats, Path(dossier))
