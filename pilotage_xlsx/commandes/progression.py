"""Dire où l'on en est quand cela dure : une ligne du terminal, réécrite puis effacée."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pilotage_xlsx.commandes.terminal import dire_sur_place
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.typographie import nombre

_LARGEUR = 79
_PATIENCE = 1.0
"""Secondes avant d'en parler : un terminal ne clignote pas pour trois classeurs."""

R = TypeVar("R")


def suivre(rendus: Iterable[R], chemins: Sequence[Path]) -> Iterator[R]:
    """Rend chaque résultat ; pendant qu'il se fait attendre, dit de quel chemin il viendra.

    Sur un terminal seulement. La ligne est effacée avant de rendre : ce qui s'affiche ne s'y mêle
    pas.
    """
    if len(chemins) < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from rendus
        return
    debut, restants = time.monotonic(), iter(rendus)
    for rang, chemin in enumerate(chemins, 1):
        se_montre = time.monotonic() - debut >= _PATIENCE
        try:
            if se_montre:
                ou = f"{nombre(rang)}/{nombre(len(chemins))}"
                _ecrire(f"Lecture : {ou} {nommer_le_fichier(chemin.name)}")
            rendu = next(restants)
        except StopIteration:
            return
        finally:
            if se_montre:
                _ecrire("")
        yield rendu


def _ecrire(texte: str) -> None:
    dire_sur_place(f"{texte[:_LARGEUR]:<{_LARGEUR}}")
