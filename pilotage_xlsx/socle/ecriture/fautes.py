"""Pourquoi une sortie ne peut pas s'écrire, et que faire, en une phrase.

>>> with expliquer_les_pannes(Path("a.html")):  # doctest: +NORMALIZE_WHITESPACE
...     raise OSError(errno.ENOSPC, "No space left on device")
Traceback (most recent call last):
pilotage_xlsx.socle.ecriture.fautes.SortieImpossible: a.html ne peut pas être écrit :
le disque est plein. Libérez de la place.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilotage_xlsx.socle.systeme import Empechement, dire_la_panne

_PLEIN = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Plus de place, fichier trop grand, quota atteint (qui n'existe pas partout)."""


class SortieImpossible(Empechement):
    """La sortie ne peut pas être écrite ; le message dit pourquoi et que faire."""


@contextmanager
def expliquer_les_pannes(chemin: Path) -> Iterator[None]:
    """Ce que le système refuse à l'intérieur devient une `SortieImpossible` sur ``chemin``."""
    try:
        yield
    except OSError as faute:
        raise SortieImpossible(_expliquer(chemin, faute)) from None


def _expliquer(chemin: Path, faute: OSError) -> str:
    if isinstance(faute, PermissionError):
        return (
            f"{chemin} ne peut pas être écrit : s'il est ouvert dans Excel ou LibreOffice, "
            "fermez-le ; sinon, choisissez un dossier où vous avez le droit d'écrire."
        )
    if isinstance(faute, FileNotFoundError) and not chemin.parent.is_dir():
        return f"Le dossier {chemin.parent} n'existe pas : créez-le d'abord."
    if isinstance(faute, FileNotFoundError):
        return f"Rien ne peut s'écrire dans {chemin.parent} : choisissez un autre dossier."
    if faute.errno in _PLEIN:
        return f"{chemin} ne peut pas être écrit : le disque est plein. Libérez de la place."
    return (
        f"{chemin} ne peut pas être écrit ({dire_la_panne(faute)}) : choisissez un autre dossier."
    )
