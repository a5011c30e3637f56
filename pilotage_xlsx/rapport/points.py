"""Ce que l'exécutif doit décider : les affaires qui appellent quelqu'un, aucune deux fois.

L'adoption et les désignations d'abord ; puis, par criticité, ce qui a encore un dernier jour, le
plus proche en tête, ce qui n'en a pas, et ce dont le jour est passé, le plus récent en tête ; à
égalité, le plus cher. Une même faiblesse d'outils indispensables fait un seul point, qui les nomme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pilotage_xlsx.metier.affaires import (
    Affaire,
    Nature,
    du_contrat,
    est_du_deliberant,
    recenser,
)
from pilotage_xlsx.metier.expositions import Faiblesse
from pilotage_xlsx.metier.jugements import coute_chaque_annee
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import IMPORTANT, INDISPENSABLE
from pilotage_xlsx.rapport.chiffres import Point
from pilotage_xlsx.registre import Ligne

DE_LA_COMMUNE = (Nature.ADOPTION, Nature.REFERENT, Nature.SUPPLEANT)
_DEJA_PAYES = (Nature.CONTRAT, Nature.REMPLACEMENT)
_DES_OUTILS = (*_DEJA_PAYES, Nature.PROJET)


def a_decider(liens: Liens) -> tuple[Point, ...]:
    """Tous les points à décider, dans l'ordre où l'exécutif les lit."""
    affaires = [affaire for affaire in recenser(liens) if affaire.appelle]
    seules = [a for a in _sans_redite(affaires) if a.exposition is None]
    points = (*(_en_point(liens, affaire) for affaire in seules), *_exposer(affaires))
    return tuple(sorted(points, key=lambda point: _ordre(point, liens.au)))


def _sans_redite(affaires: Iterable[Affaire]) -> Iterator[Affaire]:
    """Sans le contrat dont une proposition parle déjà, ni le remplacement ou le projet d'un outil
    dont le contrat ou une proposition se décide : c'est la même question."""
    vus: set[int] = set()
    for affaire in affaires:
        outils = {outil.numero for outil in affaire.outils}
        if affaire.nature not in _DES_OUTILS or outils - vus:
            yield affaire
        if affaire.nature in (Nature.PROPOSITION, Nature.CONTRAT):
            vus |= outils


def _exposer(affaires: Iterable[Affaire]) -> Iterator[Point]:
    """Un point par faiblesse, pour tous les outils qu'elle touche."""
    groupes: dict[Faiblesse, list[Affaire]] = defaultdict(list)
    for affaire in affaires:
        if affaire.exposition is not None:
            groupes[affaire.exposition.faiblesse].append(affaire)
    for faiblesse, groupe in groupes.items():
        outils = tuple(outil for affaire in groupe for outil in affaire.outils)
        yield Point(Nature.EXPOSITION, groupe[0].ligne, outils, faiblesse=faiblesse)


def _en_point(liens: Liens, affaire: Affaire) -> Point:
    if affaire.nature is Nature.PROPOSITION:
        return _proposer(liens, affaire)
    est_un_projet = affaire.nature is Nature.PROJET
    return Point(
        affaire.nature,
        affaire.ligne,
        affaire.outils,
        criticite=_criticite(liens, affaire.outils),
        cout=affaire.ligne.nombre("cout_annuel") if est_un_projet else None,
        cout_est_annuel=est_un_projet,
        depense=_depense(affaire.outils) if affaire.nature in _DEJA_PAYES else None,
        dernier_jour=affaire.dernier_jour,
        contrat=affaire if affaire.nature is Nature.CONTRAT else None,
    )


def _proposer(liens: Liens, affaire: Affaire) -> Point:
    """Une proposition : le contrat qui la presse, et ce qui en est déjà fait."""
    decision, contrat = affaire.ligne, _contrat_en_jeu(liens, affaire.outils)
    fait_le = decision.date("mise_en_oeuvre_le")
    return Point(
        affaire.nature,
        decision,
        affaire.outils,
        criticite=_criticite(liens, affaire.outils),
        cout=decision.nombre("cout"),
        cout_est_annuel=coute_chaque_annee(liens, decision),
        depense=_depense(affaire.outils),
        dernier_jour=contrat.dernier_jour if contrat else None,
        contrat=contrat,
        fait_le=fait_le if fait_le and fait_le <= liens.au else None,
        est_au_deliberant=est_du_deliberant(liens, decision),
    )


def _depense(outils: Iterable[Ligne]) -> float | None:
    """Ce que ces outils coûtent par an ; rien si l'un d'eux ne le dit pas."""
    couts = [outil.nombre("cout_annuel") for outil in outils]
    connus = [cout for cout in couts if cout is not None]
    return sum(connus) if connus and len(connus) == len(couts) else None


def _contrat_en_jeu(liens: Liens, outils: Sequence[Ligne]) -> Affaire | None:
    """Des contrats de ces outils, celui dont le dernier jour vient d'abord ; sinon, celui dont il
    est passé depuis le moins longtemps. Un jour lointain ne presse pas."""
    contrats = [contrat for outil in outils if (contrat := du_contrat(liens, outil))]
    pressants = [contrat for contrat in contrats if contrat.est_pressante]
    dates = [(contrat, jour) for contrat in pressants if (jour := contrat.dernier_jour)]
    if not dates:
        return None
    return min(dates, key=lambda paire: _attendre(paire[1], liens.au))[0]


def _criticite(liens: Liens, outils: Iterable[Ligne]) -> int:
    """0 pour un outil indispensable, 1 pour un important, 2 pour le reste."""
    rangs = (
        0 if liens.est(outil, INDISPENSABLE) else 1 if liens.est(outil, IMPORTANT) else 2
        for outil in outils
    )
    return min(rangs, default=2)


def _ordre(point: Point, au: date) -> tuple[int, int, tuple[int, int], float]:
    if point.nature in DE_LA_COMMUNE:
        return (DE_LA_COMMUNE.index(point.nature), 0, (0, 0), 0)
    return (
        len(DE_LA_COMMUNE),
        point.criticite,
        _attendre(point.dernier_jour, au),
        -(point.cout or point.depense or 0),
    )


def _attendre(jour: date | None, au: date) -> tuple[int, int]:
    if jour is None:
        return (1, 0)
    reste = (jour - au).days
    return (0, reste) if reste >= 0 else (2, -reste)
