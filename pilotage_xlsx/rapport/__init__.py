"""Le rapport à l'exécutif : du registre aux chiffres figés, aux sections, puis aux formes."""

from __future__ import annotations

from pilotage_xlsx.rapport.calcul import calculer
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.dossier import FORMES, Ecrits, ecrire, nommer, rendre, rendre_la_publique
from pilotage_xlsx.rapport.region import Region, reunir
from pilotage_xlsx.rapport.sections import composer

__all__ = [
    "FORMES",
    "Ecrits",
    "Rapport",
    "Region",
    "calculer",
    "composer",
    "ecrire",
    "nommer",
    "rendre",
    "rendre_la_publique",
    "reunir",
]
