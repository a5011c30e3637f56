"""Les noms que `retouche` prend à ``lxml.etree``."""

from __future__ import annotations

from .ecriture import tostring
from .lecture import XMLParser, XMLSyntaxError, fromstring
from .noeuds import Noeud, nommer

__all__ = ["Element", "SubElement", "XMLParser", "XMLSyntaxError", "fromstring", "tostring"]


def Element(tag: str, /, **attributs: str) -> Noeud:  # noqa: N802 — le nom de lxml
    """Un élément neuf, sans parent."""
    noeud = Noeud(tag)
    nommer(noeud)
    for nom, valeur in attributs.items():
        noeud.set(nom, valeur)
    return noeud


def SubElement(parent: Noeud, tag: str, /) -> Noeud:  # noqa: N802 — le nom de lxml
    """Un élément neuf, dernier enfant de ``parent``."""
    noeud = Noeud(tag)
    noeud.placer_sous(parent)
    nommer(noeud)
    return noeud
