"""Dire combien, puis lesquels."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage_xlsx.rapport.mots import nommer_tous
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.typographie import nombre

_AU_PLUS = 12


def citer(quoi: str, lignes: tuple[Ligne, ...], au_plus: int = _AU_PLUS) -> str:
    """« Nouveaux en 2026 : 2 (Chat, GED). », ou « … : aucun. » ; au-delà de ``au_plus``
    noms, le compte des autres."""
    if not lignes:
        return f"{quoi} : aucun."
    reste = len(lignes) - au_plus
    suite = f" et {nombre(reste)} de plus" if reste > 0 else ""
    return f"{quoi} : {nombre(len(lignes))} ({nommer_tous(lignes[:au_plus])}{suite})."


def plages(numeros: Sequence[int]) -> str:
    """Des numéros croissants, les suites abrégées : « 5, 7 à 9 »."""
    suites: list[tuple[int, int]] = []
    for numero in numeros:
        if suites and numero == suites[-1][1] + 1:
            suites[-1] = (suites[-1][0], numero)
        else:
            suites.append((numero, numero))
    return ", ".join(str(un) if un == deux else f"{un} à {deux}" for un, deux in suites)
