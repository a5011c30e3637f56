"""Ce que sont devenues les décisions : faites, en cours, en retard, et depuis quel jour.

Est en retard ce qui attend sa mise en œuvre depuis plus d'un an (seuil du modèle), ou dont le jour
de révision est passé sans qu'une proposition s'en occupe. Une orientation générale ne se met pas en
œuvre un jour donné : elle est en vigueur.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... decisions | numero | date       | statut  | mise_en_oeuvre_le | a_revoir_le
...           | D-1    | 12.03.2025 | Validée | 01.06.2025        |
...           | D-2    | 12.03.2025 | Validée |                   |
...           | D-3    | 12.03.2026 | Validée |                   |
...           | D-4    | 12.03.2026 | Validée | 01.06.2026        | 01.10.2026
... ''')
>>> [(suite.sort.value, suite.motif.value) for suite in suivre(liens, 2025)]
[('faite', ''), ('en retard', 'pas mise en œuvre'), ('en cours', ''), ('en retard', 'à revoir')]

Source : note §4 (l'administration met en œuvre), §3.2 (cohérence dans le temps).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from pilotage_xlsx.metier.affaires import Nature, Urgence, recenser
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import VALIDEE
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne

_ORIENTATION = Marque("decisions", "portee", "orientation")


class OuEnEst(StrEnum):
    """Où en est une décision validée, dans les mots qui le montrent."""

    EN_RETARD = "en retard"
    EN_COURS = "en cours"
    FAITE = "faite"
    EN_VIGUEUR = "en vigueur"


class Retard(StrEnum):
    """Pourquoi une décision est en retard."""

    AUCUN = ""
    PAS_FAITE = "pas mise en œuvre"
    A_REVOIR = "à revoir"


class Suite(msgspec.Struct, frozen=True):
    """Une décision validée et son sort ; ``vote`` : le jour où elle fut prise ; ``jour`` : celui de
    sa mise en œuvre, faite ou prévue, ou de la révision passée."""

    decision: Ligne
    sort: OuEnEst
    vote: date | None
    jour: date | None = None
    motif: Retard = Retard.AUCUN


def jour_du_vote(decision: Ligne) -> date | None:
    """Le jour de la séance de l'exécutif, sinon celui de la décision."""
    return decision.date("executif_le") or decision.date("date")


def attente(liens: Liens, decision: Ligne) -> int | None:
    """Depuis combien de jours une décision validée attend sa mise en œuvre ; rien si elle n'en
    attend pas, ou si la cellule en dit quelque chose."""
    est_a_faire = liens.est(decision, VALIDEE) and not liens.est(decision, _ORIENTATION)
    if not est_a_faire or decision["mise_en_oeuvre_le"] is not None:
        return None
    return liens.jours_depuis(jour_du_vote(decision))


def suivre(liens: Liens, depuis: int) -> tuple[Suite, ...]:
    """Les décisions votées dès l'année ``depuis``, et celles d'avant qui sont en retard."""
    return tuple(
        suite
        for suite in _suivre_toutes(liens)
        if suite.sort is OuEnEst.EN_RETARD or (suite.vote is not None and suite.vote.year >= depuis)
    )


def _suivre_toutes(liens: Liens) -> Iterator[Suite]:
    echues = {
        affaire.ligne: affaire.dernier_jour
        for affaire in recenser(liens)
        if affaire.nature is Nature.REVISION
        and affaire.urgence is Urgence.PASSEE
        and affaire.reponse is None
    }
    for decision in liens.decisions:
        if liens.est(decision, VALIDEE):
            yield _situer(liens, decision, echues.get(decision))


def _situer(liens: Liens, decision: Ligne, revision: date | None) -> Suite:
    vote, faite = jour_du_vote(decision), decision.date("mise_en_oeuvre_le")
    if revision is not None:
        return Suite(decision, OuEnEst.EN_RETARD, vote, revision, Retard.A_REVOIR)
    jours = attente(liens, decision)
    if jours is not None and jours > liens.modele.identite.seuils.mise_en_oeuvre_jours:
        return Suite(decision, OuEnEst.EN_RETARD, vote, motif=Retard.PAS_FAITE)
    if liens.est(decision, _ORIENTATION):
        return Suite(decision, OuEnEst.EN_VIGUEUR, vote, faite or vote)
    est_faite = faite is not None and faite <= liens.au
    return Suite(decision, OuEnEst.FAITE if est_faite else OuEnEst.EN_COURS, vote, faite)
