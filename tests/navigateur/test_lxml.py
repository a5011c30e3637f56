"""Ce qui tient lieu de lxml dans la page rend les mêmes octets que lxml."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree as celui_de_lxml

from outils.navigateur.lxml import etree as le_notre
from tests.campagne import EST_LONGUE

RACINE = Path(__file__).resolve().parents[2]
EXEMPLES = sorted(
    exemple
    for exemple in (RACINE / "exemples").glob("*.xlsx")
    if EST_LONGUE or exemple.stem.startswith(("classeur-vierge-", "conso", "les-", "valmarin-2026"))
)
"""À la porte, un de chaque main : vierge, rempli, consolidé, de LibreOffice."""

_SUR = {"resolve_entities": False, "no_network": True, "strip_cdata": False}

CURIOSITES = (
    "<a/>",
    "<a></a>",
    "<a b='&quot;&#10;&#9;&lt;&gt;'>&amp;&lt;&gt;\r\n\t é</a>",
    "<?xml version='1.0'?><!-- avant --><?p i?><a><!-- dans --><?q?></a><!-- après -->",
    "<a><![CDATA[<x>]]>suite<![CDATA[]]></a>",
    "<a>avant<![CDATA[x]]><b/>après<![CDATA[y]]></a>",
    "<p:a xmlns:p='u' p:b='1' b='2'><p:c xmlns:p='v'/><p:c/></p:a>",
    "<a xmlns='u'><b xmlns=''><c/></b></a>",
    "<a xml:space='preserve' xmlns:xml='http://www.w3.org/XML/1998/namespace'> </a>",
    "<a xmlns:p='u' xmlns:q='u' p:x='1' q:y='2'/>",
)
FAUTIFS = (
    "",
    "rien",
    "<a>",
    "<a><b></a></b>",
    "<p:a/>",
    "<a p:b='1'/>",
    "<a b='1' b='2'/>",
    "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>",
    "<a/><b/>",
    "<a>&inconnue;</a>",
    "<a>" * 300 + "</a>" * 300,
)


def _redire(etree: Any, octets: bytes) -> bytes:
    racine = etree.fromstring(octets, etree.XMLParser(**_SUR))
    rendu: bytes = _ecrire(etree, racine)
    return rendu


def _ecrire(etree: Any, racine: Any) -> bytes:
    declaration = {"xml_declaration": True, "encoding": "UTF-8", "standalone": True}
    rendu: bytes = etree.tostring(racine.getroottree(), **declaration)
    return rendu


@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda e: e.name)
def test_chaque_partie_se_redit_a_l_octet(exemple: Path) -> None:
    with ZipFile(exemple) as archive:
        parties = [n for n in archive.namelist() if n.endswith((".xml", ".rels", ".vml"))]
        assert parties
        for nom in parties:
            octets = archive.read(nom)
            assert _redire(le_notre, octets) == _redire(celui_de_lxml, octets), nom


@pytest.mark.parametrize("texte", CURIOSITES)
def test_une_curiosite_se_redit_de_meme(texte: str) -> None:
    assert _redire(le_notre, texte.encode()) == _redire(celui_de_lxml, texte.encode())


@pytest.mark.parametrize("texte", FAUTIFS, ids=lambda t: t[:20])
def test_ce_que_lxml_refuse_est_refuse(texte: str) -> None:
    for etree in (celui_de_lxml, le_notre):
        with pytest.raises(etree.XMLSyntaxError):
            _redire(etree, texte.encode())


def test_une_doctype_se_voit_sans_rien_resoudre() -> None:
    bombe = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    for etree in (celui_de_lxml, le_notre):
        racine = etree.fromstring(bombe, etree.XMLParser(**_SUR))
        assert racine.getroottree().docinfo.doctype.startswith("<!DOCTYPE a")


_NOMS = st.sampled_from(["{u}a", "{u}b", "{v}a", "c", "{http://purl.org/dc/elements/1.1/}d"])
_GESTES = st.tuples(
    st.sampled_from(["append", "insert", "addprevious", "addnext", "remove", "set", "copie"]),
    st.integers(0, 30), st.integers(0, 30), _NOMS,
)  # fmt: skip
_DEPART = (
    "<p:a xmlns:p='u' xmlns:q='v' q:x='1'><p:b>t<q:a q:y='2'/>s</p:b>"
    "<a xmlns='u' xmlns:r='u' r:z='3'><b><c xmlns='v'/></b></a><c xmlns=''/></p:a>"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_GESTES, max_size=8))
def test_les_memes_gestes_donnent_les_memes_octets(gestes: list[tuple[str, int, int, str]]) -> None:
    rendus = []
    for etree in (celui_de_lxml, le_notre):
        racine = etree.fromstring(_DEPART.encode(), etree.XMLParser(**_SUR))
        for geste in gestes:
            _faire(etree, racine, *geste)
        rendus.append(_ecrire(etree, racine))
    assert rendus[0] == rendus[1]


def _faire(etree: Any, racine: Any, geste: str, un: int, autre: int, nom: str) -> None:
    """Un geste sur l'arbre, comme `retouche` en fait ; ce qui ferait une boucle est laissé."""
    noeuds = list(racine.iter())
    cible = noeuds[un % len(noeuds)]
    if geste == "set":
        cible.set(nom, "v")
        return
    if geste == "remove":
        if cible.getparent() is not None:
            cible.getparent().remove(cible)
        return
    pris = noeuds[autre % len(noeuds)]
    if geste == "copie" and len(pris):  # `retouche` ne copie qu'un format, sans espaces à lui
        return
    neuf = copy.deepcopy(pris) if geste == "copie" else pris if autre % 2 else etree.Element(nom)
    if geste != "copie" and autre % 2 and any(e is cible for e in pris.iter()):
        return
    if geste in ("append", "copie"):
        cible.append(neuf)
    elif geste == "insert":
        cible.insert(0, neuf)
    elif cible.getparent() is not None:
        getattr(cible, geste)(neuf)


_PROGRAMME = """
import sys, hashlib
from pathlib import Path
if sys.argv[1] == "le_notre":
    import outils.navigateur.lxml.etree as etree
    import outils.navigateur.lxml as lxml
    sys.modules["lxml"], sys.modules["lxml.etree"] = lxml, etree
from datetime import date
import pilotage_xlsx as px
for nom in sys.argv[2:]:
    au = date(2026, 11, 24)
    annote = px.annoter(nom, au=au).octets
    corrige = px.corriger(nom, accepter=["toutes"], au=au).octets or b""
    for octets in (annote, corrige, px.retirer(annote)):
        print(hashlib.sha256(octets).hexdigest(), len(octets))
"""


def test_annoter_et_corriger_rendent_les_memes_octets() -> None:
    noms = [str(exemple) for exemple in EXEMPLES if "consolidation" not in exemple.name]
    rendus = [
        subprocess.run(
            [sys.executable, "-c", _PROGRAMME, lequel, *noms],
            capture_output=True, text=True, check=True, cwd=RACINE,
        ).stdout
        for lequel in ("celui_de_lxml", "le_notre")
    ]  # fmt: skip
    assert rendus[0] == rendus[1]
    assert len(rendus[0].splitlines()) == 3 * len(noms)
