"""Ce qui interrompt le programme : Ctrl-C, et de même une demande d'arrêt ou un terminal fermé.

Au sol : n'importe rien de la maison. Seul le programme s'en sert ; la bibliothèque ne touche à
aucun signal. Windows n'envoie jamais SIGTERM : qui y arrête un processus le tue sans prévenir, et
c'est la prochaine fois que ses brouillons se rangent.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys

from pilotage_xlsx.socle.systeme import TRACE

_ARRETS = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Par nom : aucun système ne les a tous."""

_APRES = 0.01


def ecouter() -> None:
    """Fait d'un arrêt demandé un `KeyboardInterrupt` ; ce que l'appelant ignorait (nohup) reste."""
    if not os.environ.get(TRACE):
        sys.unraisablehook = _reprendre
    for arret in _arrets():
        if signal.getsignal(arret) is signal.SIG_DFL:
            signal.signal(arret, _interrompre)


def _reprendre(perdue: sys.UnraisableHookArgs) -> None:
    """Ce qui est tombé où rien ne peut le dire ; une interruption y revient un instant après."""
    import threading  # noqa: PLC0415 — presque jamais, et lent au démarrage

    if issubclass(perdue.exc_type, KeyboardInterrupt):
        threading.Timer(_APRES, _thread.interrupt_main, (signal.SIGTERM,)).start()


def _arrets() -> list[signal.Signals]:
    return [getattr(signal, nom) for nom in _ARRETS if hasattr(signal, nom)]


def _interrompre(*_: object) -> None:
    raise KeyboardInterrupt
