"""Des cellules et des plages : lesquelles sont couvertes, en un seul passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.socle.adresses import COLONNES_MAX

Plage = tuple[int, int, int, int]
"""Haut, gauche, bas, droite."""

_OUVRE, _DEMANDE, _FERME = range(3)


def couvertes(places: Iterable[Place], plages: Iterable[Plage]) -> Iterator[Place]:
    """Celles de ces cellules qui sont dans une plage.

    On descend les lignes ; chaque plage compte dans ses colonnes de sa première ligne à sa
    dernière. Le temps croît comme le nombre de plages et de cellules, qu'elles se recouvrent ou
    non.
    """
    gestes = [(ligne, _DEMANDE, colonne, 0) for ligne, colonne in places]
    for haut, gauche, bas, droite in plages:
        if haut <= bas and gauche <= droite:
            gestes += [(haut, _OUVRE, gauche, droite), (bas, _FERME, gauche, droite)]
    ouvertes = _Comptes(COLONNES_MAX)
    for ligne, geste, gauche, droite in sorted(gestes):
        if geste == _DEMANDE:
            if ouvertes[gauche]:
                yield (ligne, gauche)
        else:
            pas = 1 if geste == _OUVRE else -1
            ouvertes.ajouter(gauche, pas)
            ouvertes.ajouter(droite + 1, -pas)


class _Comptes:
    """Un arbre de Fenwick : des ajouts « à partir d'ici », et le total ici, en temps log(n)."""

    def __init__(self, taille: int) -> None:
        self._sommes = [0] * (taille + 2)

    def ajouter(self, rang: int, pas: int) -> None:
        while rang < len(self._sommes):
            self._sommes[rang] += pas
            rang += rang & -rang

    def __getitem__(self, rang: int) -> int:
        total = 0
        while rang:
            total += self._sommes[rang]
            rang &= rang - 1
        return total
