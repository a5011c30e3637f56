"""Regrouper : les façons d'écrire un même prestataire, réunies ou proposées, avec la confiance.

Au sol : ne connaît que des textes. Le contrôle, la consolidation et la mutualisation s'en servent.
"""

from __future__ import annotations

from pilotage_xlsx.metier.regroupement.groupes import (
    Groupe,
    Membre,
    Proposition,
    Regroupement,
    regrouper,
)
from pilotage_xlsx.metier.regroupement.organes import selon_le_canton
from pilotage_xlsx.metier.regroupement.paires import numero_valide

__all__ = [
    "Groupe",
    "Membre",
    "Proposition",
    "Regroupement",
    "numero_valide",
    "regrouper",
    "selon_le_canton",
]
