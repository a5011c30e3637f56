"""L'évolution : ce qui change d'un classeur d'une commune au suivant, et ce qui l'explique.

Pur : deux `Liens` → une `Evolution`. Le contrôle en tire les règles EVO, le rapport ses écarts,
``comparer`` sa page. Une cellule fautive ou une feuille absente ne prouve aucun changement.

Contrôler un seul classeur n'a besoin que des noms : ce qui compare se charge à l'usage.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from pilotage_xlsx.metier.evolution.changements import Changement, Evolution, NatureDeChangement

if TYPE_CHECKING:
    from pilotage_xlsx.metier.evolution.comparaison import (
        CoutComparable,
        comparer,
        comparer_les_couts,
        ordonner,
    )
    from pilotage_xlsx.metier.evolution.phrases import (
        dire_les_decisions,
        montrer,
        raconter,
        titre_de,
    )
    from pilotage_xlsx.metier.evolution.remarques import est_la_meme_commune

__all__ = [
    "Changement",
    "CoutComparable",
    "Evolution",
    "NatureDeChangement",
    "comparer",
    "comparer_les_couts",
    "dire_les_decisions",
    "est_la_meme_commune",
    "montrer",
    "ordonner",
    "raconter",
    "titre_de",
]

_A_L_USAGE = {
    "CoutComparable": "comparaison",
    "comparer": "comparaison",
    "comparer_les_couts": "comparaison",
    "dire_les_decisions": "phrases",
    "est_la_meme_commune": "remarques",
    "montrer": "phrases",
    "ordonner": "comparaison",
    "raconter": "phrases",
    "titre_de": "phrases",
}


def __getattr__(nom: str) -> Any:
    if nom not in _A_L_USAGE:
        raise AttributeError(f"module {__name__!r} has no attribute {nom!r}")
    return getattr(importlib.import_module(f"{__name__}.{_A_L_USAGE[nom]}"), nom)
