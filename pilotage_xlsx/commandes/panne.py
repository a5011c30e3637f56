"""La dernière porte : ce que personne n'a prévu devient une phrase, et le code 2.

La trace ne se montre que sous ``PILOTAGE_TRACE`` (guide de l'ingénieur).
"""

from __future__ import annotations

import os
from pathlib import Path

from pilotage_xlsx.commandes.terminal import dire, dire_en_bloc
from pilotage_xlsx.socle.systeme import TRACE, Empechement, dire_la_panne

_PAQUET = Path(__file__).resolve().parent.parent
_INTACT = "aucun classeur reçu n'a été touché"

_DOSSIER_PERDU = (
    "Le dossier d'où vous lancez le programme, ou celui des fichiers temporaires, n'existe plus : "
    "lancez-le depuis un autre."
)


def conclure(panne: BaseException, verbe: str) -> None:
    """Dit ce qui a arrêté la commande : un refus en sa phrase, le reste comme une panne."""
    if isinstance(panne, Empechement | OSError):
        dire(f"Erreur : {_expliquer(panne)}")
    else:
        avouer(panne, verbe)


def _expliquer(faute: Empechement | OSError) -> str:
    """Ce que le système, un fichier reçu ou une sortie refuse, en une phrase."""
    if isinstance(faute, Empechement):
        return str(faute)
    if faute.filename is None and isinstance(faute, FileNotFoundError):
        return _DOSSIER_PERDU
    return f"{faute.filename or 'La sortie'} : {dire_la_panne(faute)}."


def vient_d_une_interruption(panne: BaseException) -> bool:
    """Vrai si la panne n'est que ce qu'une bibliothèque, interrompue, a fait de l'interruption."""
    origine: BaseException | None = panne
    while origine is not None and not isinstance(origine, KeyboardInterrupt):
        origine = origine.__cause__ or origine.__context__
    return origine is not None


def avouer(panne: BaseException, verbe: str) -> None:
    """Dit la panne, et que faire ; sa trace d'abord, si la variable la demande."""
    if os.environ.get(TRACE):
        import traceback

        dire_en_bloc("".join(traceback.format_exception(panne)))
    if isinstance(panne, MemoryError):
        dire(
            f"Erreur : la mémoire de ce poste n'a pas suffi à « {verbe} » ; {_INTACT}. Fermez "
            "d'autres programmes, ou donnez moins de classeurs à la fois."
        )
        return
    dire(
        f"Erreur : « {verbe} » a rencontré un cas que nous n'avions pas prévu. La faute est celle "
        f"du programme, pas la vôtre ; {_INTACT}. Transmettez cette phrase et votre commande à la "
        f"personne qui entretient le programme : {_situer(panne)}."
    )


def _situer(panne: BaseException) -> str:
    """Le genre de la panne, et la dernière ligne de la maison où elle est passée."""
    lieu, trace = "", panne.__traceback__
    while trace is not None:
        fichier = Path(trace.tb_frame.f_code.co_filename)
        if fichier.is_relative_to(_PAQUET):
            lieu = f", {fichier.relative_to(_PAQUET).as_posix()} ligne {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(panne).__name__}{lieu}"
