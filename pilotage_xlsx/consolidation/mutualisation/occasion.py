"""Une occasion : une commune, ce dont il s'agit, avec qui en parler, et pourquoi."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.participantes import Outil, Participante

AU_PLUS = 8
"""Les communes nommées dans une ligne ; au-delà, seul leur nombre se dit."""


class GenreDOccasion(StrEnum):
    """Les genres d'occasions ; chacun a sa feuille, de ce nom."""

    PRESTATAIRES = "Mêmes prestataires"
    OUTILS = "Mêmes outils"
    ECHEANCES = "Échéances voisines"
    RECUPERATION = "Récupération testée"
    SOLUTIONS = "Solutions possibles"


class Usage(NamedTuple):
    """Un outil, et la commune qui s'en sert."""

    commune: Participante
    outil: Outil


class Cercle:
    """Les communes qu'un même fait réunit, rangées une fois : les lignes du cercle le partagent."""

    def __init__(self, participantes: Iterable[Participante]) -> None:
        self.communes = tuple({id(une): une for une in participantes}.values())
        self._rangs = {id(une) for une in self.communes}
        self._par_canton: dict[str | None, list[Participante]] = defaultdict(list)
        for une in self.communes:
            self._par_canton[une.canton].append(une)

    def combien(self, une: Participante) -> int:
        """Le nombre des autres communes."""
        return len(self.communes) - (id(une) in self._rangs)

    def autres(self, une: Participante) -> Iterator[Participante]:
        """Les autres communes, celles du même canton d'abord."""
        for autre in self._par_canton.get(une.canton, ()):
            if autre is not une:
                yield autre
        for autre in self.communes:
            if autre.canton != une.canton:
                yield autre

    def dire(self, une: Participante) -> str:
        """« une autre commune », « 3 autres communes », capitale en tête."""
        combien = self.combien(une)
        return "Une autre commune" if combien == 1 else f"{combien} autres communes"


class Occasion(NamedTuple):
    """Une ligne : ``objet`` se lit selon le genre ; ``cercle`` : avec qui en parler."""

    genre: GenreDOccasion
    commune: Participante
    objet: tuple[str | date | None, ...]
    cercle: Cercle
    raison: str

    @property
    def nommees(self) -> tuple[Participante, ...]:
        """Les communes que la ligne nomme : du même canton d'abord, huit au plus."""
        return tuple(islice(self.cercle.autres(self.commune), AU_PLUS))

    @property
    def reste(self) -> int:
        """Le nombre de celles que la ligne ne nomme pas."""
        return max(0, self.cercle.combien(self.commune) - AU_PLUS)


def reunir(usages: Iterable[Usage]) -> Cercle:
    """Le cercle des communes de ces usages."""
    return Cercle(usage.commune for usage in usages)


def est_partage(usages: Iterable[Usage]) -> bool:
    """Vrai si ces usages sont d'au moins deux communes."""
    return len({id(usage.commune) for usage in usages}) > 1
