"""Des contrats du même domaine qui finissent presque ensemble : demander une offre commune."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.occasion import (
    Cercle,
    GenreDOccasion,
    Occasion,
    Usage,
    reunir,
)
from pilotage_xlsx.consolidation.mutualisation.outils import Usages
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.socle.typographie import jour

MOIS = 6


class _Rencontre(NamedTuple):
    """Des contrats qui finissent presque ensemble ; ``premier`` : où l'un d'eux se résilie."""

    cercle: Cercle
    premier: date | None


def finir_ensemble(usages: Usages, au: date) -> Iterator[Occasion]:
    """Une ligne par contrat à venir dont un voisin, ailleurs, finit à moins de six mois."""
    for _, groupe in _par_domaine(usages, au):
        fins = [_fin(usage) for usage in groupe]
        rencontres: dict[tuple[int, int], _Rencontre] = {}
        for usage in groupe:
            bornes = _bornes(fins, _fin(usage))
            if bornes not in rencontres:
                rencontres[bornes] = _rencontrer(groupe[slice(*bornes)], au)
            if rencontres[bornes].cercle.combien(usage.commune):
                yield _dire(usage, rencontres[bornes], usages)


def _par_domaine(usages: Usages, au: date) -> Iterator[tuple[str, list[Usage]]]:
    """Les contrats qui finissent après ``au``, par domaine puis par date."""
    groupes: dict[str, list[Usage]] = defaultdict(list)
    for usage in usages.tous:
        domaine, fin = usage.outil.domaine, usage.outil.echeance
        if domaine.nom and domaine.est_dit and fin and fin >= au:
            groupes[domaine.nom].append(usage)
    for nom in sorted(groupes, key=cle_large):
        yield nom, sorted(groupes[nom], key=_fin)


def _fin(usage: Usage) -> date:
    return usage.outil.echeance or date.max


def _bornes(fins: Sequence[date], fin: date) -> tuple[int, int]:
    """Les rangs des dates à moins de six mois de ``fin``, d'un côté et de l'autre."""
    dernier = ajouter_mois(fin, MOIS) - timedelta(days=1)
    debut = bisect_left(fins, ajouter_mois(fin, -MOIS))
    while debut < len(fins) and ajouter_mois(fins[debut], MOIS) <= fin:
        debut += 1
    return debut, bisect_right(fins, dernier)


def _rencontrer(voisins: Sequence[Usage], au: date) -> _Rencontre:
    derniers = (voisin.outil.dernier_jour for voisin in voisins)
    a_venir = (dernier for dernier in derniers if dernier and dernier >= au)
    return _Rencontre(reunir(voisins), min(a_venir, default=None))


def _dire(usage: Usage, rencontre: _Rencontre, usages: Usages) -> Occasion:
    outil, cercle = usage.outil, rencontre.cercle
    avant = f" avant le {jour(rencontre.premier)}" if rencontre.premier else ""
    raison = f"Contrats qui finissent à moins de {MOIS} mois : demander une offre commune{avant}."
    prestataire = usages.prestataire(usage)
    objet = (outil.domaine.nom, outil.nom, prestataire, outil.echeance, outil.dernier_jour)
    return Occasion(GenreDOccasion.ECHEANCES, usage.commune, objet, cercle, raison)
