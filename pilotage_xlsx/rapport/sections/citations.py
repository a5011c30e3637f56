"""Dire combien, puis lesquels."""

from __future__ import annotations

from pilotage_xlsx.rapport.mots import nommer_tous
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre

_AU_PLUS = 12


def citer(
    quoi: str, lignes: tuple[Ligne, ...], au_plus: int = _AU_PLUS, *, cle: str = "nom"
) -> str:
    """« Nouveaux en 2026 : 2 (Chat, GED). », ou « … : aucun. » ; au-delà de ``au_plus``
    noms, le compte des autres. ``cle`` : la colonne qui nomme chaque ligne."""
    if not lignes:
        return f"{quoi} : aucun."
    reste = len(lignes) - au_plus
    suite = f" et {nombre(reste)} de plus" if reste > 0 else ""
    return f"{quoi} : {nombre(len(lignes))} ({nommer_tous(lignes[:au_plus], cle)}{suite})."
