r"""Un JSON reçu, d'un fichier ou de l'entrée : décodé, ou refusé en disant où.

Au sol : n'importe rien de la maison.

>>> decoder_json(b'\xef\xbb\xbf{"annee": 2026}', "essai.json")
{'annee': 2026}
>>> decoder_json(b'{"annee": 2026,\n}', "essai.json")  # doctest: +NORMALIZE_WHITESPACE
Traceback (most recent call last):
pilotage_xlsx.socle.entree.EntreeRefusee: essai.json n'est pas un JSON valide : la ligne 2 ne se
comprend pas à partir du signe 1.

Source : https://www.rfc-editor.org/rfc/rfc8259 (§ 8.1, la marque qu'un lecteur peut ignorer).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from pilotage_xlsx.socle.entree import ENTREE, EntreeRefusee, lire, lire_l_entree, nommer

_MARQUE, _MARQUES_UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_NOMBRE_SANS_FIN = rb"(?<!\d)\d{300}"
_CONTENANTS_MAX, _VALEURS_MAX = 200_000, 1_000_000
"""Une liste vide pèse trois octets dans le fichier, et vingt fois plus en mémoire."""

_IMBRIQUE = "il est trop imbriqué, et ne suit pas le modèle"
_PAS_EN_UTF8 = "il n'est pas en UTF-8, enregistrez-le dans cet encodage"


def lire_json(
    depuis: str | Path, borne: int, decoder: Callable[[bytes], Any] = msgspec.json.decode
) -> Any:
    """Le document de ce fichier (« - » : l'entrée), en ``borne`` octets au plus.

    ``decoder`` lève ce que lève celui de msgspec. `EntreeRefusee` s'il ne se lit pas, ou n'est pas
    du JSON.
    """
    octets = lire_l_entree(borne) if depuis == ENTREE else lire(Path(depuis), borne)
    return decoder_json(octets, nommer(str(depuis)), decoder)


def decoder_json(
    octets: bytes, ou: str, decoder: Callable[[bytes], Any] = msgspec.json.decode
) -> Any:
    """Le document que sont ces octets ; ``ou`` les nomme dans la phrase d'un refus."""
    octets = octets.removeprefix(_MARQUE)
    _compter(octets, ou)
    try:
        return decoder(octets)
    except UnicodeDecodeError:
        raise EntreeRefusee(f"{ou} n'est pas un JSON valide : {_PAS_EN_UTF8}.") from None
    except msgspec.DecodeError as faute:
        raise EntreeRefusee(f"{ou} n'est pas un JSON valide : {_situer(octets, faute)}.") from None
    except RecursionError:
        raise EntreeRefusee(f"{ou} n'est pas un JSON valide : {_IMBRIQUE}.") from None


def _compter(octets: bytes, ou: str) -> None:
    """Ce que les signes du JSON annoncent, avant d'en faire des valeurs."""
    contenants, valeurs = octets.count(b"[") + octets.count(b"{"), octets.count(b",")
    if contenants > _CONTENANTS_MAX or valeurs > _VALEURS_MAX:
        raise EntreeRefusee(f"{ou} a trop de valeurs : vérifiez que c'est le bon fichier.")


def _situer(octets: bytes, faute: msgspec.DecodeError) -> str:
    """Où la lecture s'arrête ; msgspec le dit en anglais, et en octets."""
    if not octets.strip():
        return "il est vide"
    if octets.startswith(_MARQUES_UTF16):
        return _PAS_EN_UTF8
    if isinstance(faute, msgspec.ValidationError):
        return _situer_le_nombre(octets)
    trouve = re.search(r"\(byte (\d+)\)", str(faute))
    if trouve is None:
        return "il s'arrête avant la fin"
    ligne, signe = _placer(octets, int(trouve[1]))
    return f"la ligne {ligne} ne se comprend pas à partir du signe {signe}"


def _situer_le_nombre(octets: bytes) -> str:
    """Sans genre demandé, msgspec ne refuse à un JSON bien formé qu'un nombre hors de mesure."""
    trouve = re.search(_NOMBRE_SANS_FIN, octets)
    ou = f", à la ligne {_placer(octets, trouve.start())[0]}" if trouve else ""
    return f"un nombre y est trop grand{ou}"


def _placer(octets: bytes, position: int) -> tuple[int, int]:
    """La ligne et le signe d'un octet, comptés de 1."""
    avant = octets[:position].decode("utf-8", "replace")
    return avant.count("\n") + 1, len(avant) - avant.rfind("\n")
