"""Consolider : plusieurs classeurs → une `Consolidation`, où chaque ligne garde son origine.

pandas ne vit qu'ici ; ce paquet ne s'importe donc que dans les commandes qui s'en servent.
"""

from __future__ import annotations

from pilotage_xlsx.consolidation.comptes import Comptes
from pilotage_xlsx.consolidation.ensemble import Consolidation, consolider
from pilotage_xlsx.consolidation.pieces import Examine
from pilotage_xlsx.consolidation.rendus.classeur import rendre_classeur
from pilotage_xlsx.consolidation.rendus.donnees import rendre_json

__all__ = ["Comptes", "Consolidation", "Examine", "consolider", "rendre_classeur", "rendre_json"]
