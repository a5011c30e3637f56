r"""Les motifs de la maison, compilés au premier usage : une commande n'en demande que quelques-uns.

Au sol : n'importe rien de la maison.

>>> MILLIERS = motif(r"(?<=\d)'(?=\d{3})")
>>> MILLIERS.sub("", "12'500")
'12500'
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def motif(texte: AnyStr, drapeaux: int = 0) -> re.Pattern[AnyStr]:
    """Ce que rendrait ``re.compile``, qui ne compile qu'une fois demandé."""
    return cast("re.Pattern[AnyStr]", _Paresseux(texte, drapeaux))


class _Paresseux:
    """Tient lieu d'un motif : ce qu'on en demande une première fois y reste, comme s'il l'avait."""

    def __init__(self, texte: Any, drapeaux: int) -> None:
        self._ecrit = texte, drapeaux

    def __getattr__(self, nom: str) -> Any:
        if nom == "_ecrit":  # Une copie, faite sans le constructeur, le demande avant de l'avoir.
            raise AttributeError(nom)
        trouve = getattr(re.compile(*self._ecrit), nom)
        setattr(self, nom, trouve)
        return trouve
