"""L'archive d'un classeur, ses parties en octets, refaite avec d'autres."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

Parties = dict[str, bytes]
Mutation = Callable[[bytes, Random], bytes]


def lire_les_parties(octets: bytes) -> Parties:
    """Chaque partie par son nom, dans l'ordre de l'archive."""
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def ecrire_les_parties(parties: Parties, methode: int = zipfile.ZIP_DEFLATED) -> bytes:
    """L'archive de ces parties ; deux du même nom s'écrivent toutes deux."""
    tampon = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(tampon, "w") as archive:
        warnings.simplefilter("ignore")  # deux parties du même nom : c'est voulu
        for nom, partie in parties.items():
            archive.writestr(zipfile.ZipInfo(nom), partie, methode, 1)
    return tampon.getvalue()


def refaire(octets: bytes, changer: Callable[[Parties], Parties], methode: int = 8) -> bytes:
    """L'archive refaite avec d'autres parties ; telle quelle si elle ne s'ouvre déjà plus."""
    try:
        parties = lire_les_parties(octets)
        return ecrire_les_parties(changer(parties), methode) if parties else octets
    except Exception:
        return octets


def en_xml(parties: Parties) -> list[str]:
    """Les noms des parties en XML, relations comprises ; toutes, s'il n'y en a pas."""
    return [nom for nom in parties if nom.endswith((".xml", ".rels"))] or list(parties)
