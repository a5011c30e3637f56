"""Le rapport d'une région : les rapports de plusieurs communes, côte à côte, sans classement."""

from __future__ import annotations

from pilotage_xlsx.rapport.region.chiffres import (
    Attendues,
    EnCommun,
    FinDeContrat,
    Partages,
    PrestataireDeRegion,
    Region,
    alleger,
    reunir,
)
from pilotage_xlsx.rapport.region.sections import composer

__all__ = [
    "Attendues",
    "EnCommun",
    "FinDeContrat",
    "Partages",
    "PrestataireDeRegion",
    "Region",
    "alleger",
    "composer",
    "reunir",
]
