"""Les cellules fusionnées : la valeur est celle du coin, le tableur ne montre pas les autres."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.paquet import demesure

Plage = tuple[int, int, int, int]
"""Haut, gauche, bas, droite."""

_EXAMENS_MAX = 1_000_000


def effacer_sous_fusions(
    lignes: Mapping[int, Mapping[int, Cellule]], fusions: Sequence[Plage]
) -> Mapping[int, Mapping[int, Cellule]]:
    """Les lignes sans les valeurs que cachent des fusions ; jamais de boucle sur leur surface."""
    cachees = _cellules_cachees(lignes, fusions)
    if not cachees:
        return lignes
    gardees = {
        numero: {c: cellule for c, cellule in rangee.items() if (numero, c) not in cachees}
        for numero, rangee in lignes.items()
    }
    return {numero: rangee for numero, rangee in gardees.items() if rangee}


def _cellules_cachees(
    lignes: Mapping[int, Mapping[int, Cellule]], fusions: Sequence[Plage]
) -> set[tuple[int, int]]:
    numeros = sorted(lignes)
    cachees: set[tuple[int, int]] = set()
    examens = 0
    for haut, gauche, bas, droite in fusions:
        touchees = numeros[bisect_left(numeros, haut) : bisect_right(numeros, bas)]
        examens += sum(len(lignes[numero]) for numero in touchees)
        if examens > _EXAMENS_MAX:
            raise demesure("cellules fusionnées")
        cachees.update(
            (numero, colonne)
            for numero in touchees
            for colonne in lignes[numero]
            if gauche <= colonne <= droite and (numero, colonne) != (haut, gauche)
        )
    return cachees
