"""Les décisions de l'année, et celles qui attendent, de quelque année qu'elles soient."""

from __future__ import annotations

from pilotage_xlsx.metier.lignes import de_l_annee, qui_repondent
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre
from pilotage_xlsx.modele.sens import DURABLE, PROPOSEE

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
VUES = Chiffre(
    "vues",
    "décisions durables datées d'une séance",
    Chapitre.DECISIONS,
    lambda liens, annee: (d for d in DURABLES.lignes(liens, annee) if d.jour("executif_le")),
    base=DURABLES,
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
