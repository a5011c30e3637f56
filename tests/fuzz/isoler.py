"""Jouer une fonction à part : un fils, son temps et sa mémoire comptés, tué s'il s'éternise.

POSIX seulement (``fork``) : le fils part d'un père qui a déjà tout importé, et ne coûte presque
rien. Ce que rend la fonction revient en JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Essai:
    """Ce qu'un fils a rendu, en secondes et Mo ; ``panne`` dit pourquoi il n'a rien rendu."""

    rendu: Any
    panne: str
    secondes: float
    memoire: float


def isoler(fonction: Callable[[Path], Any], chemin: Path, delai: int) -> Essai:
    """Joue ``fonction(chemin)`` dans un fils ; ``delai`` en secondes."""
    with tempfile.TemporaryFile("w+") as tampon:
        debut = time.perf_counter()
        fils = os.fork()
        if fils == 0:
            _jouer(fonction, chemin, delai, tampon)
        _, etat, usage = os.wait4(fils, 0)
        secondes = time.perf_counter() - debut
        tampon.seek(0)
        texte = tampon.read()
    code = os.waitstatus_to_exitcode(etat)
    rendu = json.loads(texte) if code == 0 else None
    panne = "" if code == 0 else f"signal {-code}" if code < 0 else texte
    return Essai(rendu, panne, secondes, usage.ru_maxrss / 1024)


def _jouer(fonction: Callable[[Path], Any], chemin: Path, delai: int, tampon: Any) -> None:
    """Le fils : ne revient jamais."""
    signal.alarm(delai)
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 — jusqu'à sa fin
    try:
        texte, code = json.dumps(fonction(chemin)), 0
    except BaseException:
        texte, code = traceback.format_exc(limit=-3), 1
    tampon.write(texte)
    tampon.flush()
    os._exit(code)
