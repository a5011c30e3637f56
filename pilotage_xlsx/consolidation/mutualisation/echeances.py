"""Des contrats du même domaine qui finissent presque ensemble : demander une offre commune."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from pilotage_xlsx.consolidation.mutualisation.occasion import (
    GenreDOccasion,
    Occasion,
    Usage,
    en_parts,
    est_partage,
    jour_a_venir,
    reunir,
)
from pilotage_xlsx.consolidation.mutualisation.outils import Usages
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.socle.typographie import jour

MOIS = 6


def finir_ensemble(usages: Usages, au: date) -> Iterator[Occasion]:
    """Une ligne par domaine et par période : des contrats qui finissent à moins de six mois.

    Un contrat dont un voisin finit ailleurs, à moins de six mois, est d'une ligne au moins ; celui
    dont le dernier jour est passé n'est d'aucune.
    """
    for domaine, groupe in _par_domaine(usages, au):
        for voisins in _periodes(groupe):
            yield _dire(domaine, voisins, au)


def _par_domaine(usages: Usages, au: date) -> Iterator[tuple[str, list[Usage]]]:
    """Les contrats dont la fin, et le dernier jour, sont à venir ; par domaine puis par date."""
    groupes: dict[str, list[Usage]] = defaultdict(list)
    for usage in usages.tous:
        domaine, fin = usage.outil.domaine, usage.outil.echeance
        est_a_venir = fin and fin >= au and jour_a_venir(usage.outil, au)
        if domaine.nom and domaine.est_dit and est_a_venir:
            groupes[domaine.nom].append(usage)
    for nom in sorted(groupes, key=cle_large):
        yield nom, sorted(groupes[nom], key=lambda u: (_fin(u), cle_large(u.commune.nom)))


def _fin(usage: Usage) -> date:
    return usage.outil.echeance or date.max


def _periodes(groupe: Sequence[Usage]) -> Iterator[Sequence[Usage]]:
    """Les périodes de moins de six mois qui réunissent le plus, jusqu'à ce que chacun en soit."""
    fins = [_fin(usage) for usage in groupe]
    periodes = [
        (debut, _jusqu_a(fins, debut))
        for debut in range(len(groupe))
        if not debut or fins[debut] != fins[debut - 1]
    ]
    utiles = [
        (debut, bout)
        for rang, (debut, bout) in enumerate(periodes)
        if (not rang or bout > periodes[rang - 1][1]) and est_partage(groupe[debut:bout])
    ]
    attendus = [any(debut <= rang < bout for debut, bout in utiles) for rang in range(len(groupe))]
    choisies = []
    while any(attendus):
        cumul = [0, *accumulate(attendus)]
        debut, bout = max(utiles, key=lambda p: (cumul[p[1]] - cumul[p[0]], -p[0]))
        attendus[debut:bout] = [False] * (bout - debut)
        choisies.append((debut, bout))
    yield from (groupe[debut:bout] for debut, bout in sorted(choisies))


def _jusqu_a(fins: Sequence[date], debut: int) -> int:
    """Le rang qui suit la dernière fin à moins de six mois de celle-ci."""
    return bisect_right(fins, ajouter_mois(fins[debut], MOIS) - timedelta(days=1))


def _dire(domaine: str, voisins: Sequence[Usage], au: date) -> Occasion:
    incertains = sum(not usage.outil.delai_connu for usage in voisins)
    contrats = f"{len(voisins)} contrats finissent à moins de {MOIS} mois : demander une offre"
    manque = f" ; délai de résiliation non inscrit pour {incertains}" if incertains else ""
    debut, bout = _fin(voisins[0]), _fin(voisins[-1])
    quand = jour(debut) if debut == bout else f"{jour(debut)} – {jour(bout)}"
    raison = f"{contrats} commune{manque}."
    objet = (domaine, quand)
    return reunir(GenreDOccasion.ECHEANCES, objet, en_parts(voisins), raison, au)
