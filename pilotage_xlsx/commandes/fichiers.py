"""Les classeurs qu'une ligne de commande désigne : fichiers et dossiers, sans double."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pilotage_xlsx.commandes.commun import dire, vrai_chemin
from pilotage_xlsx.lecture import est_une_sortie

_CLASSEURS = {".xlsx", ".xlsm"}
_VERROUS = ("~$", ".~lock.", ".")


def recenser(entrees: Sequence[Path]) -> tuple[Path, ...]:
    """Chaque classeur une fois, dans l'ordre ; un dossier sans classeur reste lui-même.

    D'un dossier sont laissés de côté, et dits, les fichiers de verrou et nos propres sorties.
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
    chemins = list(_classeurs(entree))
    verrous = [chemin for chemin in chemins if chemin.name.startswith(_VERROUS)]
    sorties = [chemin for chemin in chemins if chemin not in verrous and est_une_sortie(chemin)]
    for quoi, ecartes in (
        ("fichiers de verrou ou temporaires", verrous),
        ("consolidations ou rapports", sorties),
    ):
        if ecartes:
            noms = ", ".join(chemin.name for chemin in ecartes)
            dire(f"{entree} : {quoi} laissés de côté : {noms}.")
    yield from [c for c in chemins if c not in verrous and c not in sorties] or [entree]


def _classeurs(dossier: Path) -> Iterator[Path]:
    for racine, sous_dossiers, noms in os.walk(dossier):
        sous_dossiers.sort()
        for nom in sorted(noms):
            if Path(nom).suffix.lower() in _CLASSEURS or nom.startswith(_VERROUS[:2]):
                yield Path(racine, nom)
