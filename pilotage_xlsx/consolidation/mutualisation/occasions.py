"""Toutes les occasions de parler entre communes, et par lesquelles commencer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.choix import Ecartee
from pilotage_xlsx.consolidation.mutualisation.echeances import finir_ensemble
from pilotage_xlsx.consolidation.mutualisation.occasion import (
    Contribution,
    GenreDOccasion,
    Occasion,
    reunir,
)
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
from pilotage_xlsx.socle.textes import cle_large

_MOTS_COMMUNS = 2
"""Sans domaine des deux côtés, deux mots longs de la description doivent se retrouver."""

_REFERENCES = 4
_PREMIERES = 5
_SOLUTION = "y a inscrit une solution possible"

Offre = tuple[Participante, Solution]
Demande = tuple[Participante, Besoin]


def repondre_a_un_besoin(participantes: Sequence[Participante], au: date) -> Iterator[Occasion]:
    """Une ligne par groupe de besoins ouverts auxquels les mêmes solutions pourraient répondre."""
    groupes: dict[Hashable, tuple[dict[int, Offre], list[Demande]]] = {}
    for une, besoin, trouvees in _apparier(participantes):
        dits = {d for d in (besoin.domaine, *(s.domaine for _, s in trouvees)) if d.est_dit}
        cle = dits.pop() if len(dits) == 1 else frozenset(id(offre) for offre in trouvees)
        offres, demandes = groupes.setdefault(cle, ({}, []))
        offres.update((id(offre), offre) for offre in trouvees)
        demandes.append((une, besoin))
    for offres, demandes in sorted(groupes.values(), key=lambda g: _nommer_le_domaine(*g)):
        yield _dire(list(offres.values()), demandes, au)


def _apparier(
    participantes: Sequence[Participante],
) -> Iterator[tuple[Participante, Besoin, list[Offre]]]:
    """Chaque besoin, et les solutions vues ailleurs qui pourraient y répondre."""
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
                yield une, besoin, trouvees


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


def _nommer_le_domaine(offres: Mapping[int, Offre], demandes: Sequence[Demande]) -> str:
    nom = demandes[0][1].domaine.nom or next(iter(offres.values()))[1].domaine.nom
    return cle_large(nom or "")


def _dire(offres: Sequence[Offre], demandes: Sequence[Demande], au: date) -> Occasion:
    parts = (
        *(
            Contribution(une, s.reference, sait="y a inscrit une solution possible")
            for une, s in offres
        ),
        *(Contribution(une, besoin.reference) for une, besoin in demandes),
    )
    domaines = (*(besoin.domaine for _, besoin in demandes), *(s.domaine for _, s in offres))
    domaine = next((d.nom for d in domaines if d.est_dit), "Sans domaine")
    objet = (domaine, _citer(offres), _citer(demandes))
    raison = "Une solution mutualisée possible est inscrite, et des besoins y répondent."
    return reunir(GenreDOccasion.SOLUTIONS, objet, parts, raison, au)


def _citer(inscrites: Sequence[Offre] | Sequence[Demande]) -> str:
    """« Valmarin, échange E-2026-003 ; … » ; quatre au plus."""
    references = [f"{une.nom}, {inscrite.reference}" for une, inscrite in inscrites]
    reste = len(references) - _REFERENCES
    suite = f" ; et {reste} autre{'s' if reste > 1 else ''}" if reste > 0 else ""
    return " ; ".join(references[:_REFERENCES]) + suite


class Mutualisation(NamedTuple):
    """Le résultat, au jour ``au`` : communes retenues, classeurs écartés, occasions."""

    au: date
    participantes: tuple[Participante, ...]
    ecartees: tuple[Ecartee, ...]
    occasions: tuple[Occasion, ...]

    def de_genre(self, genre: GenreDOccasion) -> tuple[Occasion, ...]:
        """Les occasions de ce genre, dans l'ordre."""
        return tuple(occasion for occasion in self.occasions if occasion.genre is genre)

    @property
    def premieres(self) -> tuple[Occasion, ...]:
        """Par où commencer : de chaque genre, les cinq qui réunissent le plus de communes."""
        return tuple(
            occasion
            for genre in GenreDOccasion
            for occasion in sorted(self.de_genre(genre), key=_importance)[:_PREMIERES]
        )


def _importance(occasion: Occasion) -> tuple[int, float, date]:
    jour = occasion.dernier_jour or date.max
    return (-len(occasion.communes), -(occasion.francs or 0), jour)


def trouver_les_usages(participantes: Sequence[Participante]) -> Usages:
    """Les outils de ces communes, leurs prestataires réunis sous un nom."""
    inscriptions = (
        (outil.prestataire, outil.ide)
        for une in participantes
        for outil in une.outils
        if outil.prestataire
    )
    return Usages(participantes, regrouper(inscriptions))


def chercher(
    participantes: Sequence[Participante], ecartees: Sequence[Ecartee], au: date
) -> Mutualisation:
    """Cherche les occasions entre des communes, une par classeur ; ne lève rien."""
    usages = trouver_les_usages(participantes)
    occasions = (
        *partager_un_prestataire(usages, au),
        *partager_un_outil(usages, au),
        *finir_ensemble(usages, au),
        *profiter_d_un_essai(usages, au),
        *repondre_a_un_besoin(participantes, au),
    )
    return Mutualisation(au, tuple(participantes), tuple(ecartees), occasions)
