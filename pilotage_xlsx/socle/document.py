r"""La porte du JSON qui sort : un signe trompeur y est échappé (``\u202e``), rien n'est perdu.

Au sol : n'importe rien de la maison. Un document JSON est de l'ASCII hors de ses textes : échapper
dans ses octets suffit, et un lecteur de JSON rend le texte entier.

>>> print(encoder({"nom": "Anne\u202e", "ville": "Zoug"}).decode())
{"nom":"Anne\u202e","ville":"Zoug"}
>>> print(encoder("un demi-signe : \udcff").decode())
"un demi-signe : �"

Source : https://www.rfc-editor.org/rfc/rfc8259 (§ 7, les signes échappés ; § 8.1, UTF-8).
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from pilotage_xlsx.socle.montrable import SUBSTITUT, TROMPEURS
from pilotage_xlsx.socle.motifs import motif

_A_ECHAPPER = motif(f"[{TROMPEURS}]")
_ANODINS = bytes(range(0x20, 0x7F))
"""Presque tout d'un document : le regarder signe par signe coûterait plus que l'écrire."""

_DEMI_SIGNES = motif("[\ud800-\udfff]")


def encoder(document: Any, *, retrait: int | None = None) -> bytes:
    """Le document en JSON, en UTF-8 ; ``retrait`` le met en page, de tant d'espaces.

    Un demi-signe, que l'UTF-8 ne porte pas, devient « � » : un nom de fichier peut en avoir.
    """
    try:
        octets = msgspec.json.encode(document, enc_hook=_en_simple)
    except UnicodeEncodeError:
        octets = msgspec.json.encode(_completer(msgspec.to_builtins(document, enc_hook=_en_simple)))
    if _A_ECHAPPER.search(octets.translate(None, _ANODINS).decode()):
        octets = _A_ECHAPPER.sub(_echapper, octets.decode()).encode()
    return octets if retrait is None else msgspec.json.format(octets, indent=retrait)


def _en_simple(valeur: Any) -> str:
    """Un texte qui a sa propre classe s'écrit comme un autre ; le reste n'a rien à faire ici."""
    if isinstance(valeur, str):
        return str(valeur)
    raise NotImplementedError(type(valeur).__name__)


def _echapper(trouve: re.Match[str]) -> str:
    unites = trouve[0].encode("utf-16-be")
    return "".join(
        f"\\u{int.from_bytes(unites[rang : rang + 2]):04x}" for rang in range(0, len(unites), 2)
    )


def _completer(donnee: Any) -> Any:
    match donnee:
        case str():
            return _DEMI_SIGNES.sub(SUBSTITUT, donnee)
        case dict():
            return {_completer(cle): _completer(valeur) for cle, valeur in donnee.items()}
        case list() | tuple():
            return [_completer(valeur) for valeur in donnee]
        case _:
            return donnee
