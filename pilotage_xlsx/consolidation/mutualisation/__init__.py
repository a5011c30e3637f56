"""Mutualiser : de plusieurs classeurs, qui pourrait parler à qui, et pourquoi.

Chaque commune se réduit d'abord à ce qui peut se partager (`participantes`) : ni nom de personne,
ni description, ni courriel, sauf celui du référent qui l'accepte. Le reste n'en sait pas plus.
"""

from __future__ import annotations

from pilotage_xlsx.consolidation.mutualisation.choix import Ecartee, retenir
from pilotage_xlsx.consolidation.mutualisation.occasion import GenreDOccasion, Occasion, Usage
from pilotage_xlsx.consolidation.mutualisation.occasions import (
    Mutualisation,
    chercher,
    trouver_les_usages,
)
from pilotage_xlsx.consolidation.mutualisation.outils import Usages
from pilotage_xlsx.consolidation.mutualisation.participantes import Participante, reduire
from pilotage_xlsx.consolidation.mutualisation.rendu import rendre

__all__ = [
    "Ecartee",
    "GenreDOccasion",
    "Mutualisation",
    "Occasion",
    "Participante",
    "Usage",
    "Usages",
    "chercher",
    "reduire",
    "rendre",
    "retenir",
    "trouver_les_usages",
]
