"""Les classeurs qu'une ligne de commande désigne : fichiers et dossiers, sans double."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pilotage_xlsx.commandes.commun import dire

_CLASSEURS = {".xlsx", ".xlsm"}
_VERROUS = ("~$", ".~lock.", ".")


def recenser(entrees: Sequence[Path], *, sauf: Path | None = None) -> tuple[Path, ...]:
    """Chaque classeur une fois, dans l'ordre ; un dossier sans classeur reste lui-même.

    ``sauf`` : la sortie de la commande, qui peut se trouver dans un dossier examiné.
    """
    trouves: dict[Path, Path] = {}
    for entree in entrees:
        for chemin in _developper(entree):
            if sauf is None or chemin.resolve() != sauf.resolve():
                trouves.setdefault(chemin.resolve(), chemin)
    return tuple(trouves.values())


def _developper(entree: Path) -> Iterator[Path]:
    if not entree.is_dir():
        yield entree
        return
    noms = list(_classeurs(entree))
    ecartes = [chemin.name for chemin in noms if chemin.name.startswith(_VERROUS)]
    if ecartes:
        dire(
            f"{entree} : fichiers de verrou ou temporaires laissés de côté : {', '.join(ecartes)}."
        )
    yield from [chemin for chemin in noms if chemin.name not in ecartes] or [entree]


def _classeurs(dossier: Path) -> Iterator[Path]:
    for racine, sous_dossiers, noms in os.walk(dossier):
        sous_dossiers.sort()
        for nom in sorted(noms):
            if Path(nom).suffix.lower() in _CLASSEURS or nom.startswith(_VERROUS[:2]):
                yield Path(racine, nom)
