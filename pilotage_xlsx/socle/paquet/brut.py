"""Les octets d'une archive tels que le fichier les porte : pour les recopier, non pour les lire.

>>> from zipfile import ZipFile
>>> octets = BytesIO()
>>> with ZipFile(octets, "w") as archive:
...     archive.writestr("note.txt", "Bonjour")
>>> brut = Brut(octets, archive.infolist())
>>> b"".join(brut.comprimes(brut.entrees[0]))
b'Bonjour'

Source : APPNOTE.TXT de PKWARE, § 4.3.7 (ce qui précède le contenu d'une entrée).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from io import SEEK_END, BytesIO, FileIO
from zipfile import ZipInfo

from pilotage_xlsx.socle.paquet.refus import abime

_MORCEAU = 1 << 18
_ENTETE, _MARQUE = struct.Struct("<4s22xHH"), b"PK\x03\x04"
"""Ce qui précède le contenu d'une entrée : sa marque, les longueurs de son nom et du supplément."""


class Brut:
    """Le fichier d'une archive ouverte ; rien n'y est décomprimé, donc rien n'y est borné."""

    def __init__(self, fichier: FileIO | BytesIO, entrees: Sequence[ZipInfo]) -> None:
        self._fichier, self._entrees = fichier, tuple(entrees)

    @property
    def taille(self) -> int:
        """Les octets du fichier."""
        return self._fichier.seek(0, SEEK_END)

    @property
    def entrees(self) -> tuple[ZipInfo, ...]:
        """Tout ce que l'archive porte, même ce qui n'est pas une partie, dans son ordre.

        `Refus` si des entrées se recouvrent : les recopier serait sans borne.
        """
        if sum(entree.compress_size for entree in self._entrees) > self.taille:
            raise abime("parties qui se recouvrent")
        return self._entrees

    def comprimes(self, entree: ZipInfo) -> Iterator[bytes]:
        """Les octets comprimés d'une entrée, par morceaux ; `Refus` s'ils manquent."""
        entete = b"".join(self._tranche(entree.header_offset, _ENTETE.size))
        marque, nom, supplement = _ENTETE.unpack(entete)
        if marque != _MARQUE:
            raise abime(f"partie « {entree.filename} »")
        debut = entree.header_offset + _ENTETE.size + nom + supplement
        return self._tranche(debut, entree.compress_size)

    def entier(self) -> Iterator[bytes]:
        """Le fichier lui-même, par morceaux."""
        return self._tranche(0, self.taille)

    def _tranche(self, debut: int, taille: int) -> Iterator[bytes]:
        fin = debut + taille
        while debut < fin:
            try:
                self._fichier.seek(debut)
                morceau = self._fichier.read(min(_MORCEAU, fin - debut))
            except (OSError, ValueError) as erreur:
                raise abime("fichier illisible") from erreur
            if not morceau:
                raise abime("fichier tronqué")
            debut += len(morceau)
            yield morceau
