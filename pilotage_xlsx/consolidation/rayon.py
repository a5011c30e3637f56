"""Le rayon : les lignes des classeurs extraits, rangées sur le disque, relues feuille par feuille.

La mémoire reste plate : on n'y garde que l'adresse de chaque partie. Un petit ensemble reste en
mémoire ; au-delà, un fichier temporaire que le système efface de lui-même.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from pilotage_xlsx.consolidation.extraits import CONSTATS, Extrait, FeuilleExtraite, LigneDeConstat

_EN_MEMOIRE = 8_000_000
"""Octets au-delà desquels le rayon passe sur le disque."""


def emballer(extrait: Extrait, **autres: bytes) -> dict[str, bytes]:
    """Les parties d'un extrait en octets, prêtes à ranger ; ``autres`` s'y ajoutent telles quelles.

    Le format est celui de `pickle` : il ne quitte pas nos propres processus.
    """
    parties = {
        nom: pickle.dumps(partie, pickle.HIGHEST_PROTOCOL)
        for nom, partie in extrait.parties.items()
    }
    return {**parties, **autres}


class Rayon:
    """Un rangement par classeur (son rang) et par partie ; se ferme avec ``with``."""

    def __init__(self) -> None:
        self._fichier = tempfile.SpooledTemporaryFile(max_size=_EN_MEMOIRE)  # noqa: SIM115
        self._adresses: dict[tuple[int, str], tuple[int, int]] = {}
        self._fin = 0

    def __enter__(self) -> Rayon:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, faute: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._fichier.close()

    def ranger(self, rang: int, parties: Mapping[str, bytes]) -> None:
        """Range les parties d'un classeur. Lève `OSError` si le disque est plein."""
        self._fichier.seek(self._fin)
        for nom, octets in parties.items():
            self._fichier.write(octets)
            self._adresses[rang, nom] = (self._fin, len(octets))
            self._fin += len(octets)

    def octets(self, rang: int, nom: str) -> bytes | None:
        """Une partie telle que rangée ; rien si le classeur ne l'a pas."""
        adresse = self._adresses.get((rang, nom))
        if adresse is None:
            return None
        self._fichier.seek(adresse[0])
        return self._fichier.read(adresse[1])

    def feuille(self, rang: int, nom: str) -> FeuilleExtraite | None:
        """Une feuille d'un classeur ; rien s'il ne l'a pas."""
        extraite: FeuilleExtraite | None = self._lire(rang, nom)
        return extraite

    def constats(self, rang: int) -> tuple[LigneDeConstat, ...]:
        """Les constats d'un classeur, tels qu'extraits."""
        return self._lire(rang, CONSTATS) or ()

    def _lire(self, rang: int, nom: str) -> Any:
        octets = self.octets(rang, nom)
        return None if octets is None else pickle.loads(octets)
