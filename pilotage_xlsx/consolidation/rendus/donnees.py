"""La consolidation en JSON : chaque classeur retenu tel que `generer --depuis` l'accepte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from pilotage_xlsx.consolidation.documents import DONNEES
from pilotage_xlsx.consolidation.ensemble import Consolidation
from pilotage_xlsx.consolidation.tables import Table
from pilotage_xlsx.socle.document import encoder

FORMAT = 1


def ecrire_json(consolidation: Consolidation, sortie: BinaryIO) -> None:
    """Écrit ``{"format", "classeurs", "provenance"}`` en UTF-8, un classeur à la fois."""
    sortie.write(b'{\n "format": %d,\n "classeurs": [' % FORMAT)
    for rang, piece in enumerate(consolidation.retenues):
        sortie.write(b",\n" if rang else b"\n")
        sortie.write(consolidation.rayon.octets(piece.rang, DONNEES) or b"{}")
    sortie.write(b'\n ],\n "provenance": [')
    for rang, ligne in enumerate(enregistrements(consolidation.jugements["provenance"])):
        sortie.write(b",\n" if rang else b"\n")
        sortie.write(encoder(ligne))
    sortie.write(b"\n ]\n}\n")


def enregistrements(table: Table) -> Iterator[dict[str, Any]]:
    """Les rangées d'une table en dictionnaires ; une date y est en ISO 8601."""
    for rangee in table.rangees():
        yield {
            nom: contenu.isoformat() if isinstance(contenu, date) else contenu
            for nom, contenu in zip(table.colonnes, rangee, strict=True)
        }
