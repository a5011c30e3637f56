"""Une liste faite ailleurs, telle que reçue : des tableaux de cellules brutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.adresses import Plage
from pilotage_xlsx.socle.dates import ORIGINE_1900

Rang = Mapping[int, Cellule]
"""Les cellules non vides d'une ligne, par numéro de colonne."""


class TableauRecu(msgspec.Struct, frozen=True):
    """Une feuille, ou un texte séparé : ses lignes non vides, par numéro, dans l'ordre.

    ``origine`` : celle de ses dates. ``est_entier`` est faux si la suite n'a pas été lue.
    ``fusions`` : ses cellules fusionnées, celles qui descendent étant déjà recopiées.
    """

    nom: str
    lignes: Mapping[int, Rang]
    origine: datetime = ORIGINE_1900
    est_entier: bool = True
    fusions: tuple[Plage, ...] = ()


class ListeRecue(msgspec.Struct, frozen=True):
    """Les tableaux d'un fichier, et une phrase par chose qu'il a fallu comprendre pour les lire.

    ``est_de_nous`` : c'est un classeur de pilotage, ou un fichier qui en est tiré.
    """

    tableaux: tuple[TableauRecu, ...]
    remarques: tuple[str, ...] = ()
    est_de_nous: bool = False
