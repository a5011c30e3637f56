"""Ce qui se juge une fois par classeur : la réponse reste avec ses liens.

>>> from tests.metier.tables import lier
>>> liens, fois = lier(), []
>>> juger = une_fois(lambda liens: fois.append(liens.registre.annee) or len(fois))
>>> juger(liens), juger(liens), juger(lier())
(1, 1, 2)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from pilotage_xlsx.metier.liens import Liens

R = TypeVar("R")


def une_fois(fonction: Callable[[Liens], R]) -> Callable[[Liens], R]:
    """La même fonction, qui ne juge qu'une fois les mêmes liens."""

    @wraps(fonction)
    def repondre(liens: Liens) -> R:
        if fonction not in liens.memoire:
            liens.memoire[fonction] = fonction(liens)
        reponse: R = liens.memoire[fonction]
        return reponse

    return repondre
