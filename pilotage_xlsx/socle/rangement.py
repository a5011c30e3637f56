"""Le rangement : des octets posés sur le disque un à un, relus dans n'importe quel ordre.

La mémoire reste plate : on n'y garde que l'adresse de chacun. Peu d'octets restent en mémoire ;
au-delà, un fichier temporaire sans nom, que le système efface de lui-même.

>>> with Rangement() as octets:
...     octets.poser("a", b"un")
...     octets.poser("b", b"deux")
...     octets.prendre("a"), octets.prendre("c"), list(octets.tous())
(b'un', None, [b'un', b'deux'])
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from pilotage_xlsx.socle.ecriture import SortieImpossible
from pilotage_xlsx.socle.systeme import dire_la_panne

_EN_MEMOIRE = 8_000_000
"""Octets au-delà desquels on passe sur le disque."""


class Rangement:
    """Des octets par clé ; se ferme avec ``with``. Un disque plein lève `SortieImpossible`."""

    def __init__(self) -> None:
        from tempfile import SpooledTemporaryFile  # noqa: PLC0415 — un seul classeur s'en passe

        self._fichier = SpooledTemporaryFile(max_size=_EN_MEMOIRE)  # noqa: SIM115
        self._adresses: dict[Hashable, tuple[int, int]] = {}
        self._fin = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, faute: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        with suppress(OSError):  # un disque plein, déjà dit, se redit à la fermeture
            self._fichier.close()

    def __len__(self) -> int:
        return len(self._adresses)

    def poser(self, cle: Hashable, octets: bytes) -> None:
        """Range ces octets sous une clé neuve."""
        self.poser_tout({cle: octets})

    def poser_tout(self, lot: Mapping[Hashable, bytes]) -> None:
        """Range d'un seul geste plusieurs octets, chacun sous sa clé."""
        with _dire_le_disque_plein():
            self._fichier.seek(self._fin)
            for octets in lot.values():
                self._fichier.write(octets)
        for cle, octets in lot.items():
            self._adresses[cle] = (self._fin, len(octets))
            self._fin += len(octets)

    def prendre(self, cle: Hashable) -> bytes | None:
        """Les octets de cette clé ; rien si elle n'y est pas."""
        adresse = self._adresses.get(cle)
        if adresse is None:
            return None
        with _dire_le_disque_plein():  # relire finit d'écrire
            self._fichier.seek(adresse[0])
            return self._fichier.read(adresse[1])

    def tous(self) -> Iterator[bytes]:
        """Tous les octets, dans l'ordre où ils furent posés."""
        return (self.prendre(cle) or b"" for cle in self._adresses)


@contextmanager
def _dire_le_disque_plein() -> Iterator[None]:
    import tempfile  # noqa: PLC0415 — déjà chargé, par qui range

    try:
        yield
    except OSError as faute:
        raise SortieImpossible(
            f"Impossible de travailler dans {tempfile.tempdir or 'le dossier temporaire'} "
            f"({dire_la_panne(faute)}) : libérez-y de la place."
        ) from None
