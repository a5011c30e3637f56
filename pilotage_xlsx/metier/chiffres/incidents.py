"""Les incidents de l'année, et ceux d'années passées qui ne sont pas clos.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... incidents | numero     | constate_le | statut
...           | I-2026-001 | 12.03.2026  | Clos
...           | I-2025-002 | 04.12.2025  | Ouvert
... ''')
>>> INCIDENTS.mesurer(liens, 2026).valeur, ENCORE_OUVERTS.mesurer(liens, 2026).valeur
(1, 1)

Source : note § 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.jugements import a_touche, est_a_determiner
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.lignes import de_l_annee, qui_repondent
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre
from pilotage_xlsx.modele.sens import INCIDENT_OUVERT
from pilotage_xlsx.registre import Ligne


def _encore_ouverts(liens: Liens, annee: int | None) -> Iterator[Ligne]:
    for incident in liens.etat.lignes("incidents"):
        jour = incident.date("constate_le")
        est_passe = jour is not None and annee is not None and jour.year < annee
        if est_passe and liens.est(incident, INCIDENT_OUVERT):
            yield incident


INCIDENTS = Chiffre(
    "incidents",
    "incidents de l'année",
    Chapitre.INCIDENTS,
    lambda liens, annee: de_l_annee(liens.etat.lignes("incidents"), "constate_le", annee),
    colonne="Incidents",
)
TOUCHANTS = Chiffre(
    "touchants",
    "incidents qui ont touché",
    Chapitre.INCIDENTS,
    lambda liens, annee: (i for i in INCIDENTS.lignes(liens, annee) if a_touche(liens, i)),
    colonne="Ont touché un service ou des données",
)
A_DETERMINER = Chiffre(
    "effet_a_determiner",
    "incidents à l'effet à déterminer",
    Chapitre.INCIDENTS,
    lambda liens, annee: (i for i in INCIDENTS.lignes(liens, annee) if est_a_determiner(liens, i)),
)
OUVERTS = Chiffre(
    "ouverts_de_l_annee",
    "incidents de l'année encore ouverts",
    Chapitre.INCIDENTS,
    lambda liens, annee: qui_repondent(liens, INCIDENTS.lignes(liens, annee), INCIDENT_OUVERT),
)
ENCORE_OUVERTS = Chiffre(
    "encore_ouverts",
    "incidents d'années passées encore ouverts",
    Chapitre.INCIDENTS,
    _encore_ouverts,
)
