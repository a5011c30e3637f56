"""Où va une consolidation : un fichier, ou un dossier de tables parmi ce qui s'y trouve."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage_xlsx.commandes.commun import Echec, dire_les_restes, refuser_d_ecraser
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ebaucher, preparer
from pilotage_xlsx.socle.ecriture.dossier import Depot

if TYPE_CHECKING:
    from pilotage_xlsx.consolidation import Consolidation

FORMES = ("xlsx", "json", "csv", "parquet")
_EN_DOSSIER = ("csv", "parquet")


def preparer_la_sortie(
    sortie: Path, forme: str, chemins: tuple[Path, ...], modele: Modele, *, force: bool
) -> None:
    """Vérifie, avant tout long travail, que la consolidation pourra s'écrire."""
    from pilotage_xlsx.consolidation.rendus.dossier import nommer_les_tables

    if forme == "parquet" and find_spec("pyarrow") is None:
        raise Echec(
            "Le format parquet demande un complément : pip install 'pilotage-xlsx[parquet]'. "
            "Sans lui, --format csv donne les mêmes tables."
        )
    if forme not in _EN_DOSSIER:
        refuser_d_ecraser(sortie, chemins)
        preparer(sortie, remplacer=force)
        return
    noms = nommer_les_tables(modele, forme)
    refuser_d_ecraser((sortie / nom for nom in noms), chemins)
    Depot(sortie, "consolider", remplacer=force).exiger(noms)


def ecrire_la_consolidation(
    consolide: Consolidation, sortie: Path, forme: str, chemins: Sequence[Path], *, force: bool
) -> None:
    """Écrit la consolidation des classeurs ``chemins`` : un fichier, ou ses tables."""
    if forme == "xlsx":
        from pilotage_xlsx.consolidation.rendus.classeur import ecrire_classeur

        with ebaucher(sortie, remplacer=force, sources=chemins) as brouillon:
            ecrire_classeur(consolide, brouillon, sortie)
    elif forme == "json":
        from pilotage_xlsx.consolidation.rendus.donnees import ecrire_json

        with (
            ebaucher(sortie, remplacer=force, sources=chemins) as brouillon,
            brouillon.open("wb") as fichier,
        ):
            ecrire_json(consolide, fichier)
    else:
        with Depot(sortie, "consolider", remplacer=force) as depot:
            _deposer(consolide, depot, forme, chemins)


def _deposer(consolide: Consolidation, depot: Depot, forme: str, chemins: Sequence[Path]) -> None:
    """Chaque table dans son fichier ; celles d'une fois d'avant, de même forme, s'en vont."""
    from pilotage_xlsx.consolidation.rendus.dossier import ecrire_csv, tables_de
    from pilotage_xlsx.consolidation.rendus.parquet import ecrire_parquet

    ecrire_une = ecrire_csv if forme == "csv" else ecrire_parquet
    for table in tables_de(consolide):
        with depot.ebaucher(f"{table.id}.{forme}", chemins) as brouillon:
            ecrire_une(table, brouillon)
    depot.poser()
    dire_les_restes(depot.enlever_le_reste(lambda nom: nom.endswith(f".{forme}")))
