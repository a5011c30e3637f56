"""Un annuaire : des choses par nom, qui proposent le nom voisin de celui qu'elles n'ont pas.

>>> Annuaire({"outils": 1})["outlis"]
Traceback (most recent call last):
KeyError: "« outlis » n'existe pas ; vouliez-vous dire « outils » ?"
"""

from __future__ import annotations

from typing import NoReturn, TypeVar

V = TypeVar("V")


class Annuaire(dict[str, V]):
    """Un dictionnaire dont le `KeyError` aide."""

    def __missing__(self, nom: str) -> NoReturn:
        from difflib import get_close_matches  # noqa: PLC0415 — seulement quand un nom est faux

        proches = get_close_matches(str(nom), self, n=1)
        proche = (
            f" ; vouliez-vous dire « {proches[0]} » ?" if proches else f", mais {', '.join(self)}"
        )
        raise KeyError(f"« {nom} » n'existe pas{proche}")
