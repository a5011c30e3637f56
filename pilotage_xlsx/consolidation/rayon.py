"""Le rayon : les lignes des classeurs extraits, sur le disque, relues feuille par feuille."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from pilotage_xlsx.consolidation.extraits import CONSTATS, Extrait, FeuilleExtraite, LigneDeConstat
from pilotage_xlsx.socle.rangement import Rangement

_LIEUX = ".lieux"
"""La petite partie, à côté d'une feuille, qui dit où sont ses lignes sans les relire."""


def emballer(extrait: Extrait, **autres: bytes) -> dict[str, bytes]:
    """Les parties d'un extrait en octets, prêtes à ranger ; ``autres`` s'y ajoutent telles quelles.

    Le format est celui de `pickle` : il ne quitte pas nos propres processus.
    """
    lieux = {
        f"{nom}{_LIEUX}": (partie.nom, [r.numero for r in partie.rangees if not r.est_totale])
        for nom, partie in extrait.parties.items()
        if isinstance(partie, FeuilleExtraite)
    }
    parties = {
        nom: pickle.dumps(partie, pickle.HIGHEST_PROTOCOL)
        for nom, partie in chain(extrait.parties.items(), lieux.items())
    }
    return {**parties, **autres}


class Rayon(Rangement):
    """Un rangement par classeur (son rang) et par partie."""

    def ranger(self, rang: int, parties: Mapping[str, bytes]) -> None:
        """Range les parties d'un classeur."""
        self.poser_tout({(rang, nom): octets for nom, octets in parties.items()})

    def octets(self, rang: int, nom: str) -> bytes | None:
        """Une partie telle que rangée ; rien si le classeur ne l'a pas."""
        return self.prendre((rang, nom))

    def feuille(self, rang: int, nom: str) -> FeuilleExtraite | None:
        """Une feuille d'un classeur ; rien s'il ne l'a pas."""
        extraite: FeuilleExtraite | None = self._lire(rang, nom)
        return extraite

    def lieux(self, rang: int, nom: str) -> tuple[str, Sequence[int]]:
        """Le nom d'une feuille et le numéro de ses lignes versées ; aucune s'il ne l'a pas."""
        return self._lire(rang, f"{nom}{_LIEUX}") or ("", ())

    def realigner(self, rang: int, nom: str, places: Sequence[int | None]) -> None:
        """Remet les cellules d'une feuille dans un autre ordre ; ``places`` : leur rang d'avant."""
        extraite = self.feuille(rang, nom)
        if extraite is None:
            return
        rangees = tuple(
            rangee._replace(cellules=tuple(p if p is None else rangee.cellules[p] for p in places))
            for rangee in extraite.rangees
        )
        octets = pickle.dumps(extraite._replace(rangees=rangees), pickle.HIGHEST_PROTOCOL)
        self.ranger(rang, {nom: octets})

    def constats(self, rang: int) -> tuple[LigneDeConstat, ...]:
        """Les constats d'un classeur, tels qu'extraits."""
        return self._lire(rang, CONSTATS) or ()

    def _lire(self, rang: int, nom: str) -> Any:
        octets = self.octets(rang, nom)
        return None if octets is None else pickle.loads(octets)
