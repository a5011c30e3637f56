"""L'évolution : ce qui change d'un classeur d'une commune au suivant, et ce qui l'explique.

Pur : deux `Liens` → une `Evolution`. Le contrôle en tire les règles EVO, le rapport ses écarts,
``comparer`` sa page. Une cellule fautive ou une feuille absente ne prouve aucun changement.
"""

from __future__ import annotations

from pilotage_xlsx.evolution.changements import Changement, Evolution, Nature
from pilotage_xlsx.evolution.comparaison import comparer, ordonner
from pilotage_xlsx.evolution.phrases import dire_les_decisions, raconter, titre_de

__all__ = [
    "Changement",
    "Evolution",
    "Nature",
    "comparer",
    "dire_les_decisions",
    "ordonner",
    "raconter",
    "titre_de",
]
