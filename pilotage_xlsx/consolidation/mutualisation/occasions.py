"""Toutes les occasions de parler entre communes, et pour chacune qui appeler d'abord."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.choix import Ecartee
from pilotage_xlsx.consolidation.mutualisation.echeances import finir_ensemble
from pilotage_xlsx.consolidation.mutualisation.occasion import Cercle, GenreDOccasion, Occasion
from pilotage_xlsx.consolidation.mutualisation.outils import (
    Usages,
    partager_un_outil,
    partager_un_prestataire,
    profiter_d_un_essai,
)
from pilotage_xlsx.consolidation.mutualisation.participantes import (
    Besoin,
    Domaine,
    Participante,
    Solution,
)
from pilotage_xlsx.metier.regroupement import regrouper

_MOTS_COMMUNS = 2
"""Sans domaine des deux côtés, deux mots longs de la description doivent se retrouver."""

_REFERENCES = 4

Offre = tuple[Participante, Solution]


def repondre_a_un_besoin(participantes: Sequence[Participante]) -> Iterator[Occasion]:
    """Une ligne par besoin ouvert auquel une solution vue ailleurs pourrait répondre."""
    offres = [(une, solution) for une in participantes for solution in une.solutions]
    par_domaine: dict[Domaine, list[Offre]] = defaultdict(list)
    par_mot: dict[str, list[Offre]] = defaultdict(list)
    for offre in offres:
        if offre[1].domaine.est_dit:
            par_domaine[offre[1].domaine].append(offre)
        for mot in offre[1].mots:
            par_mot[mot].append(offre)
    for une in participantes:
        for besoin in une.besoins:
            trouvees = [o for o in _offres(besoin, par_domaine, par_mot) if o[0] is not une]
            if trouvees:
                yield _dire(une, besoin, trouvees)


def _offres(
    besoin: Besoin, par_domaine: dict[Domaine, list[Offre]], par_mot: dict[str, list[Offre]]
) -> Sequence[Offre]:
    """Celles du même domaine ; par les mots si le besoin, ou l'offre, ne dit pas le sien."""
    if besoin.domaine.est_dit:
        memes = par_domaine.get(besoin.domaine, [])
        return [*memes, *(o for o in _parentes(besoin, par_mot) if not o[1].domaine.est_dit)]
    return _parentes(besoin, par_mot)


def _parentes(besoin: Besoin, par_mot: dict[str, list[Offre]]) -> list[Offre]:
    comptes: dict[int, int] = defaultdict(int)
    offres: dict[int, Offre] = {}
    for mot in sorted(besoin.mots):
        for offre in par_mot.get(mot, []):
            comptes[id(offre)] += 1
            offres[id(offre)] = offre
    return [offre for cle, offre in offres.items() if comptes[cle] >= _MOTS_COMMUNS]


def _dire(une: Participante, besoin: Besoin, trouvees: Sequence[Offre]) -> Occasion:
    cercle = Cercle(autre for autre, _ in trouvees)
    references = [f"{autre.nom}, {solution.reference}" for autre, solution in trouvees]
    reste = len(references) - _REFERENCES
    suite = f" ; et {reste} autre{'s' if reste > 1 else ''}" if reste > 0 else ""
    vues = " ; ".join(references[:_REFERENCES]) + suite
    raison = f"Une solution mutualisée possible y est inscrite ({vues})."
    domaine = besoin.domaine.nom or trouvees[0][1].domaine.nom
    return Occasion(GenreDOccasion.SOLUTIONS, une, (domaine, besoin.reference), cercle, raison)


_VOISINES = 3
_TROP_REPANDU = 60
"""Ce que plus de communes partagent n'en rapproche aucune : le fichier entier serait à appeler."""


class Voisine(NamedTuple):
    """Deux communes qui ont beaucoup à se dire : le nombre d'occasions, par genre."""

    commune: Participante
    autre: Participante
    comptes: Counter[GenreDOccasion]


class Mutualisation(NamedTuple):
    """Le résultat, au jour ``au`` : communes retenues, classeurs écartés, occasions, voisines."""

    au: date
    participantes: tuple[Participante, ...]
    ecartees: tuple[Ecartee, ...]
    occasions: tuple[Occasion, ...]
    voisines: tuple[Voisine, ...]

    def de_genre(self, genre: GenreDOccasion) -> tuple[Occasion, ...]:
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
    comptes: dict[int, dict[int, Counter[GenreDOccasion]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
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
