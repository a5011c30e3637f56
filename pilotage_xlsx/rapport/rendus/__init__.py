"""Les formes : chacune dessine le même document, rapport ou fiche, sans rien calculer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pilotage_xlsx.rapport.document import Document, Fiche

DU_RAPPORT = ("html", "pdf", "xlsx", "txt")
D_UNE_FICHE = ("pdf", "html", "txt")


def rendre(document: Document | Fiche, forme: str, creation: date) -> bytes:
    """Le document dans cette forme ; ``creation`` date le PDF : mêmes entrées, mêmes octets."""
    return _RENDUS[forme](document, creation)


def _rendre_html(document: Document | Fiche, _: date) -> bytes:
    from pilotage_xlsx.rapport.rendus import html  # noqa: PLC0415  # jinja2 : seulement s'il sert

    return html.rendre(document)


def _rendre_pdf(document: Document | Fiche, creation: date) -> bytes:
    from pilotage_xlsx.rapport.rendus import pdf  # noqa: PLC0415  # typst, de même

    return pdf.rendre(document, creation)


def _rendre_classeur(document: Document | Fiche, creation: date) -> bytes:
    from pilotage_xlsx.rapport.rendus import classeur  # noqa: PLC0415  # xlsxwriter, de même

    assert isinstance(document, Document)
    return classeur.rendre(document, creation)


def _rendre_texte(document: Document | Fiche, _: date) -> bytes:
    from pilotage_xlsx.rapport.rendus import texte  # noqa: PLC0415

    return texte.rendre(document)


_RENDUS: Mapping[str, Callable[[Document | Fiche, date], bytes]] = {
    "html": _rendre_html,
    "pdf": _rendre_pdf,
    "xlsx": _rendre_classeur,
    "txt": _rendre_texte,
}
