"""Un cas propre et un cas fautif pour chaque règle qui se juge dans un classeur.

``fautif`` accuse exactement les cellules ``accuse`` ; ``propre``, son voisin, n'en accuse aucune.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cas:
    """Deux registres voisins, et ce que la règle dit du second."""

    code: str
    propre: str
    fautif: str
    accuse: tuple[str, ...]
