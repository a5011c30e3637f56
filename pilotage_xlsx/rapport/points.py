"""Ce que l'exécutif doit décider : décisions proposées, contrats, révisions échues, remplacements.

Un outil ne donne qu'un point : celui de la première source qui en parle. D'abord ce qui a encore
un dernier jour, le plus proche en tête ; puis ce qui n'en a pas ; puis ce dont le jour est passé,
le plus récent en tête.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.rapport.chiffres import Nature, Point
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.sens import A_REMPLACER, PROPOSEE, VALIDEE


def a_decider(liens: Liens) -> tuple[Point, ...]:
    """Tous les points à décider, dans l'ordre où l'exécutif les lit."""
    sources = (_proposees(liens), _contrats(liens), _revisions(liens), _remplacements(liens))
    points = _sans_redite(point for source in sources for point in source)
    return tuple(sorted(points, key=lambda point: _ordre(point, liens.au)))


def _sans_redite(points: Iterator[Point]) -> Iterator[Point]:
    vus: set[int] = set()
    for point in points:
        outils = {outil.numero for outil in point.outils}
        if point.nature is Nature.DECISION or not outils or outils - vus:
            yield point
        vus |= outils


def _ordre(point: Point, au: date) -> tuple[int, int]:
    if point.dernier_jour is None:
        return (1, 0)
    reste = (point.dernier_jour - au).days
    return (0, reste) if reste >= 0 else (2, -reste)


def _proposees(liens: Liens) -> Iterator[Point]:
    for decision in liens.decisions:
        if liens.est(decision, PROPOSEE):
            outils = liens.etat.citees(decision, "outil", "outils")
            yield Point(
                Nature.DECISION,
                decision,
                outils,
                cout=decision.nombre("cout"),
                dernier_jour=_prochain_jour(outils, liens),
            )


def _prochain_jour(outils: tuple[Ligne, ...], liens: Liens) -> date | None:
    """Le dernier jour qui presse la décision ; un jour lointain ne presse pas."""
    jours = (dernier_jour_pour_resilier(outil) for outil in outils)
    proches = (j for j in jours if j and 0 <= (j - liens.au).days <= liens.delai_de_decision)
    return min(proches, default=None)


def _contrats(liens: Liens) -> Iterator[Point]:
    for outil in liens.outils_en_service:
        if reconduction := liens.reconduction(outil):
            yield Point(
                Nature.CONTRAT,
                outil,
                (outil,),
                cout=outil.nombre("cout_annuel"),
                cout_est_annuel=True,
                dernier_jour=dernier_jour_pour_resilier(outil),
                reconduction=reconduction,
            )


def _revisions(liens: Liens) -> Iterator[Point]:
    reprises = _reprises(liens)
    for decision in liens.decisions:
        jour = decision.date("a_revoir_le")
        est_en_vigueur = liens.est(decision, VALIDEE) and decision.numero not in reprises
        if jour and jour < liens.au and est_en_vigueur:
            outils = liens.etat.citees(decision, "outil", "outils")
            yield Point(Nature.REVISION, decision, outils, dernier_jour=jour)


def _reprises(liens: Liens) -> set[int]:
    """Les décisions qu'une proposition veut déjà remplacer."""
    return {
        citee.numero
        for decision in liens.decisions
        if liens.est(decision, PROPOSEE)
        for citee in liens.etat.citees(decision, "remplace", "decisions")
    }


def _remplacements(liens: Liens) -> Iterator[Point]:
    for outil in liens.outils:
        est_a_remplacer = liens.est(outil, A_REMPLACER)
        if est_a_remplacer and not any(map(liens.est_ouverte, liens.decisions_liees(outil))):
            yield Point(
                Nature.REMPLACEMENT,
                outil,
                (outil,),
                cout=outil.nombre("cout_annuel"),
                cout_est_annuel=True,
            )
