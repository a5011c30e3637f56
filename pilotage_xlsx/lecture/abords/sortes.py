"""Ce qui se trouve aux abords des réponses, et ce qui s'en garde."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

import msgspec

from pilotage_xlsx.socle.paquet import Budget

ABORDS_MAX = 2_000
"""Au-delà, ce ne sont plus les notes d'une commune."""

IMAGE, GRAPHIQUE = "image", "graphique"
ILLISIBLE = "annexe illisible"
"""Une partie abîmée : elle ne suit pas, et n'empêche rien."""


class SorteDAbord(StrEnum):
    """Comment c'est posé sur la feuille."""

    A_COTE = "Texte à côté"
    COMMENTAIRE = "Commentaire"
    LIEN = "Lien"
    FORME = "Forme"


class Abord(NamedTuple):
    """Un texte posé là : la feuille, sa place s'il en a une, ce qu'il dit."""

    feuille: str
    place: tuple[int, int] | None
    sorte: SorteDAbord
    texte: str


class Abords(msgspec.Struct, frozen=True):
    """Les textes, et combien de choses d'une sorte (« image ») tient chaque feuille.

    ``en_plus`` : les textes au-delà de ce qui se garde. ``non_comparees`` : nos feuilles, d'une
    version dont on ne sait plus ce que nous y écrivions.
    """

    textes: tuple[Abord, ...]
    objets: Counter[tuple[str, str]]
    en_plus: int = 0
    non_comparees: tuple[str, ...] = ()


class Recolte:
    """Les abords trouvés jusqu'ici, bornés."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._textes: dict[Abord, None] = {}
        self._en_plus = 0
        self.objets: Counter[tuple[str, str]] = Counter()
        self.non_comparees: list[str] = []

    def ajouter(self, abords: Iterable[Abord]) -> None:
        """Garde ces textes, sauf un vide ou un déjà vu."""
        for abord in abords:
            net = abord._replace(texte=abord.texte.strip())
            if not net.texte or net in self._textes:
                continue
            if len(self._textes) >= ABORDS_MAX:
                self._en_plus += 1
                continue
            self._budget.garder_des_textes((net.texte,))
            self._textes[net] = None

    def rendre(self) -> Abords:
        """Ce qui fut trouvé, feuille par feuille, dans l'ordre des places."""
        textes = tuple(self._textes)
        return Abords(textes, self.objets, self._en_plus, tuple(self.non_comparees))
