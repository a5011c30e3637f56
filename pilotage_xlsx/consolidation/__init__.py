"""Consolider : plusieurs classeurs → une `Consolidation`, où chaque ligne garde son origine.

Les lignes vivent dans un `Rayon`, sur le disque au besoin ; pandas ne se charge que si l'on demande
un DataFrame, xlsxwriter que si l'on écrit un classeur (`rendus`).
"""

from __future__ import annotations

from pilotage_xlsx.consolidation.comptes import Comptes
from pilotage_xlsx.consolidation.ensemble import (
    Consolidation,
    assembler,
)
from pilotage_xlsx.consolidation.extraits import Extrait, Tete, extraire
from pilotage_xlsx.consolidation.rayon import Rayon, emballer
from pilotage_xlsx.consolidation.tables import Table

__all__ = [
    "Comptes",
    "Consolidation",
    "Extrait",
    "Rayon",
    "Table",
    "Tete",
    "assembler",
    "emballer",
    "extraire",
]
