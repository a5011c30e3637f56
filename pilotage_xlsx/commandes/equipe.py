"""L'équipe : des ouvriers dans leurs processus, à qui confier des classeurs sans se soucier duquel.

Un ouvrier qui meurt (mémoire, panne) est remplacé, et son classeur confié une fois encore : un
autre a pu le faire tomber. `multiprocessing` n'y sert pas : il rejoue dans chaque processus le
programme qui appelle, et laisse un gardien qui se plaint quand on l'interrompt.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

_PROGRAMME = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from pilotage_xlsx.commandes.ouvrier import servir; servir()"
)
"""Il cherche ses modules là où celui qui l'appelle trouve les siens."""

_ESSAIS = 2
_PLUS_PERSONNE = (OSError, EOFError, pickle.UnpicklingError)


class SansOuvrier(Exception):
    """Aucun processus à part ne démarre ici : il reste à travailler sur place."""


class OuvrierMort(Exception):
    """L'ouvrier s'est arrêté net sur le classeur qu'il examinait."""


class FauteDOuvrier(Exception):
    """Une faute imprévue, survenue chez un ouvrier ; sa trace d'origine est en note."""

    def __init__(self, quoi: str, trace: str) -> None:
        super().__init__(quoi)
        self.add_note(trace)


class Equipe:
    """``combien`` ouvriers pour une tâche ; se ferme avec ``with``, qui les arrête tous."""

    def __init__(self, tache: Any, combien: int) -> None:
        self._tache = pickle.dumps(tache, pickle.HIGHEST_PROTOCOL)
        self._fils = ThreadPoolExecutor(combien)
        self._libres: list[_Ouvrier] = []
        self._tous: list[_Ouvrier] = []
        self._est_fermee = False

    def __enter__(self) -> Equipe:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, faute: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._est_fermee = True
        for ouvrier in self._tous:
            ouvrier.arreter()
        self._fils.shutdown(cancel_futures=True)

    def confier(self, chemin: Path, *, est_nomme: bool) -> Future[Any]:
        """Ce qu'un ouvrier rendra du classeur.

        Lève `OuvrierMort` si le classeur l'a tué, `SansOuvrier` si aucun ne démarre.
        """
        return self._fils.submit(self._examiner, (chemin, est_nomme))

    def _examiner(self, travail: Any) -> Any:
        for _ in range(_ESSAIS):
            ouvrier = self._prendre()
            try:
                reponse, faute = ouvrier.demander(travail)
            except _PLUS_PERSONNE:
                ouvrier.arreter()
                continue
            self._libres.append(ouvrier)
            if faute is not None:
                raise FauteDOuvrier(*faute)
            return reponse
        raise OuvrierMort

    def _prendre(self) -> _Ouvrier:
        """Un ouvrier libre, ou un neuf ; chaque fil n'en tient qu'un à la fois."""
        try:
            return self._libres.pop()
        except IndexError:
            return self._engager()

    def _engager(self) -> _Ouvrier:
        try:
            ouvrier = _Ouvrier()
            self._tous.append(ouvrier)
            if self._est_fermee:  # entre-temps : personne d'autre ne l'arrêterait
                ouvrier.arreter()
            ouvrier.preparer(self._tache)
        except _PLUS_PERSONNE as faute:
            raise SansOuvrier from faute
        return ouvrier


class _Ouvrier:
    """Un processus et ses deux tuyaux.

    Il est hors du groupe du terminal : Ctrl-C ne va qu'à celui qui l'a lancé, qui l'arrête.
    """

    def __init__(self) -> None:
        self._processus = subprocess.Popen(
            [sys.executable, "-c", _PROGRAMME, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **mettre_a_part(os.name),
        )

    def preparer(self, tache: bytes) -> None:
        """Lui donne sa tâche et attend qu'il soit prêt."""
        self._envoyer(tache)
        self._recevoir()

    def demander(self, travail: Any) -> Any:
        """Lui confie un classeur et attend ce qu'il en rend."""
        self._envoyer(pickle.dumps(travail))
        return self._recevoir()

    def arreter(self) -> None:
        """L'arrête net : il n'a rien à sauver."""
        self._processus.kill()
        self._processus.wait()

    def _envoyer(self, octets: bytes) -> None:
        entree = self._processus.stdin
        assert entree
        try:
            entree.write(octets)
            entree.flush()
        except OSError:
            with suppress(OSError):  # sinon Python réessaie en la ramassant, et s'en plaint
                entree.close()
            raise

    def _recevoir(self) -> Any:
        assert self._processus.stdout
        return pickle.load(self._processus.stdout)


def mettre_a_part(systeme: str) -> dict[str, Any]:
    """Ce qui met un processus hors du groupe du terminal, sous ``posix`` ou ``nt``."""
    if systeme == "posix":
        return {"process_group": 0}
    sans_fenetre, a_part = "CREATE_NO_WINDOW", "CREATE_NEW_PROCESS_GROUP"
    return {"creationflags": getattr(subprocess, sans_fenetre) | getattr(subprocess, a_part)}
