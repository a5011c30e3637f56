"""Jouer une fonction à part : un fils, son temps et sa mémoire comptés, tué s'il s'éternise.

POSIX seulement (``fork``) : le fils part d'un père qui a déjà tout importé, et ne coûte presque
rien. Ce que rend la fonction revient en JSON. Le temps est celui du processeur, que les voisins ne
changent pas ; un fils qui attend sans rien faire est tué aussi, plus tard.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ATTENTES = 30
"""Fois le délai : au-delà, le fils attend quelque chose qui ne viendra pas."""

_ESPACE_MAX = 4 << 30
"""En octets : une faute de mémoire ne doit pas emporter la machine."""


@dataclass(frozen=True)
class Essai:
    """Ce qu'un fils a rendu, en secondes et Mo ; ``panne`` dit pourquoi il n'a rien rendu."""

    rendu: Any
    panne: str
    secondes: float
    memoire: float


def isoler(fonction: Callable[[Path], Any], chemin: Path, delai: int) -> Essai:
    """Joue ``fonction(chemin)`` dans un fils ; ``delai`` en secondes de processeur."""
    with tempfile.TemporaryFile("w+") as tampon:
        sys.stdout.flush()
        fils = os.fork()
        if fils == 0:
            _jouer(fonction, chemin, delai, tampon)
        _, etat, usage = os.wait4(fils, 0)
        tampon.seek(0)
        texte = tampon.read()
    code = os.waitstatus_to_exitcode(etat)
    rendu = json.loads(texte) if code == 0 else None
    panne = "" if code == 0 else f"{_dire_le_signal(-code)}{texte}"
    return Essai(rendu, panne, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _dire_le_signal(numero: int) -> str:
    return f"arrêté par {signal.Signals(numero).name}\n" if numero > 0 else ""


def _jouer(fonction: Callable[[Path], Any], chemin: Path, delai: int, tampon: Any) -> None:
    """Le fils : ne revient jamais. S'il est arrêté, le tampon dit où il en était."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (delai, delai + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_ESPACE_MAX, _ESPACE_MAX))
    for fini in (signal.SIGXCPU, signal.SIGALRM):
        faulthandler.register(fini, tampon, all_threads=False, chain=True)
    signal.alarm(delai * _ATTENTES)
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 — jusqu'à sa fin
    try:
        texte, code = json.dumps(fonction(chemin)), 0
    except BaseException:
        texte, code = traceback.format_exc(limit=-3), 1
    tampon.write(texte)
    tampon.flush()
    os._exit(code)
