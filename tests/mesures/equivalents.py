"""Les mutants qu'aucun essai ne peut tuer, et pourquoi : ils ne comptent pas dans le taux.

Chacun est joué comme les autres : un équivalent tué, ou qui n'existe plus, est une faute.
"""

from __future__ import annotations

from typing import NamedTuple


class Equivalent(NamedTuple):
    """Un changement sans effet : le module et la fonction, le code avant et après, la raison."""

    module: str
    fonction: str
    avant: str
    apres: str
    raison: str


EQUIVALENTS: tuple[Equivalent, ...] = ()
