"""Le rapport d'une région : les rapports de plusieurs communes, côte à côte, sans classement."""

from __future__ import annotations

from pilotage_xlsx.rapport.document import Document
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


def composer(region: Region) -> Document:
    """Le document d'une région : la page de l'ensemble, puis ses preuves."""
    from pilotage_xlsx.rapport.region import sections  # noqa: PLC0415  # d'une seule commune, jamais

    return sections.composer(region)
