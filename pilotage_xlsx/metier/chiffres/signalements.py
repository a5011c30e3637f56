"""Les signalements : reçus et clos dans l'année, ouverts depuis trop longtemps.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... signalements | numero     | date       | statut
...              | S-2026-001 | 20.11.2026 | Nouveau
...              | S-2026-002 | 01.03.2026 | Nouveau
... ''')
>>> RECUS.mesurer(liens, 2026).valeur, ANCIENS.mesurer(liens, 2026).valeur
(2, 1)

Source : note § 4 (l'administration signale) ; le seuil est dans le modèle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.lignes import de_l_annee
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre
from pilotage_xlsx.modele.sens import SIGNALEMENT_OUVERT
from pilotage_xlsx.registre import Ligne


def _anciens(liens: Liens, _: int | None) -> Iterator[Ligne]:
    seuil = liens.modele.identite.seuils.signalement_nouveau_jours
    limite = liens.au - timedelta(days=seuil)
    for signalement in liens.etat.lignes("signalements"):
        jour = signalement.date("date")
        if jour and jour < limite and liens.est(signalement, SIGNALEMENT_OUVERT):
            yield signalement


RECUS = Chiffre(
    "signalements_recus",
    "signalements reçus",
    Chapitre.SIGNALEMENTS,
    lambda liens, annee: de_l_annee(liens.etat.lignes("signalements"), "date", annee),
    colonne="Signalements reçus",
)
CLOS = Chiffre(
    "signalements_clos",
    "signalements clos",
    Chapitre.SIGNALEMENTS,
    lambda liens, annee: de_l_annee(liens.etat.lignes("signalements"), "clos_le", annee),
)
ANCIENS = Chiffre(
    "signalements_anciens",
    "signalements ouverts depuis longtemps",
    Chapitre.SIGNALEMENTS,
    _anciens,
)
