"""Les formats d'un classeur : lesquels montrent un nombre comme une date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pilotage_xlsx.paquet import Paquet, demesure

_STYLES_MAX = 100_000
"""Excel en admet 65'490."""

_FORMATS_DE_DATE = frozenset(
    map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
)
_LITTERAL = re.compile(r'"[^"]*"?|\\.|[_*].')
_CROCHETS = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]", re.IGNORECASE)
_SIGNE_DE_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)


def lire_styles_de_date(paquet: Paquet, partie: str) -> frozenset[str]:
    """Les numéros de style (attribut ``s`` d'une cellule) dont le format est une date."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    parents: list[str] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        if element == "numFmt":
            codes[attributs.get("numFmtId", "")] = attributs.get("formatCode", "")
        elif element == "xf" and parents[-1:] == ["cellXfs"]:
            formats.append(attributs.get("numFmtId", "0"))
            if len(formats) > _STYLES_MAX:
                raise demesure("trop de styles")
        parents.append(element)

    paquet.analyser(partie, entrer, lambda _: parents.__delitem__(-1))
    dates = {numero for numero in formats if _est_date(numero, codes)}
    return frozenset(str(rang) for rang, numero in enumerate(formats) if numero in dates)


def est_format_de_date(code: str) -> bool:
    """Vrai si ce code de format montre un jour ou une heure (« [$-100C]dd.mm.yyyy »)."""
    positif = _LITTERAL.sub("", code).partition(";")[0]
    return _SIGNE_DE_DATE.search(_CROCHETS.sub("", positif)) is not None


def _est_date(numero: str, codes: Mapping[str, str]) -> bool:
    return est_format_de_date(codes[numero]) if numero in codes else numero in _FORMATS_DE_DATE
