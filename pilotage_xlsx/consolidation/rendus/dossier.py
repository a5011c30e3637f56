"""Un dossier d'une table par fichier : CSV pour un tableur, Parquet pour une base d'analyse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pilotage_xlsx.consolidation.ensemble import Consolidation
from pilotage_xlsx.consolidation.natives import Native
from pilotage_xlsx.consolidation.tables import Table
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.tabulation import verser_en_csv

_JUGEMENTS = ("constats", "conflits", "regroupements", "provenance")


def nommer_les_tables(modele: Modele, forme: str) -> tuple[str, ...]:
    """Les fichiers de `tables_de`, connus avant d'avoir rien lu."""
    identifiants = ("communes", *(feuille.id for feuille in modele.a_lire), *_JUGEMENTS)
    return tuple(f"{identifiant}.{forme}" for identifiant in identifiants)


def tables_de(consolidation: Consolidation) -> Iterator[Table]:
    """Toutes les tables : communes, feuilles du modèle, ce qui les juge."""
    yield consolidation.table_des_communes
    yield from consolidation.registres.values()
    yield from consolidation.jugements.values()


def ecrire_csv(table: Table, chemin: Path) -> None:
    """UTF-8 avec marque, « ; », dates ISO ; ce qui a l'air d'une formule est neutralisé."""
    with chemin.open("wb") as fichier:
        verser_csv(table, fichier)


def verser_csv(table: Table, sortie: BinaryIO) -> None:
    """La table en CSV, dans un flux d'octets déjà ouvert."""
    titres = [entete.titre for entete in table.entetes]
    verser_en_csv(sortie, titres, (map(_cellule, rangee) for rangee in table.rangees()))


def _cellule(contenu: Native) -> Native:
    match contenu:
        case bool():
            return "Oui" if contenu else "Non"
        case date():
            return contenu.isoformat()
        case float() if contenu.is_integer():
            return int(contenu)
        case _:
            return contenu
