"""Le modèle qui voyage avec le classeur : ses fichiers TOML, décodés, en un seul texte.

« 1:empreinte:contenu » : le contenu est un JSON comprimé (zlib), en base 64, sans blanc ; il est
entier, celui de sa base compris, pour se relire de même d'une version du programme à l'autre.
L'empreinte (SHA-256 du JSON) dit un texte abîmé, elle n'en garantit pas l'auteur : ce qui se lit
passe par les mêmes contrôles que le dossier d'un modèle.

>>> texte = emballer({"modele.toml": {"id": "vaud"}})
>>> deballer(texte)
{'modele.toml': {'id': 'vaud'}}
>>> deballer(texte[:-4])
Traceback (most recent call last):
pilotage_xlsx.modele.porte.PorteInvalide: il est abîmé, ou a été modifié
"""

from __future__ import annotations

import binascii
import sys
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.entree import KIO, MIO, EntreeRefusee
from pilotage_xlsx.socle.json_recu import decoder_json

PORTE = "pilotage-porte"
"""Le début du nom des propriétés du classeur qui tiennent ce texte : « pilotage-porte-1 »…"""

TEXTE_MAX, CONTENU_MAX = 512 * KIO, MIO
"""Le texte porté et ce qui s'en décomprime, en octets : de quoi porter une touche et sa base, quand
chacune est à la borne d'un dossier. Le modèle communal demande 27 et 84 ko."""

_BOUT = 250
"""Excel arrête chaque propriété à 255 signes : le texte s'y range par bouts."""

_FORME = "1"
_ABIME = "il est abîmé, ou a été modifié"

_decoder = msgspec.json.Decoder(dict[str, dict[str, Any]]).decode


class PorteInvalide(Exception):
    """Un texte porté dont aucun modèle ne se tire ; le message dit pourquoi."""


class Porte(msgspec.Struct, frozen=True):
    """Le nom d'un modèle (« vaud 1.0 »), et le texte qui le tient tout entier.

    D'un processus à l'autre, un même texte n'est gardé qu'une fois : mille communes d'un canton
    portent le même modèle.
    """

    nom: str
    texte: str

    def __reduce__(self) -> tuple[Callable[[str, str], Porte], tuple[str, str]]:
        return _retrouver, (self.nom, self.texte)


def _retrouver(nom: str, texte: str) -> Porte:
    return Porte(nom, sys.intern(texte))


def en_proprietes(porte: Porte | None) -> Iterator[tuple[str, str]]:
    """Les propriétés du classeur qui le porte, leur nom et leur bout de texte."""
    texte = porte.texte if porte else ""
    for rang, debut in enumerate(range(0, len(texte), _BOUT), 1):
        yield f"{PORTE}-{rang}", texte[debut : debut + _BOUT]


def emballer(fichiers: Mapping[str, Any]) -> str:
    """Le texte à porter de ces fichiers ; `PorteInvalide` s'il dépasse ce qu'on en relirait."""
    octets = encoder(fichiers)
    contenu = b64encode(zlib.compress(octets, 9)).decode("ascii")
    texte = f"{_FORME}:{_empreindre(octets)}:{contenu}"
    if len(octets) > CONTENU_MAX or len(texte) > TEXTE_MAX:
        raise PorteInvalide("il est trop grand pour voyager avec un classeur")
    return texte


def deballer(texte: str) -> Mapping[str, dict[str, Any]]:
    """Les fichiers de ce texte, par nom ; `PorteInvalide` s'ils ne s'en tirent pas."""
    forme, _, suite = texte.partition(":")
    if forme != _FORME and forme.isdecimal() and suite:
        raise PorteInvalide("ce programme ne connaît pas encore cette façon de le porter")
    empreinte, _, contenu = suite.partition(":")
    octets = _decomprimer(contenu)
    if _empreindre(octets) != empreinte:
        raise PorteInvalide(_ABIME)
    try:
        fichiers: dict[str, dict[str, Any]] = decoder_json(octets, PORTE, _decoder)
    except EntreeRefusee:
        raise PorteInvalide("son contenu n'est pas celui d'un modèle") from None
    return fichiers


def _empreindre(octets: bytes) -> str:
    from hashlib import sha256  # noqa: PLC0415  # 3 ms, et peu de classeurs portent leur modèle

    return sha256(octets).hexdigest()


def base_du_porte(texte: str) -> str | None:
    """Le modèle dont celui-ci n'est qu'une touche, s'il en est une."""
    base = deballer(texte).get("modele.toml", {}).get("base")
    return base if isinstance(base, str) else None


def _decomprimer(contenu: str) -> bytes:
    decompresseur = zlib.decompressobj()
    try:
        octets = decompresseur.decompress(b64decode(contenu, validate=True), CONTENU_MAX + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise PorteInvalide(_ABIME) from None
    if len(octets) > CONTENU_MAX:
        raise PorteInvalide("il est démesuré")
    if not decompresseur.eof or decompresseur.unused_data:
        raise PorteInvalide(_ABIME)
    return octets
