"""Toutes les occasions de parler entre communes, et pour chacune qui appeler d'abord."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.choix import Ecartee
from pilotage_xlsx.consolidation.mutualisation.echeances import finir_ensemble
from pilotage_xlsx.consolidation.mutualisation.occasion import Genre, Occasion
from pilotage_xlsx.consolidation.mutualisation.outils import (
    Usages,
    partager_un_outil,
    partager_un_prestataire,
    profiter_d_un_essai,
)
from pilotage_xlsx.consolidation.mutualisation.participantes import Participante
from pilotage_xlsx.consolidation.mutualisation.solutions import repondre_a_un_besoin
from pilotage_xlsx.metier.regroupement import regrouper

_VOISINES = 3
_TROP_REPANDU = 60
"""Ce que plus de communes partagent n'en rapproche aucune : le fichier entier serait à appeler."""


class Voisine(NamedTuple):
    """Deux communes qui ont beaucoup à se dire : le nombre d'occasions, par genre."""

    commune: Participante
    autre: Participante
    comptes: Counter[Genre]


class Mutualisation(NamedTuple):
    """Le résultat, au jour ``au`` : communes retenues, classeurs écartés, occasions, voisines."""

    au: date
    participantes: tuple[Participante, ...]
    ecartees: tuple[Ecartee, ...]
    occasions: tuple[Occasion, ...]
    voisines: tuple[Voisine, ...]

    def de_genre(self, genre: Genre) -> tuple[Occasion, ...]:
        """Les occasions de ce genre, dans l'ordre."""
        return tuple(occasion for occasion in self.occasions if occasion.genre is genre)


def chercher(
    participantes: Sequence[Participante], ecartees: Sequence[Ecartee], au: date
) -> Mutualisation:
    """Cherche les occasions entre des communes, une par classeur ; ne lève rien."""
    inscriptions = (
        (outil.prestataire, outil.ide)
        for une in participantes
        for outil in une.outils
        if outil.prestataire
    )
    usages = Usages(participantes, regrouper(inscriptions))
    occasions = (
        *partager_un_prestataire(usages),
        *partager_un_outil(usages),
        *finir_ensemble(usages, au),
        *profiter_d_un_essai(usages),
        *repondre_a_un_besoin(participantes),
    )
    voisines = tuple(_rapprocher(participantes, occasions))
    return Mutualisation(au, tuple(participantes), tuple(ecartees), occasions, voisines)


def _rapprocher(
    participantes: Sequence[Participante], occasions: Sequence[Occasion]
) -> Iterator[Voisine]:
    """Pour chaque commune, les trois autres avec qui elle a le plus d'occasions."""
    comptes: dict[int, dict[int, Counter[Genre]]] = defaultdict(lambda: defaultdict(Counter))
    par_id = {id(une): une for une in participantes}
    for occasion in occasions:
        if len(occasion.cercle.communes) < _TROP_REPANDU:
            for autre in occasion.cercle.autres(occasion.commune):
                comptes[id(occasion.commune)][id(autre)][occasion.genre] += 1
    for une in participantes:
        meilleures = sorted(
            comptes[id(une)].items(),
            key=lambda paire: (-len(paire[1]), -paire[1].total(), par_id[paire[0]].nom),
        )
        for rang, compte in meilleures[:_VOISINES]:
            yield Voisine(une, par_id[rang], compte)
