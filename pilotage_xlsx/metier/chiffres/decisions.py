"""Les décisions de l'année, et celles qui attendent, de quelque année qu'elles soient.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... decisions | numero     | date       | statut
...           | D-2026-001 | 16.02.2026 | Validée
...           | D-2025-004 | 03.11.2025 | Proposée
... ''')
>>> DECISIONS.mesurer(liens, 2026).valeur, EN_ATTENTE.mesurer(liens, 2026).valeur
(1, 1)
>>> DECISIONS.mesurer(liens, None).valeur
0

Source : note § 5.
"""

from __future__ import annotations

from pilotage_xlsx.metier.lignes import de_l_annee, qui_repondent
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre
from pilotage_xlsx.modele.sens import DURABLE, PROPOSEE, VALIDEE

DECISIONS = Chiffre(
    "decisions",
    "décisions de l'année",
    Chapitre.DECISIONS,
    lambda liens, annee: de_l_annee(liens.decisions, "date", annee),
    colonne="Décisions",
)
DURABLES = Chiffre(
    "durables",
    "décisions durables",
    Chapitre.DECISIONS,
    lambda liens, annee: qui_repondent(liens, DECISIONS.lignes(liens, annee), DURABLE),
    colonne="dont durables",
)
DURABLES_VALIDEES = Chiffre(
    "durables_validees",
    "décisions durables validées",
    Chapitre.DECISIONS,
    lambda liens, annee: qui_repondent(liens, DURABLES.lignes(liens, annee), VALIDEE),
)
VUES = Chiffre(
    "vues",
    "décisions durables validées, datées d'une séance",
    Chapitre.DECISIONS,
    lambda liens, annee: (
        d for d in DURABLES_VALIDEES.lignes(liens, annee) if d.jour("executif_le")
    ),
    base=DURABLES_VALIDEES,
)
MISES_EN_OEUVRE = Chiffre(
    "mises_en_oeuvre",
    "décisions mises en œuvre",
    Chapitre.DECISIONS,
    lambda liens, annee: de_l_annee(liens.decisions, "mise_en_oeuvre_le", annee),
)
EN_ATTENTE = Chiffre(
    "en_attente",
    "décisions en attente",
    Chapitre.DECISIONS,
    lambda liens, _: qui_repondent(liens, liens.decisions, PROPOSEE),
    colonne="En attente",
)
