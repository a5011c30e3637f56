"""L'atelier : lire beaucoup de classeurs, plusieurs à la fois, et en rendre ce qu'une tâche dit.

Un processus par cœur, chacun avec quelques classeurs d'avance : la mémoire ne dépend pas de leur
nombre. Peu de classeurs se lisent sur place. Un processus qui meurt (mémoire, panne) n'emporte que
le classeur qu'il lisait : les autres sont repris.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.paquet import Refus

_SUR_PLACE = 16
"""Jusqu'à ce nombre, démarrer des processus coûte plus que les lire l'un après l'autre."""

_PAR_LOT = 4
_LOTS_D_AVANCE = 3
_MIETTES = 100_000

_INTERROMPU = Refus(
    "FIC-001", "La lecture de ce classeur s'est arrêtée net. L'ouvrir dans un tableur et "
    "l'enregistrer sous un autre nom.",
)  # fmt: skip


R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Tache(Protocol[R_co]):
    """Ce que chaque processus reçoit une fois : le modèle, et ce qu'il rend d'un classeur."""

    @property
    def modele(self) -> Modele:
        """Le modèle d'après lequel lire."""

    def rendre(self, registre: Registre) -> R_co:
        """Ce qui revient d'un classeur lu, ou refusé. Ne lève rien."""


def examiner_tous(chemins: Sequence[Path], tache: Tache[R]) -> Iterator[tuple[int, R]]:
    """Chaque classeur examiné, avec son rang, dès qu'il est prêt ; l'ordre n'est pas garanti."""
    coeurs = min(_coeurs(), len(chemins) // _SUR_PLACE + 1)
    rangs = tuple(enumerate(chemins))
    lots = [rangs[debut : debut + _PAR_LOT] for debut in range(0, len(rangs), _PAR_LOT)]
    return _sur_place(lots, tache) if coeurs < 2 else _en_parallele(lots, tache, coeurs)


Lot = tuple[tuple[int, Path], ...]


def _coeurs() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sur_place(lots: Sequence[Lot], tache: Tache[R]) -> Iterator[tuple[int, R]]:
    for lot in lots:
        for rang, chemin in lot:
            yield rang, examiner(chemin, tache)


def _en_parallele(lots: Sequence[Lot], tache: Tache[R], coeurs: int) -> Iterator[tuple[int, R]]:
    restants = list(lots)
    while restants:
        faits: set[int] = set()
        try:
            for rang, rendu in _jouer(restants, tache, coeurs):
                faits.add(rang)
                yield rang, rendu
            return
        except BrokenProcessPool:
            restants = [lot for lot in restants if lot[0][0] not in faits]
            suspects = restants[: coeurs * _LOTS_D_AVANCE]
            restants = restants[len(suspects) :]
            yield from _isoler(suspects, tache)


def _jouer(lots: Sequence[Lot], tache: Tache[R], coeurs: int) -> Iterator[tuple[int, R]]:
    """Les lots, quelques-uns d'avance par processus ; lève `BrokenProcessPool` si un meurt."""
    with _bassin(tache, coeurs) as bassin:
        a_venir = iter(lots)
        en_cours: set[Future[list[tuple[int, R]]]] = set()
        for lot in a_venir:
            en_cours.add(bassin.submit(_examiner_un_lot, lot))
            if len(en_cours) >= coeurs * _LOTS_D_AVANCE:
                finis, en_cours = wait(en_cours, return_when=FIRST_COMPLETED)
                for fini in finis:
                    yield from fini.result()
        while en_cours:
            finis, en_cours = wait(en_cours, return_when=FIRST_COMPLETED)
            for fini in finis:
                yield from fini.result()


def _isoler(lots: Sequence[Lot], tache: Tache[R]) -> Iterator[tuple[int, R]]:
    """Chaque classeur suspect dans un processus à lui ; celui qui le tue est refusé."""
    for lot in lots:
        for rang, chemin in lot:
            try:
                yield from list(_jouer([((rang, chemin),)], tache, 1))
            except BrokenProcessPool:
                yield rang, tache.rendre(Registre(chemin, refus=_INTERROMPU))


def _bassin(tache: Tache[Any], coeurs: int) -> ProcessPoolExecutor:
    """Des processus neufs : en copier un gros (fork) doublerait sa mémoire."""
    contexte = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(coeurs, contexte, _preparer, (tache,))


def _preparer(tache: Tache[Any]) -> None:
    """Ce qui est chargé ne mourra plus : le ramasse-miettes l'oublie, et passe moins souvent."""
    _taches.append(tache)
    gc.freeze()
    gc.set_threshold(_MIETTES)


_taches: list[Tache[Any]] = []
"""Dans un processus de l'atelier, la tâche reçue à son démarrage."""


def _examiner_un_lot(lot: Lot) -> list[tuple[int, Any]]:
    return [(rang, examiner(chemin, _taches[-1])) for rang, chemin in lot]


def examiner(chemin: Path, tache: Tache[R]) -> R:
    """Un classeur lu, et ce que la tâche en rend. Ne lève rien : un refus se rend aussi."""
    try:
        return tache.rendre(lire(chemin, tache.modele))
    except (MemoryError, RecursionError):
        return tache.rendre(Registre(chemin, refus=_INTERROMPU))
