"""Une ligne de commande dans son propre processus, sans attendre que Python démarre.

Un processus neuf charge tout le paquet une fois, sans rien jouer ; de lui naît (« fork ») celui de
chaque commande, avec ses flux, son dossier et son environnement. Ce que charger coûte, ou charge,
s'éprouve ailleurs, par de vrais démarrages : tests/test_architecture.py, test_aide.py,
test_processus.py, tests/fuzz/interruptions.py.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM, recv_fds, send_fds, socket, socketpair
from typing import Any, NamedTuple

EXISTE = sys.platform == "linux"
"""Ailleurs, un processus né d'un autre n'est pas sûr (macOS) ou n'existe pas (Windows)."""

_RACINE = str(Path(__file__).resolve().parents[2])
_SERVIR = "import sys; from tests.commandes.pepiniere import servir; servir(int(sys.argv[1]))"


class Commande(NamedTuple):
    """Ce qui se joue, et où."""

    arguments: Sequence[str]
    dossier: str
    environnement: Mapping[str, str]


class Issue(NamedTuple):
    """Le code rendu, et le temps de processeur pris par la commande et les siens."""

    code: int
    secondes: float


@cache
def _ouvrir() -> socket:
    ici, la_bas = socketpair(AF_UNIX, SOCK_STREAM)
    with la_bas:
        subprocess.Popen(
            [sys.executable, "-c", _SERVIR, str(la_bas.fileno())],
            cwd=_RACINE,
            pass_fds=[la_bas.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    return ici


def jouer(commande: Commande, flux: Sequence[int], delai: float | None) -> Issue:
    """Joue la commande sur ces trois flux ; au-delà du délai, elle est tuée.

    Lève `subprocess.TimeoutExpired`, comme `subprocess.run`.
    """
    prise = _ouvrir()
    octets = pickle.dumps(commande)
    send_fds(prise, [len(octets).to_bytes(4)], flux)
    prise.sendall(octets)
    numero: int = pickle.loads(_recevoir(prise))
    prise.settimeout(delai)
    try:
        issue: Issue = pickle.loads(_recevoir(prise))
    except TimeoutError:
        prise.settimeout(None)
        os.kill(numero, signal.SIGKILL)
        _recevoir(prise)
        raise subprocess.TimeoutExpired(list(commande.arguments), delai or 0) from None
    prise.settimeout(None)
    return issue


def _recevoir(prise: socket) -> bytes:
    return _lire(prise, int.from_bytes(_lire(prise, 4)))


def _lire(prise: socket, combien: int) -> bytes:
    octets = b""
    while len(octets) < combien:
        morceau = prise.recv(combien - len(octets))
        if not morceau:
            raise EOFError("la pépinière s'est arrêtée")
        octets += morceau
    return octets


def _envoyer(prise: socket, quoi: Any) -> None:
    octets = pickle.dumps(quoi)
    prise.sendall(len(octets).to_bytes(4) + octets)


def servir(descripteur: int) -> None:
    """Fait naître chaque commande reçue, jusqu'à ce que plus personne n'en demande."""
    from pilotage_xlsx.__main__ import main

    avant = dict(os.environ)
    _charger()
    poses = {nom: os.environ[nom] for nom in os.environ if os.environ[nom] != avant.get(nom)}
    prise = socket(fileno=descripteur)
    while True:
        taille, flux, _, _ = recv_fds(prise, 4, 3)
        if not taille:
            return
        commande: Commande = pickle.loads(_lire(prise, int.from_bytes(taille)))
        if not (enfant := os.fork()):
            prise.close()
            _s_installer(commande, flux)
            os.environ.update(poses)
            main()
        for un in flux:
            os.close(un)
        _envoyer(prise, enfant)
        _, etat, pris = os.wait4(enfant, 0)
        code = os.waitstatus_to_exitcode(etat)
        _envoyer(prise, Issue(code, pris.ru_utime + pris.ru_stime))


def _charger() -> None:
    """Tout le paquet, sauf ce qui finit son propre processus."""
    import gc
    import importlib
    import pkgutil

    import pilotage_xlsx

    for trouve in pkgutil.walk_packages(pilotage_xlsx.__path__, "pilotage_xlsx."):
        importlib.import_module(trouve.name)
    gc.freeze()


def _s_installer(commande: Commande, flux: Sequence[int]) -> None:
    """Ce qu'un processus neuf trouverait en naissant."""
    for rang, un in enumerate(flux):
        os.dup2(un, rang)
        os.close(un)
    os.chdir(commande.dossier)
    os.environ.clear()
    os.environ.update(commande.environnement)
    sys.path[0] = commande.dossier
    sys.argv = ["pilotage-xlsx", *commande.arguments]
