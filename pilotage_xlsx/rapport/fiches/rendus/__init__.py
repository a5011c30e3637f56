"""Les rendus des fiches : chacun reçoit une fiche et rend des octets ; chargé s'il sert."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pilotage_xlsx.rapport.fiches.blocs import Fiche

FORMES = ("pdf", "html", "txt")


def rendre(fiche: Fiche, forme: str, creation: date) -> bytes:
    """La fiche dans cette forme ; ``creation`` date le PDF : mêmes entrées, mêmes octets."""
    return _RENDUS[forme](fiche, creation)


def _rendre_pdf(fiche: Fiche, creation: date) -> bytes:
    from pilotage_xlsx.rapport.fiches.rendus import pdf  # noqa: PLC0415  # typst, s'il sert

    return pdf.rendre(fiche, creation)


def _rendre_html(fiche: Fiche, _: date) -> bytes:
    from pilotage_xlsx.rapport.fiches.rendus import html  # noqa: PLC0415  # jinja2, de même

    return html.rendre(fiche)


def _rendre_texte(fiche: Fiche, _: date) -> bytes:
    from pilotage_xlsx.rapport.fiches.rendus import texte  # noqa: PLC0415

    return texte.rendre(fiche)


_RENDUS: Mapping[str, Callable[[Fiche, date], bytes]] = {
    "pdf": _rendre_pdf,
    "html": _rendre_html,
    "txt": _rendre_texte,
}
