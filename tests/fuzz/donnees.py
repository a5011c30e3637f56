"""Abîmer un JSON de ``generer --depuis`` : textes longs, nombres démesurés, profondeurs, genres."""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.longueurs import tirer_un_texte
from tests.fuzz.mutations import octets_au_hasard, tronque

_VALEUR = re.compile(rb'(?<=: )(?:"(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)')
_CLE = re.compile(rb'"[^"\\]*"(?=: )')
_VALEURS = (
    b"null", b"[]", b"{}", b"[[]]", b"true", b"-0", b"1e400", b"9" * 400, b"9" * 10_000, b"1" * 30,
    b"0.1", b'"\\ud800"', b'"\\u0000"', b'"\\u202e"', b'"=1+1"', b"NaN", b'"0026-01-01"',
    b'"2026-02-31"', b'"9999-12-31T23:59:59"', b'"' + b"\\ud83d\\ude00" * 32_767 + b'"',
    b"[" * 100_000, b"[" * 900 + b"]" * 900, b'{"a":' * 5_000, b'{"nom": 1, "nom": 2}',
)  # fmt: skip


def abimer_les_donnees(octets: bytes, hasard: Random) -> bytes:
    """Une à trois mutations du document."""
    for _ in range(hasard.choice((1, 1, 2, 3))):
        match hasard.randrange(6):
            case 0:
                octets = octets_au_hasard(octets, hasard)
            case 1:
                octets = tronque(octets, hasard)
            case 2:
                octets = _remplacer(octets, _VALEUR, _en_texte(hasard), hasard)
            case 3:
                octets = _remplacer(octets, _VALEUR, hasard.choice(_VALEURS), hasard)
            case 4:
                octets = _remplacer(octets, _CLE, _en_texte(hasard), hasard)
            case _:
                octets = _repeter(octets, hasard)
    return octets


def _en_texte(hasard: Random) -> bytes:
    return b'"' + re.sub(rb'[\\"\n\t]', b" ", tirer_un_texte(hasard)) + b'"'


def _remplacer(octets: bytes, motif: re.Pattern[bytes], neuf: bytes, hasard: Random) -> bytes:
    places = [*motif.finditer(octets)]
    if not places:
        return octets
    place = hasard.choice(places)
    return octets[: place.start()] + neuf + octets[place.end() :]


def _repeter(octets: bytes, hasard: Random) -> bytes:
    """La première fiche d'un registre, des milliers de fois."""
    registres = [*re.finditer(rb'"\w+": \[\s*(\{[^{}]*\})', octets)]
    if not registres:
        return octets
    fiche = hasard.choice(registres)
    combien = min(hasard.choice((200, 2_000, 20_000)), 4_000_000 // len(fiche[1]))
    return octets[: fiche.start(1)] + (fiche[1] + b",") * combien + octets[fiche.start(1) :]
