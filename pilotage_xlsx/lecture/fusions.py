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
    lignes: Mapping[int, dict[int, Cellule]], fusions: Sequence[Plage]
) -> None:
    """Ôte des lignes les valeurs que cachent des fusions ; jamais de boucle sur leur surface."""
    numeros = sorted(lignes)
    examens = 0
    for haut, gauche, bas, droite in fusions:
        touchees = numeros[bisect_left(numeros, haut) : bisect_right(numeros, bas)]
        examens += sum(len(lignes[numero]) for numero in touchees)
        if examens > _EXAMENS_MAX:
            raise demesure("cellules fusionnées")
        for numero in touchees:
            for colonne in tuple(lignes[numero]):
                if gauche <= colonne <= droite and (numero, colonne) != (haut, gauche):
                    del lignes[numero][colonne]
