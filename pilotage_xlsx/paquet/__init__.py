"""L'archive OOXML, au sol de la maison : `ouvrir` la rend, bornée, ou lève un `Refus`."""

from __future__ import annotations

from pilotage_xlsx.paquet.archive import (
    PROFONDEUR_MAX,
    Paquet,
    Relation,
    creer_analyseur,
    ouvrir,
)
from pilotage_xlsx.paquet.refus import Refus, abime, demesure

__all__ = [
    "PROFONDEUR_MAX",
    "Paquet",
    "Refus",
    "Relation",
    "abime",
    "creer_analyseur",
    "demesure",
    "ouvrir",
]
