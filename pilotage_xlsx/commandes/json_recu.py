"""Un JSON reçu, d'un fichier ou de l'entrée : décodé, ou refusé en disant où."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from pilotage_xlsx.commandes.commun import Echec
from pilotage_xlsx.socle.systeme import dire_la_panne

_MARQUE = b"\xef\xbb\xbf"


def lire_document(depuis: str) -> Any:
    """Le document de ce fichier (« - » : l'entrée) ; `Echec` s'il ne se lit pas."""
    octets = b""
    try:
        octets = _lire_l_entree() if depuis == "-" else Path(depuis).read_bytes()
        octets = octets.removeprefix(_MARQUE)
        return msgspec.json.decode(octets)
    except OSError as faute:
        raise Echec(f"{depuis} ne se lit pas ({dire_la_panne(faute)}) : vérifiez le nom.") from None
    except UnicodeDecodeError:
        raise Echec(f"{depuis} n'est pas un JSON valide : il n'est pas en UTF-8.") from None
    except msgspec.DecodeError as faute:
        raise Echec(f"{depuis} n'est pas un JSON valide : {_situer(octets, str(faute))}.") from None
    except RecursionError:
        raise Echec(f"{depuis} est trop imbriqué : il ne suit pas le modèle.") from None


def _lire_l_entree() -> bytes:
    """L'entrée standard ; rien si elle est fermée."""
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def _situer(octets: bytes, faute: str) -> str:
    """Où la lecture s'arrête ; msgspec le dit en anglais, et en octets."""
    trouve = re.search(r"\(byte (\d+)\)", faute)
    if not octets.strip():
        return "il est vide"
    if trouve is None:
        return "il s'arrête avant la fin"
    avant = octets[: int(trouve[1])].decode("utf-8", "replace")
    ligne, signe = avant.count("\n") + 1, len(avant) - avant.rfind("\n")
    return f"la ligne {ligne} ne se comprend pas à partir du signe {signe}"
