"""Ce qui change vraiment dans une cellule : vide ou illisible d'un côté, rien n'est dit."""

from __future__ import annotations

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import DECISION_ANTERIEURE, EN_EUROPE, HORS_DE_SUISSE
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne

_EN_SUISSE = Marque("outils", "lieu_donnees", "en_suisse")


def ont_change(colonne: str, avant: Ligne, apres: Ligne) -> bool:
    """Vrai si la cellule est un texte lisible des deux côtés, et qu'il a changé."""
    textes = avant.texte(colonne), apres.texte(colonne)
    return None not in textes and textes[0] != textes[1]


def a_quitte_la_suisse(liens: Liens, avant: Ligne, apres: Ligne) -> bool:
    """Vrai si les données étaient en Suisse à coup sûr, et n'y sont plus toutes."""
    est_ailleurs = liens.est(apres, HORS_DE_SUISSE, EN_EUROPE)
    return liens.est(avant, _EN_SUISSE) and est_ailleurs


def cout_en_hausse(liens: Liens, avant: Ligne, apres: Ligne) -> bool:
    """Vrai si le coût monte de plus que les deux seuils de la commune, en pour-cent et en CHF."""
    ancien, nouveau = avant.nombre("cout_annuel"), apres.nombre("cout_annuel")
    if ancien is None or nouveau is None:
        return False
    hausse = nouveau - ancien
    pourcent = liens.etat.seuil("seuil_hausse_pourcent")
    return hausse > liens.etat.seuil("seuil_hausse_chf") and hausse * 100 > ancien * pourcent


def etait_deja_en_service(liens: Liens, outil: Ligne, annee: int | None) -> bool:
    """Vrai si l'outil servait avant l'année du premier classeur, qui l'avait oublié."""
    if liens.est(outil, DECISION_ANTERIEURE):
        return True
    depuis = outil.date("en_service_depuis")
    return depuis is not None and annee is not None and depuis.year < annee
