"""Ce que l'exécutif doit décider : les affaires qui appellent une décision, une par outil.

Un outil ne donne qu'un point : celui de la première nature qui en parle. D'abord ce qui a encore
un dernier jour, le plus proche en tête ; puis ce qui n'en a pas ; puis ce dont le jour est passé,
le plus récent en tête.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pilotage_xlsx.metier.affaires import Affaire, Nature, Urgence, recenser
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.rapport.chiffres import Point

_DES_OUTILS = (Nature.CONTRAT, Nature.REMPLACEMENT)


def a_decider(liens: Liens) -> tuple[Point, ...]:
    """Tous les points à décider, dans l'ordre où l'exécutif les lit."""
    points = map(_en_point, _sans_redite(filter(_se_decide, recenser(liens))))
    return tuple(sorted(points, key=lambda point: _ordre(point, liens.au)))


def _se_decide(affaire: Affaire) -> bool:
    """Vrai pour ce que la première page porte à décider."""
    match affaire.nature:
        case Nature.CONTRAT:
            return affaire.appelle and affaire.est_pressante
        case Nature.REVISION:
            return affaire.appelle and affaire.urgence is Urgence.PASSEE
        case Nature.PROPOSITION | Nature.REMPLACEMENT:
            return affaire.reponse is None
        case _:
            return False


def _sans_redite(affaires: Iterable[Affaire]) -> Iterator[Affaire]:
    vus: set[int] = set()
    for affaire in affaires:
        outils = {outil.numero for outil in affaire.outils}
        if affaire.nature is Nature.PROPOSITION or not outils or outils - vus:
            yield affaire
        vus |= outils


def _en_point(affaire: Affaire) -> Point:
    est_annuel = affaire.nature in _DES_OUTILS
    a_un_cout = est_annuel or affaire.nature is Nature.PROPOSITION
    return Point(
        affaire.nature,
        affaire.ligne,
        affaire.outils,
        cout=affaire.ligne.nombre("cout_annuel" if est_annuel else "cout") if a_un_cout else None,
        cout_est_annuel=est_annuel,
        dernier_jour=affaire.dernier_jour,
        sinon=affaire.sinon,
    )


def _ordre(point: Point, au: date) -> tuple[int, int]:
    if point.dernier_jour is None:
        return (1, 0)
    reste = (point.dernier_jour - au).days
    return (0, reste) if reste >= 0 else (2, -reste)
