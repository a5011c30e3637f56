"""L'ouvrier : le processus à part qui examine les classeurs qu'on lui confie, un à la fois.

Il reçoit sa tâche, puis des classeurs, sur son entrée, et répond sur sa sortie, en `pickle` : cela
ne quitte pas nos propres processus. Que celui qui l'a lancé s'arrête, même tué net, et son entrée
se ferme : il s'arrête aussitôt, au milieu d'un classeur s'il le faut, sans rien montrer.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from traceback import format_exc
from typing import Any, BinaryIO, NoReturn

from pilotage_xlsx.commandes.atelier import examiner_ou_ecarter, tenir_pour_acquis


def servir() -> NoReturn:
    """Examine sans fin ; ne revient jamais."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reponses = _prendre_la_sortie()
    recus: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_recevoir, args=(sys.stdin.buffer, recus), daemon=True).start()
    tache = recus.get()
    tenir_pour_acquis()
    _repondre(reponses, lambda: None)
    while True:
        chemin, est_nomme = recus.get()
        _repondre(reponses, partial(examiner_ou_ecarter, chemin, tache, est_nomme=est_nomme))


def _prendre_la_sortie() -> BinaryIO:
    """La sortie, pour nos seules réponses : ce qu'une bibliothèque imprimerait se perd."""
    reponses = os.fdopen(os.dup(1), "wb")
    rien = os.open(os.devnull, os.O_WRONLY)
    os.dup2(rien, 1)
    os.close(rien)
    return reponses


def _recevoir(entree: BinaryIO, recus: SimpleQueue[Any]) -> None:
    """Ce qui arrive, jusqu'à ce que l'entrée se ferme : alors tout le processus s'arrête."""
    try:
        while True:
            recus.put(pickle.load(entree))
    finally:
        os._exit(0)


def _repondre(reponses: BinaryIO, faire: Callable[[], Any]) -> None:
    """Envoie ce que ``faire`` rend, ou la faute imprévue qu'il lève et sa trace."""
    try:
        reponse = pickle.dumps((faire(), None), pickle.HIGHEST_PROTOCOL)
    except Exception as faute:
        reponse = pickle.dumps((None, (repr(faute), format_exc())))
    try:
        reponses.write(reponse)
        reponses.flush()
    except OSError:  # plus personne n'écoute
        os._exit(0)
