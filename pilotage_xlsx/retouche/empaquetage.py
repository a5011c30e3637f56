"""Écrire une archive zip, en y recopiant des entrées comprimées telles quelles.

`zipfile` n'écrit qu'en recomprimant. Ici les octets passent du fichier reçu à la copie sans être
décomprimés ni gardés ; le format est celui d'APPNOTE.TXT (PKWARE), §4.3, et §4.5.3 pour zip64.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipInfo

from pilotage_xlsx.socle.paquet import change

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_FIN = struct.Struct("<4s4H2LH")
_FIN_64 = struct.Struct("<4sQ2H2L4Q")
_RENVOI_64 = struct.Struct("<4sLQL")
_CHAMP = struct.Struct("<2H")

GRAND = 0xFFFFFFFF
"""À partir de cette taille, ou de cette place, un nombre s'écrit en zip64."""

_AILLEURS = 0xFFFFFFFF
"""Ce qui s'écrit alors à sa place."""

_EN_UTF8, _TAILLES_APRES = 0x800, 0x8
_ZIP64, _NOM_UNICODE = 0x0001, 0x7075
_VERSION, _VERSION_64, _UNIX = 20, 45, 3


class FicheDEntree(NamedTuple):
    """Ce que le répertoire d'une archive dit d'une entrée : son nom, en octets, et le reste."""

    nom: bytes
    drapeaux: int = 0
    methode: int = ZIP_DEFLATED
    somme: int = 0
    comprimee: int = 0
    taille: int = 0
    heure: int = 0
    date: int = 0x21
    auteur: int = _UNIX << 8 | _VERSION
    interne: int = 0
    externe: int = 0o600 << 16
    supplement: bytes = b""

    @property
    def marque(self) -> bytes:
        """Ce qui distingue l'entrée d'une autre aux mêmes octets comprimés."""
        return self.nom + b"\n%d %d %d\n" % (self.methode, self.somme, self.comprimee)


class Comprime(NamedTuple):
    """Le contenu neuf d'une partie, déjà comprimé."""

    somme: int
    taille: int
    octets: bytes

    def decomprimer(self) -> bytes:
        """Le contenu lui-même."""
        return zlib.decompress(self.octets, -zlib.MAX_WBITS)

    def decrire(self, fiche: FicheDEntree) -> FicheDEntree:
        """La fiche de l'entrée qui prend ce contenu."""
        neuve = fiche._replace(somme=self.somme, comprimee=len(self.octets), taille=self.taille)
        return neuve._replace(methode=ZIP_DEFLATED)


def comprimer(octets: bytes) -> Comprime:
    """Le contenu d'une partie, comprimé comme une archive le veut."""
    presse = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Comprime(zlib.crc32(octets), len(octets), presse.compress(octets) + presse.flush())


def fiche_neuve(nom: str) -> FicheDEntree:
    """La fiche d'une entrée ajoutée, datée du premier jour que connaît le format."""
    return FicheDEntree(nom.encode(), 0 if nom.isascii() else _EN_UTF8)


def fiche_de(entree: ZipInfo) -> FicheDEntree:
    """La fiche d'une entrée reçue, son nom à l'octet : un tableur le lit parfois autrement."""
    annee, mois, jour, heure, minute, seconde = entree.date_time
    return FicheDEntree(
        entree.orig_filename.encode("utf-8" if entree.flag_bits & _EN_UTF8 else "cp437"),
        entree.flag_bits & ~_TAILLES_APRES,
        entree.compress_type,
        entree.CRC,
        entree.compress_size,
        entree.file_size,
        heure << 11 | minute << 5 | seconde // 2,
        (annee - 1980) << 9 | mois << 5 | jour,
        entree.create_system << 8 | entree.create_version,
        entree.internal_attr,
        entree.external_attr,
        b"".join(_noms_unicode(entree.extra)),
    )


class Empaqueteur:
    """Une archive que l'on écrit de bout en bout, entrée par entrée."""

    def __init__(self, flux: BinaryIO) -> None:
        self._flux, self._place = flux, 0
        self._repertoire: list[bytes] = []
        self._somme = hashlib.sha256()

    @property
    def empreinte(self) -> bytes:
        """Celle de toutes les entrées écrites jusqu'ici, de leurs octets comprimés."""
        return self._somme.digest()

    def ajouter(self, fiche: FicheDEntree, morceaux: Iterable[bytes]) -> None:
        """Écrit une entrée, d'octets déjà comprimés ; `Refus` s'il n'y en a pas le compte."""
        place = self._place
        self._ecrire(_entete_locale(fiche))
        debut = self._place
        self._somme.update(fiche.marque)
        for morceau in morceaux:
            self._somme.update(morceau)
            self._ecrire(morceau)
        if self._place - debut != fiche.comprimee:
            raise change()
        self._repertoire.append(_au_repertoire(fiche, place))

    def finir(self) -> None:
        """Écrit le répertoire de l'archive."""
        debut, nombre = self._place, len(self._repertoire)
        for ligne in self._repertoire:
            self._ecrire(ligne)
        longueur = self._place - debut
        if max(debut, longueur) >= GRAND:
            versions = (_VERSION_64, _VERSION_64, 0, 0)
            fin = _FIN_64.pack(b"PK\6\6", 44, *versions, nombre, nombre, longueur, debut)
            self._ecrire(fin + _RENVOI_64.pack(b"PK\6\7", 0, debut + longueur, 1))
            debut = longueur = _AILLEURS
        self._ecrire(_FIN.pack(b"PK\5\6", 0, 0, nombre, nombre, longueur, debut, 0))

    def _ecrire(self, octets: bytes) -> None:
        self._flux.write(octets)
        self._place += len(octets)


def _entete_locale(fiche: FicheDEntree) -> bytes:
    tailles, supplement = (fiche.comprimee, fiche.taille), fiche.supplement
    version = _VERSION
    if max(tailles) >= GRAND:
        champ = _CHAMP.pack(_ZIP64, 16) + struct.pack("<2Q", fiche.taille, fiche.comprimee)
        tailles, supplement, version = (_AILLEURS, _AILLEURS), champ + supplement, _VERSION_64
    debut = (b"PK\3\4", version, *_commun(fiche), *tailles)
    return _LOCAL.pack(*debut, len(fiche.nom), len(supplement)) + fiche.nom + supplement


def _au_repertoire(fiche: FicheDEntree, place: int) -> bytes:
    tailles, supplement, ou = (fiche.comprimee, fiche.taille), fiche.supplement, place
    version = _VERSION
    if max(*tailles, place) >= GRAND:
        champ = _CHAMP.pack(_ZIP64, 24) + struct.pack("<3Q", fiche.taille, fiche.comprimee, place)
        tailles, supplement, version = (_AILLEURS, _AILLEURS), champ + supplement, _VERSION_64
        ou = _AILLEURS
    debut = (b"PK\1\2", fiche.auteur, version, *_commun(fiche), *tailles)
    suite = (len(fiche.nom), len(supplement), 0, 0, fiche.interne, fiche.externe, ou)
    return _CENTRAL.pack(*debut, *suite) + fiche.nom + supplement


def _commun(fiche: FicheDEntree) -> tuple[int, ...]:
    return (fiche.drapeaux, fiche.methode, fiche.heure, fiche.date, fiche.somme)


def _noms_unicode(supplement: bytes) -> Iterator[bytes]:
    """Des champs d'un supplément, ceux qui disent le nom ; les autres (dates, droits) tombent."""
    while len(supplement) >= _CHAMP.size:
        genre, longueur = _CHAMP.unpack_from(supplement)
        fin = _CHAMP.size + longueur
        if genre == _NOM_UNICODE and fin <= len(supplement):
            yield supplement[:fin]
        supplement = supplement[fin:]
