"""Toutes les occasions de parler entre communes, et par lesquelles commencer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
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
_DEUX = 2
_MELES = "Plusieurs domaines"
_PREMIERES = 5
_SOLUTION = "y a inscrit une solution possible"

Offre = tuple[Participante, Solution]
Demande = tuple[Participante, Besoin]


def repondre_a_un_besoin(participantes: Sequence[Participante], au: date) -> Iterator[Occasion]:
    """Une ligne par domaine des besoins ouverts et des solutions qui pourraient y répondre.

    Un besoin sans domaine a ceux des solutions qui lui ressemblent.
    """
    groupes: dict[Hashable, tuple[dict[int, Offre], list[Demande]]] = {}
    for une, besoin, trouvees in _apparier(participantes):
        dits = _domaines([(une, besoin)], trouvees)
        cle = _nommer(dits) if dits else frozenset(id(offre) for offre in trouvees)
        offres, demandes = groupes.setdefault(cle, ({}, []))
        offres.update((id(offre), offre) for offre in trouvees)
        demandes.append((une, besoin))
    occasions = (_dire(list(siennes.values()), dem, au) for siennes, dem in groupes.values())
    yield from sorted(occasions, key=lambda occasion: cle_large(str(occasion.objet[0])))


def _domaines(demandes: Sequence[Demande], offres: Sequence[Offre]) -> frozenset[Domaine]:
    """Celui du besoin s'il le dit ; sinon, ceux des solutions."""
    siens = frozenset(besoin.domaine for _, besoin in demandes if besoin.domaine.est_dit)
    return siens or frozenset(s.domaine for _, s in offres if s.domaine.est_dit)


def _nommer(domaines: frozenset[Domaine]) -> str:
    """« Archivage », « Archivage ou Sauvegarde » ; au-delà, leur nom ne dirait plus rien."""
    noms = sorted({domaine.nom or "" for domaine in domaines}, key=cle_large)
    return " ou ".join(noms) if len(noms) <= _DEUX else _MELES


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


def _dire(offres: Sequence[Offre], demandes: Sequence[Demande], au: date) -> Occasion:
    parts = (
        *(
            Contribution(une, s.reference, sait="y a inscrit une solution possible")
            for une, s in offres
        ),
        *(Contribution(une, besoin.reference) for une, besoin in demandes),
    )
    domaine = _nommer(_domaines(demandes, offres)) or "Sans domaine"
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


def _importance(occasion: Occasion) -> tuple[bool, int, float, date]:
    """Les plus nombreux d'abord ; ce qui mêle les domaines ne dit pas par où commencer."""
    jour = occasion.dernier_jour or date.max
    est_mele = occasion.objet[0] == _MELES
    return (est_mele, -len(occasion.communes), -(occasion.francs or 0), jour)


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
