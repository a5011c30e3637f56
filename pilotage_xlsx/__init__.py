"""pilotage-xlsx : le pilotage numérique d'une petite commune, tenu dans un classeur.

Pour un programme Python : ``import pilotage_xlsx as px``, puis `px.lire`, `px.verifier`,
`px.consolider`, `px.comparer`, `px.modele` (``docs/bibliotheque.md``). Rien de lourd ne se charge
avant qu'on s'en serve.
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False
"""`typing` se charge trop lentement pour n'y prendre que lui : avant `main`, tout est bref."""

if TYPE_CHECKING:
    from typing import Any

    from pilotage_xlsx.bibliotheque import comparer, consolider, lire, modele, verifier

__version__ = "0.1.0"
__all__ = ["__version__", "comparer", "consolider", "lire", "modele", "verifier"]


class _Paquet(ModuleType):
    """Le paquet, où `px.modele` reste une fonction même une fois chargé le module ``modele``."""

    def __setattr__(self, nom: str, valeur: Any) -> None:
        if nom not in __all__ or not isinstance(valeur, ModuleType):
            super().__setattr__(nom, valeur)


def __getattr__(nom: str) -> Any:
    if nom not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {nom!r}")
    from pilotage_xlsx import bibliotheque  # noqa: PLC0415 — chargée à l'usage

    return getattr(bibliotheque, nom)


sys.modules[__name__].__class__ = _Paquet
