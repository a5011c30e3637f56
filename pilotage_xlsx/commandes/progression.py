"""Dire où l'on en est quand cela dure : une ligne du terminal, réécrite puis effacée."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pilotage_xlsx.commandes.terminal import dire_sur_place
from pilotage_xlsx.socle.montrable import nommer_le_fichier

_LARGEUR = 79


def suivre(chemins: Sequence[Path], *, patience: float = 1.0) -> Iterator[Path]:
    """Rend chaque chemin ; après ``patience`` secondes, sur un terminal seulement, dit lequel."""
    if len(chemins) < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from chemins
        return
    debut = time.monotonic()
    for rang, chemin in enumerate(chemins, 1):
        if time.monotonic() - debut >= patience:
            _ecrire(f"{rang}/{len(chemins)} {nommer_le_fichier(chemin.name)}")
        yield chemin
    if time.monotonic() - debut >= patience:
        _ecrire("")


def _ecrire(texte: str) -> None:
    dire_sur_place(f"{texte[:_LARGEUR]:<{_LARGEUR}}")
