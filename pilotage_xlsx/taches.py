"""Ce qui est à faire, et quand : contrats, décisions à revoir ou à trancher, incidents ouverts.

Le tableau de bord le montre par formule (`generation.tableau`) ; ces fonctions en sont la jumelle.
Une échéance compte dès que restent l'alerte et la préparation par l'exécutif (`Liens`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.sens import INCIDENT_OUVERT, PROPOSEE, VALIDEE


class Travail(StrEnum):
    """Ce qu'il y a à faire, dans les mots de la feuille."""

    ECHU = "Échéance passée, à mettre à jour"
    RESILIATION_PASSEE = "Dernier jour pour résilier, passé"
    RESILIATION = "Dernier jour pour résilier"
    FIN = "Fin du contrat, délai inconnu"
    REVISION = "Décision à revoir"
    PROPOSITION = "Décision proposée, à trancher"
    INCIDENT = "Incident ouvert"


ECHEANCES = (
    Travail.ECHU,
    Travail.RESILIATION_PASSEE,
    Travail.RESILIATION,
    Travail.FIN,
    Travail.REVISION,
)
"""Les travaux dont le jour est un terme ; les autres disent depuis quand on attend."""


class Tache(msgspec.Struct, frozen=True):
    """Un travail, la ligne dont il vient, et le jour : un terme, ou le début de l'attente."""

    travail: Travail
    ligne: Ligne
    jour: date


def a_faire(liens: Liens) -> tuple[Tache, ...]:
    """Les tâches par date ; le même jour, contrats d'abord, puis décisions, puis incidents."""
    familles = (_contrats(liens), _revisions(liens), _propositions(liens), _incidents(liens))
    taches = (tache for famille in familles for tache in famille)
    return tuple(sorted(taches, key=lambda tache: tache.jour))


def est_en_retard(tache: Tache, au: date) -> bool:
    """Vrai si le terme est passé."""
    return tache.travail in ECHEANCES and tache.jour < au


def horizon(liens: Liens) -> date:
    """Le dernier jour que le tableau de bord annonce."""
    return liens.au + timedelta(days=liens.delai_de_decision)


def _contrats(liens: Liens) -> Iterator[Tache]:
    for outil in liens.outils_en_service:
        if (tache := du_contrat(outil, liens.au)) and tache.jour <= horizon(liens):
            yield tache


def du_contrat(outil: Ligne, au: date) -> Tache | None:
    """Le jour du contrat qui compte maintenant ; rien si la commune n'a pas inscrit sa fin."""
    echeance, dernier = outil.date("echeance"), dernier_jour_pour_resilier(outil)
    if echeance is None:
        return None
    if echeance < au:
        return Tache(Travail.ECHU, outil, echeance)
    if dernier is None:
        return Tache(Travail.FIN, outil, echeance)
    travail = Travail.RESILIATION_PASSEE if dernier < au else Travail.RESILIATION
    return Tache(travail, outil, dernier)


def _revisions(liens: Liens) -> Iterator[Tache]:
    for decision in liens.decisions:
        jour = decision.date("a_revoir_le")
        if liens.est(decision, VALIDEE) and jour and jour <= horizon(liens):
            yield Tache(Travail.REVISION, decision, jour)


def _propositions(liens: Liens) -> Iterator[Tache]:
    for decision in liens.decisions:
        if liens.est(decision, PROPOSEE):
            yield Tache(Travail.PROPOSITION, decision, decision.date("date") or liens.au)


def _incidents(liens: Liens) -> Iterator[Tache]:
    for incident in liens.etat.lignes("incidents"):
        if liens.est(incident, INCIDENT_OUVERT):
            jour = incident.date("constate_le") or liens.au
            yield Tache(Travail.INCIDENT, incident, jour)
