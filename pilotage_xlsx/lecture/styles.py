"""Les formats d'un classeur : lesquels montrent un nombre comme une date."""

from __future__ import annotations

from collections.abc import Mapping, Sized

from pilotage_xlsx.socle.dates import montre_une_date
from pilotage_xlsx.socle.paquet import Paquet, demesure

_STYLES_MAX = 100_000
"""Excel en admet 65'490."""

_CODE_MAX = 255
"""Excel n'écrit pas de format plus long ; d'un plus long, seul le début se lit."""


def lire_styles_de_date(paquet: Paquet, partie: str) -> frozenset[str]:
    """Les numéros de style (attribut ``s`` d'une cellule) dont le format est une date."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    parents: list[str] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        if element == "numFmt":
            numero, code = attributs.get("numFmtId", ""), attributs.get("formatCode", "")
            codes[numero[:_CODE_MAX]] = code[:_CODE_MAX]
            _compter(codes)
        elif element == "xf" and parents[-1:] == ["cellXfs"]:
            formats.append(attributs.get("numFmtId", "0")[:_CODE_MAX])
            _compter(formats)
        parents.append(element)

    paquet.analyser(partie, entrer, lambda _: parents.__delitem__(-1))
    dates = {numero for numero in formats if montre_une_date(numero, codes.get(numero))}
    return frozenset(str(rang) for rang, numero in enumerate(formats) if numero in dates)


def _compter(choses: Sized) -> None:
    if len(choses) > _STYLES_MAX:
        raise demesure("trop de styles")
