"""Ce que seul le tableau de bord compte, à côté des chiffres du rapport.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... outils | nom  | criticite
...        | GED  | Important
...        | Site |
... ''')
>>> [(nom, len(siens)) for nom, siens in PAR_CRITICITE.mesurer(liens, 2026).parts if siens]
[('Important', 1), ('Pas de réponse', 1)]
"""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres.parc import EN_SERVICE
from pilotage_xlsx.metier.jugements import est_sans_fin
from pilotage_xlsx.metier.lignes import qui_repondent, repartir
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre
from pilotage_xlsx.modele.sens import INCIDENT_OUVERT

PAR_CRITICITE = Chiffre(
    "par_criticite",
    "outils en service, par criticité",
    Chapitre.TABLEAU_DE_BORD,
    EN_SERVICE.lignes,
    parts=lambda liens, lignes: repartir(liens, lignes, "outils", "criticite"),
)
PAR_LIEU = Chiffre(
    "par_lieu",
    "outils en service, par lieu des données",
    Chapitre.TABLEAU_DE_BORD,
    EN_SERVICE.lignes,
    parts=lambda liens, lignes: repartir(liens, lignes, "outils", "lieu_donnees"),
)
OUVERTS = Chiffre(
    "incidents_ouverts",
    "incidents ouverts",
    Chapitre.TABLEAU_DE_BORD,
    lambda liens, _: qui_repondent(liens, liens.etat.lignes("incidents"), INCIDENT_OUVERT),
)
SANS_DATE_DE_FIN = Chiffre(
    "sans_date_de_fin",
    "contrats sans date de fin",
    Chapitre.TABLEAU_DE_BORD,
    lambda liens, _: (o for o in liens.outils_en_service if est_sans_fin(liens, o)),
)
