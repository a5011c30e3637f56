"""Les entrées d'une archive telles que le fichier les porte : noms en octets, contenu comprimé."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import NamedTuple

_LOCAL = struct.Struct("<4s22xHH")


class Entree(NamedTuple):
    """Ce qui ne doit pas changer d'une entrée qu'aucune retouche ne concerne."""

    methode: int
    somme: int
    taille: int
    date: tuple[int, ...]
    comprime: bytes


def entrees(octets: bytes) -> dict[str, Entree]:
    """Chaque entrée par son nom, tel qu'inscrit ; dossiers compris."""
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        return {info.orig_filename: _entree(octets, info) for info in archive.infolist()}


def _entree(octets: bytes, info: zipfile.ZipInfo) -> Entree:
    marque, nom, supplement = _LOCAL.unpack_from(octets, info.header_offset)
    assert marque == b"PK\3\4"
    debut = info.header_offset + _LOCAL.size + nom + supplement
    comprime = octets[debut : debut + info.compress_size]
    return Entree(info.compress_type, info.CRC, info.file_size, info.date_time, comprime)
