"""Les classeurs qu'une ligne de commande désigne : fichiers et dossiers, sans double."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pilotage_xlsx.commandes.commun import vrai_chemin
from pilotage_xlsx.commandes.terminal import dire
from pilotage_xlsx.lecture import est_une_sortie
from pilotage_xlsx.socle.montrable import nommer_le_fichier

_CLASSEURS = {".xlsx", ".xlsm", ".ods"}
_AUTRES = {".xls", ".xlsb", ".numbers", ".gsheet", ".fods"}
"""Des classeurs qu'on ne sait pas lire : les taire ferait croire que tout le dossier l'a été."""

_VERROUS = ("~$", ".~lock.", ".")
_PRIS = "pris"


def recenser(entrees: Sequence[Path]) -> tuple[Path, ...]:
    """Chaque classeur une fois, dans l'ordre ; un dossier sans classeur reste lui-même.

    D'un dossier sont laissés de côté, et dits, les fichiers de verrou, nos propres sorties et les
    classeurs d'un format illisible.
    """
    trouves: dict[Path, Path] = {}
    for entree in entrees:
        for chemin in _developper(entree):
            trouves.setdefault(vrai_chemin(chemin), chemin)
    return tuple(trouves.values())


def _developper(entree: Path) -> Iterator[Path]:
    if not os.path.isdir(entree):  # noqa: PTH112 — ne lève rien, même pour un nom trop long
        yield entree
        return
    tris: dict[str, list[Path]] = {}
    for chemin in _classeurs(entree):
        tris.setdefault(_trier(chemin), []).append(chemin)
    pris = tris.pop(_PRIS, [entree])
    for quoi, ecartes in sorted(tris.items()):
        noms = ", ".join(nommer_le_fichier(chemin.name) for chemin in ecartes)
        dire(f"{entree} : {quoi} : {noms}.")
    yield from pris


def _trier(chemin: Path) -> str:
    """Pourquoi un fichier est laissé de côté ; `_PRIS` s'il est pris."""
    if chemin.name.startswith(_VERROUS):
        return "fichiers de verrou ou temporaires laissés de côté"
    if chemin.suffix.lower() in _AUTRES:
        return "classeurs pas lus, à enregistrer d'abord au format .xlsx"
    return "consolidations ou rapports laissés de côté" if est_une_sortie(chemin) else _PRIS


def _classeurs(dossier: Path) -> Iterator[Path]:
    """Les classeurs d'un dossier et de ses sous-dossiers ; un lien vers un dossier n'est pas suivi.

    Un sous-dossier qu'on n'a pas le droit d'ouvrir se dit, les autres se lisent.
    """

    def signaler(faute: OSError) -> None:
        dire(f"{faute.filename} : le dossier ne peut pas être lu. Vérifier qu'on en a le droit.")

    for racine, sous_dossiers, noms in os.walk(dossier, onerror=signaler):
        sous_dossiers.sort()
        for nom in sorted(noms):
            if Path(nom).suffix.lower() in _CLASSEURS | _AUTRES or nom.startswith(_VERROUS[:2]):
                yield Path(racine, nom)
