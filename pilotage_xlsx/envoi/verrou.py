"""Un seul envoi à la fois par message : deux clics coup sur coup n'en font partir qu'un.

Le verrou est celui du système, posé sur le corps du message : il disparaît avec le programme, même
interrompu, et ne laisse aucun fichier.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilotage_xlsx.envoi.fautes import EnvoiRefuse
from pilotage_xlsx.socle.entree import ouvrir

_LOIN = 1 << 30
"""Sous Windows, la place du verrou : hors du fichier, que chacun peut ainsi lire."""


@contextmanager
def seul(chemin: Path) -> Iterator[None]:
    """Tient ``chemin`` pour cet envoi ; `EnvoiRefuse` si un autre le tient déjà."""
    with ouvrir(chemin) as fichier:
        try:
            _verrouiller(fichier.fileno())
        except OSError:
            raise EnvoiRefuse(
                f"Un envoi de {chemin.name} est déjà en cours : attendez qu'il finisse."
            ) from None
        yield


if sys.platform == "win32":
    import msvcrt
    import os

    def _verrouiller(descripteur: int) -> None:
        os.lseek(descripteur, _LOIN, os.SEEK_SET)
        msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _verrouiller(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
