"""Une solution mutualisée possible, vue par une commune, répond au besoin ouvert d'une autre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pilotage_xlsx.consolidation.mutualisation.occasion import Cercle, Genre, Occasion
from pilotage_xlsx.consolidation.mutualisation.participantes import (
    Besoin,
    Domaine,
    Participante,
    Solution,
)

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
    return Occasion(Genre.SOLUTIONS, une, (domaine, besoin.reference), cercle, raison)
