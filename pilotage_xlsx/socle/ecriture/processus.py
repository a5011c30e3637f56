"""Quel processus écrit, et s'il vit encore : un brouillon dont l'auteur est mort se balaie.

Un numéro de processus resservira : l'instant où il a commencé dit s'il s'agit du même.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path

INCONNU = "0"
"""L'instant de départ, là où le système ne le dit pas sans détour (macOS, Windows)."""


def nommer_l_hote() -> str:
    """Cette machine, en huit signes ; un conteneur, dont les numéros de processus sont à lui, en
    est une autre."""
    nom = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    with suppress(OSError):
        nom += str(Path("/proc/self/ns/pid").readlink())
    return f"{zlib.crc32(os.fsencode(nom)):08x}"


def dater_le_depart(pid: int) -> str:
    """Quand un processus a commencé, en tops depuis le démarrage ; vide s'il est mort sans que son
    parent l'ait constaté. Source : proc(5), ``/proc/<pid>/stat``, champs 3 et 22."""
    try:
        champs = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return INCONNU
    if len(champs) < 20:
        return INCONNU
    return "" if champs[0] in "ZX" else champs[19]


def est_vivant(pid: int, depart: str) -> bool:
    """Vrai si le processus qui a commencé à cet instant vit encore, ou si cela ne se sait pas.

    Sous Windows, toujours faux : le système y refuse d'enlever un fichier qu'un processus tient
    ouvert, et le signal 0 y interromprait celui qu'on interroge.
    """
    if os.name != "posix":
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # il vit, à quelqu'un d'autre
    actuel = dater_le_depart(pid)
    return INCONNU in (actuel, depart) or actuel == depart
