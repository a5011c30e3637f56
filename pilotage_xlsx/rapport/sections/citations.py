"""Dire combien, puis lesquels."""

from __future__ import annotations

from pilotage_xlsx.rapport.mots import nommer_tous
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.typographie import nombre


def citer(quoi: str, lignes: tuple[Ligne, ...]) -> str:
    """« Nouveaux en 2026 : 2 (Chat, GED). », ou « … : aucun inscrit. »."""
    if not lignes:
        return f"{quoi} : aucun inscrit."
    return f"{quoi} : {nombre(len(lignes))} ({nommer_tous(lignes)})."
