"""Fusionner : les classeurs de plusieurs communes → le contenu d'un seul, sans rien perdre.

Toutes les lignes passent, closes comprises. Ce que deux communes disent pareil s'écrit une fois ;
ce qu'elles disent autrement se montre, les deux valeurs côte à côte, dans une feuille de plus.
"""

from __future__ import annotations

from pilotage_xlsx.generation.fusion.comptes import BilanDeFusion, SortDeCellule, compter
from pilotage_xlsx.generation.fusion.feuille import FUSION, montrer
from pilotage_xlsx.generation.fusion.reunion import (
    DEUX_LIGNES,
    Conflit,
    Fusion,
    Fusionnante,
    Renommage,
    fusionner,
)

__all__ = [
    "DEUX_LIGNES",
    "FUSION",
    "BilanDeFusion",
    "Conflit",
    "Fusion",
    "Fusionnante",
    "Renommage",
    "SortDeCellule",
    "compter",
    "fusionner",
    "montrer",
]
