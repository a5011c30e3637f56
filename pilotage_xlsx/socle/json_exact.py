"""Un JSON dont rien ne se perd au décodage : clés écrites deux fois, nombres de trop de chiffres.

Au sol : n'importe rien de la maison. ``msgspec`` garde la dernière de deux clés et arrondit un long
nombre sans le dire ; ici, l'objet garde ses clés en double, et le nombre son écriture.

>>> decoder(b'{"ofs": 12345678901234567890}')
{'ofs': '12345678901234567890'}
>>> list(cles_en_double(decoder(b'{"outils": [{"nom": "GED", "nom": "Mail"}]}')))
['outils[0].nom']

Source : https://www.rfc-editor.org/rfc/rfc8259 (§ 4, les clés ; § 6, les nombres).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from math import isfinite
from typing import Any

import msgspec

CHIFFRES_EXACTS = 15
"""Ce qu'un tableur garde d'un nombre."""


class NombreLong(str):
    """Un nombre qu'un tableur ne garderait pas en entier, tel qu'écrit."""

    __slots__ = ()


class ObjetDouble(dict[str, Any]):
    """Un objet où des clés sont écrites deux fois ; la dernière valeur l'emporte."""

    def __init__(self, paires: list[tuple[str, Any]]) -> None:
        super().__init__(paires)
        fois = Counter(cle for cle, _ in paires)
        self.doubles = tuple(cle for cle, combien in fois.items() if combien > 1)


def decoder(octets: bytes) -> Any:
    """Le document ; lève ce que lève ``msgspec.json.decode``, qui dit où il ne se comprend pas."""
    msgspec.json.decode(octets)
    return json.loads(
        octets, object_pairs_hook=_assembler, parse_int=_lire_entier, parse_float=_lire_decimal
    )


def chiffres(ecrit: str) -> int:
    """Combien de chiffres comptent dans un nombre : « 1'200.50 » en a cinq."""
    mantisse = ecrit.lower().partition("e")[0]
    net = "".join(filter(str.isdecimal, mantisse)).lstrip("0")
    return len(net.rstrip("0") if "." in mantisse else net)


def cles_en_double(donnee: Any, chemin: str = "", niveaux: int = 4) -> Iterator[str]:
    """Le chemin de chaque clé écrite deux fois (``outils[3].nom``), à tant de niveaux au plus."""
    match donnee:
        case dict() if niveaux:
            for cle in getattr(donnee, "doubles", ()):
                yield f"{chemin}.{cle}".lstrip(".")
            for cle, valeur in donnee.items():
                yield from cles_en_double(valeur, f"{chemin}.{cle}".lstrip("."), niveaux - 1)
        case list() if niveaux:
            for rang, valeur in enumerate(donnee):
                yield from cles_en_double(valeur, f"{chemin}[{rang}]", niveaux - 1)


def _assembler(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet = dict(paires)
    return objet if len(objet) == len(paires) else ObjetDouble(paires)


def _lire_entier(ecrit: str) -> int | NombreLong:
    return int(ecrit) if len(ecrit) <= CHIFFRES_EXACTS else NombreLong(ecrit)


def _lire_decimal(ecrit: str) -> float | NombreLong:
    nombre = float(ecrit)
    est_exact = isfinite(nombre) and chiffres(ecrit) <= CHIFFRES_EXACTS
    return nombre if est_exact else NombreLong(ecrit)
