"""Où sont les données personnelles, et sous quels groupes sont les sensibles.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... outils       | nom  | donnees_personnelles | prestataire
...              | GED  | Sensibles            | Beta Inc
...              | Site | Ordinaires           | Beta Inc
... prestataires | nom      | siege
...              | Beta Inc | États-Unis
... ''')
>>> [c.mesurer(liens, 2026).valeur for c in (PERSONNELLES, SENSIBLES, SOUS_GROUPE_ETRANGER)]
[2, 1, 1]

Source : note § 2 (maîtrise minimale).
"""

from __future__ import annotations

from pilotage_xlsx.metier.jugements import groupes_etrangers
from pilotage_xlsx.metier.lignes import qui_repondent, repartir
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre
from pilotage_xlsx.modele.sens import DONNEES_PERSONNELLES, DONNEES_SENSIBLES

PERSONNELLES = Chiffre(
    "donnees_personnelles",
    "données personnelles",
    Chapitre.MAITRISE,
    lambda liens, _: qui_repondent(liens, liens.outils_en_service, DONNEES_PERSONNELLES),
    parts=lambda liens, lignes: repartir(liens, lignes, "outils", "lieu_donnees"),
    colonne="Outils à données personnelles",
)
SENSIBLES = Chiffre(
    "donnees_sensibles",
    "outils à données sensibles",
    Chapitre.MAITRISE,
    lambda liens, annee: qui_repondent(liens, PERSONNELLES.lignes(liens, annee), DONNEES_SENSIBLES),
    colonne="dont sensibles",
)
SOUS_GROUPE_ETRANGER = Chiffre(
    "sous_groupe_etranger",
    "données sensibles, groupe hors de Suisse",
    Chapitre.MAITRISE,
    lambda liens, annee: (o for o in SENSIBLES.lignes(liens, annee) if groupes_etrangers(liens, o)),
    citation="Outils à données sensibles dont le prestataire appartient à un groupe hors de Suisse",
    colonne="sous un groupe hors de Suisse",
)
