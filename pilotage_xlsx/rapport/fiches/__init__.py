"""Les fiches : une décision, un incident, l'avis à l'exécutif, l'urgence, la note, la passation."""

from __future__ import annotations

from pilotage_xlsx.rapport.document import Courrier, Fiche
from pilotage_xlsx.rapport.fiches import avis, decision, incident, note, passation, urgence
from pilotage_xlsx.rapport.rendus import D_UNE_FICHE as FORMES
from pilotage_xlsx.rapport.rendus import rendre

__all__ = [
    "FORMES",
    "Courrier",
    "Fiche",
    "avis",
    "decision",
    "incident",
    "note",
    "passation",
    "rendre",
    "urgence",
]
