"""Une campagne est courte à la porte, longue à la demande : ``CAMPAGNE=longue``."""

from __future__ import annotations

import os

EST_LONGUE = os.environ.get("CAMPAGNE") == "longue"


def combien(porte: int, longue: int) -> int:
    """Le nombre de cas à jouer : ce que la porte en joue, ou toute la campagne."""
    return longue if EST_LONGUE else porte
