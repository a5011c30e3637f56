"""L'évolution : ce qui change d'un classeur d'une commune au suivant, et ce qui l'explique.

Pur : deux `Liens` → une `Evolution`. Le contrôle en tire les règles EVO, le rapport ses écarts,
``comparer`` sa page. Une cellule fautive ou une feuille absente ne prouve aucun changement.
"""

from __future__ import annotations

from pilotage_xlsx.evolution.changements import Changement, Evolution, Nature
from pilotage_xlsx.evolution.comparaison import comparer, ordonner
from pilotage_xlsx.evolution.phrases import dire_les_decisions, montrer, raconter, titre_de
from pilotage_xlsx.evolution.remarques import est_la_meme_commune

__all__ = [
    "Changement",
    "Evolution",
    "Nature",
    "comparer",
    "dire_les_decisions",
    "est_la_meme_commune",
    "montrer",
    "ordonner",
    "raconter",
    "titre_de",
]
