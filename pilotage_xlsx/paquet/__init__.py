"""L'archive OOXML, au sol de la maison : `ouvrir` la rend, bornée, ou lève un `Refus`."""

from __future__ import annotations

from pilotage_xlsx.paquet.archive import SEPARATEUR_XML, Paquet, Relation, ouvrir
from pilotage_xlsx.paquet.refus import Refus, abime, demesure

__all__ = ["SEPARATEUR_XML", "Paquet", "Refus", "Relation", "abime", "demesure", "ouvrir"]
