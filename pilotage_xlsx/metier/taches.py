"""Ce qui est à faire, et quand : les affaires pressantes sans réponse, et les incidents ouverts.

Le tableau de bord le montre par formule (`generation.tableau`) ; ces fonctions en sont la jumelle.

>>> from tests.metier.tables import lier, noms
>>> liens = lier('''
... outils | nom  | echeance   | delai_resiliation | renouvellement
...        | GED  | 31.03.2027 | 3                 | Tacite
...        | Site | 31.10.2026 |                   | Sur décision expresse
... ''')
>>> for tache in a_faire(liens):
...     print(*noms([tache.ligne]), tache.jour, tache.travail, est_en_retard(tache, liens.au))
Site 2026-10-31 Échéance passée, à mettre à jour True
GED 2026-12-31 Dernier jour pour résilier False
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from pilotage_xlsx.metier.affaires import Affaire, Nature, Sinon, recenser
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import INCIDENT_OUVERT
from pilotage_xlsx.registre import Ligne


class Travail(StrEnum):
    """Ce qu'il y a à faire, dans les mots de la feuille."""

    ECHU = "Échéance passée, à mettre à jour"
    RESILIATION_PASSEE = "Dernier jour pour résilier, passé"
    RESILIATION = "Dernier jour pour résilier"
    FIN = "Fin du contrat, délai inconnu"
    RENOUVELLEMENT = "Fin du contrat, à renouveler"
    REVISION = "Décision à revoir"
    PROPOSITION = "Décision proposée, à trancher"
    INCIDENT = "Incident ouvert"


ECHEANCES = (
    Travail.ECHU,
    Travail.RESILIATION_PASSEE,
    Travail.RESILIATION,
    Travail.FIN,
    Travail.RENOUVELLEMENT,
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


def _contrats(liens: Liens) -> Iterator[Tache]:
    for affaire in sorted(_pressantes(liens, Nature.CONTRAT), key=lambda a: a.ligne.numero):
        if affaire.terme is not None and affaire.dernier_jour is not None:
            travail, est_echu = _travail(affaire, liens.au), affaire.terme < liens.au
            yield Tache(travail, affaire.ligne, affaire.terme if est_echu else affaire.dernier_jour)


def _travail(affaire: Affaire, au: date) -> Travail:
    """Ce que demande un contrat."""
    if affaire.terme is not None and affaire.terme < au:
        return Travail.ECHU
    if affaire.sinon is Sinon.PREND_FIN:
        return Travail.RENOUVELLEMENT
    if not affaire.delai_connu:
        return Travail.FIN
    est_passe = affaire.dernier_jour is not None and affaire.dernier_jour < au
    return Travail.RESILIATION_PASSEE if est_passe else Travail.RESILIATION


def _revisions(liens: Liens) -> Iterator[Tache]:
    for affaire in _pressantes(liens, Nature.REVISION):
        if affaire.dernier_jour is not None:
            yield Tache(Travail.REVISION, affaire.ligne, affaire.dernier_jour)


def _pressantes(liens: Liens, nature: Nature) -> Iterator[Affaire]:
    for affaire in recenser(liens):
        if affaire.nature is nature and affaire.appelle and affaire.est_pressante:
            yield affaire


def _propositions(liens: Liens) -> Iterator[Tache]:
    for affaire in recenser(liens):
        if affaire.nature is Nature.PROPOSITION:
            jour = affaire.ligne.date("date") or liens.au
            yield Tache(Travail.PROPOSITION, affaire.ligne, jour)


def _incidents(liens: Liens) -> Iterator[Tache]:
    for incident in liens.etat.lignes("incidents"):
        if liens.est(incident, INCIDENT_OUVERT):
            jour = incident.date("constate_le") or liens.au
            yield Tache(Travail.INCIDENT, incident, jour)
