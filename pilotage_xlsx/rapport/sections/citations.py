"""Dire combien, puis lesquels."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage_xlsx.rapport.mots import nommer_tous
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.typographie import nombre

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


def plages(numeros: Sequence[int]) -> str:
    """Des numéros croissants, les suites d'au moins trois abrégées : « 5, 6, 8 à 10 »."""
    suites: list[tuple[int, int]] = []
    for numero in numeros:
        if suites and numero == suites[-1][1] + 1:
            suites[-1] = (suites[-1][0], numero)
        else:
            suites.append((numero, numero))
    return ", ".join(_plage(un, deux) for un, deux in suites)


def _plage(un: int, deux: int) -> str:
    if deux - un < 2:
        return ", ".join(map(str, range(un, deux + 1)))
    return f"{un} à {deux}"
