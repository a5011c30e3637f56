"""La mémoire d'un classeur : ce qui s'en garde se pèse, et la somme est bornée.

Le poids est une estimation, en octets, de ce qu'une chose occupe une fois lue, contrôlée et
rendue ; les bornes sont réglées par la mesure (`tests/extremes`) pour qu'aucun classeur n'en
demande plus de 300 Mo au processus entier.

>>> budget = Budget(1_000)
>>> budget.garder_un_nombre("1234.5")
>>> budget.prendre(1_000)  # doctest: +ELLIPSIS
Traceback (most recent call last):
pilotage_xlsx.socle.paquet.refus.Refus: Le classeur est démesuré (mémoire : ...
"""

from __future__ import annotations

from collections.abc import Collection
from sys import getsizeof

from pilotage_xlsx.socle.paquet.refus import demesure
from pilotage_xlsx.socle.textes import Texte

MEMOIRE_MAX = 160 << 20

_ENTREE = 100
"""Une place dans un dictionnaire, sa clé comprise."""

_TEXTE = 150
"""Ce qu'un texte gardé coûte en plus de ses signes : sa cellule, son rang."""

_LIGNE, _CELLULE = 1_000, 100
"""Une ligne rangée (sa rangée, puis ses valeurs), et chacune de ses cellules."""

_COPIES = 3
"""Un texte compris existe aussi sans ses blancs, et sous la forme où il se compare."""


class Budget:
    """Ce qu'un classeur peut encore prendre, toutes feuilles ensemble ; `Refus` au-delà."""

    __slots__ = ("_reste",)

    def __init__(self, octets: int = MEMOIRE_MAX) -> None:
        self._reste = octets

    def prendre(self, octets: int) -> None:
        """Retient des octets."""
        self._reste -= octets
        if self._reste < 0:
            raise demesure("mémoire : trop de cellules ou de trop longs textes")

    def garder_des_textes(self, textes: Collection[str]) -> None:
        """Retient des textes, avec leurs cellules : un signe y pèse un, deux ou quatre octets."""
        self.prendre(sum(map(getsizeof, textes)) + len(textes) * _TEXTE)

    def garder_une_entree(self) -> None:
        """Retient une courte clé et sa place dans un dictionnaire."""
        self.prendre(_ENTREE)

    def garder_un_nombre(self, texte: str) -> None:
        """Retient un nombre tel qu'écrit, et sa cellule."""
        self.prendre(_ENTREE + _TEXTE + len(texte))

    def ranger_une_ligne(self, cellules: int, fois: int = 1) -> None:
        """Retient une ligne de tant de cellules, répétée tant de fois."""
        self.prendre((_LIGNE + _CELLULE * cellules) * fois)

    def comprendre(self, texte: Texte, morceaux: Collection[str] = ()) -> None:
        """Retient ce que devient un texte interprété, et les noms qu'il cite."""
        autres = sum(map(getsizeof, morceaux)) if morceaux else 0
        self.prendre(_ENTREE + _COPIES * getsizeof(texte) + autres)
