"""Ce qui se juge d'une ligne au-delà de ses liens : a touché, captif, groupe étranger, sans fin.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... outils | nom  | remplacement   | recuperation | mutualisation
...        | GED  | Très difficile | Non prévue   |
...        | Wifi | Très difficile |              |
...        | Rôle | Très difficile | Non prévue   | Fourni par le canton
... ''')
>>> [est_captif(liens, outil) for outil in liens.outils]
[True, False, False]
"""

from __future__ import annotations

import re

from pilotage_xlsx.metier.etat import est_exigee
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import (
    CANTONAL,
    DE_DROIT,
    DONNEES_SENSIBLES,
    DONNEES_TOUCHEES,
    DUREE_INDETERMINEE,
    FRAUDE,
    SANS_CONTRAT,
    SERVICE_TOUCHE,
    SIEGE_ETRANGER,
    TRES_DIFFICILE,
)
from pilotage_xlsx.modele.vocabulaire import CLE_A_CLARIFIER, Marque
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, cle_large

_LONGUEUR_LUE = 5_000
"""Au-delà, ce ne sont plus des risques en quelques mots."""

_NON_PREVUE = Marque("outils", "recuperation", "non_prevue")
_A_DETERMINER = (
    Marque("incidents", "service_touche", "a_determiner"),
    Marque("incidents", "donnees_touchees", "a_determiner"),
)
_RECUPERATION_A_CLARIFIER = Marque("outils", "recuperation", CLE_A_CLARIFIER)
_CHAQUE_ANNEE = Marque("decisions", "cout_frequence", "par_an")
_UNE_FOIS = Marque("decisions", "cout_frequence", "une_fois")
_PAR_AN = motif(r"\bpar an(née)?\b|\bannuel|/ ?an\b", re.IGNORECASE)
"""Ce qui dit, dans les mots d'une décision, que son coût revient chaque année."""


def a_touche(liens: Liens, incident: Ligne) -> bool:
    """Vrai si l'incident a touché un service à la population ou la sécurité des données."""
    return liens.est(incident, SERVICE_TOUCHE, DONNEES_TOUCHEES)


def est_a_determiner(liens: Liens, incident: Ligne) -> bool:
    """Vrai si l'on ne sait pas encore si l'incident a touché un service ou des données."""
    return liens.est(incident, *_A_DETERMINER)


def est_a_annoncer(liens: Liens, incident: Ligne) -> bool:
    """Vrai si le modèle demande d'en informer l'exécutif, et que la feuille a la colonne."""
    colonne = liens.modele.par_id["incidents"].par_id.get("executif_informe_le")
    return colonne is not None and incident.lieu.a(colonne.id) and est_exigee(colonne, incident)


def est_de_droit(liens: Liens, outil: Ligne) -> bool:
    """Vrai si l'outil vient du canton, ou d'un organisme lié par la loi ou une convention."""
    prestataire = liens.prestataire(outil)
    est_lie = prestataire is not None and liens.est(prestataire, DE_DROIT)
    return liens.est(outil, CANTONAL) or est_lie


def est_captif(liens: Liens, outil: Ligne) -> bool:
    """Vrai si la commune ne peut pas quitter l'outil : très difficile à remplacer, et rien ne dit
    qu'elle récupérerait ses données. Une cellule vide ne prouve rien ; du canton, elle ne sort pas.
    """
    est_incertaine = liens.est(outil, _NON_PREVUE, _RECUPERATION_A_CLARIFIER)
    tient = liens.est(outil, TRES_DIFFICILE) and est_incertaine
    return tient and not est_de_droit(liens, outil)


def groupes_etrangers(liens: Liens, outil: Ligne) -> tuple[Ligne, ...]:
    """Les prestataires de l'outil, principal ou non, dont le groupe a son siège hors de Suisse et
    qui tiennent ses données sensibles."""
    if not liens.est(outil, DONNEES_SENSIBLES):
        return ()
    return tuple(p for p in liens.prestataires_de(outil) if liens.est(p, SIEGE_ETRANGER))


def grands_fournisseurs(liens: Liens, outil: Ligne) -> tuple[Ligne, ...]:
    """De ces groupes étrangers, ceux que la liste datée du modèle nomme."""
    groupes, liste = groupes_etrangers(liens, outil), liens.modele.note.grands_fournisseurs
    if not groupes or not liste:
        return ()
    noms = set(map(cle_large, liste.noms))
    return tuple(
        groupe
        for groupe in groupes
        if noms.intersection(map(cle_large, _mots(groupe.texte("nom") or "")))
    )


def parle_du_lieu(liens: Liens, risques: Texte) -> bool:
    """Vrai si ces risques parlent d'un lieu ou d'un droit étranger, aux mots du modèle ; tout en
    parle, si le modèle n'en donne aucun."""
    liste = liens.modele.note.grands_fournisseurs
    debuts = tuple(map(cle_large, liste.risques)) if liste else ()
    return not debuts or any(cle_large(mot).startswith(debuts) for mot in _mots(risques))


def _mots(texte: Texte) -> list[str]:
    return [mot for mot in re.split(r"[\s,;:.()/'’]+", texte[:_LONGUEUR_LUE]) if mot]


def concerne_l_executif(liens: Liens, incident: Ligne) -> bool:
    """Vrai aussi d'une fraude au paiement : elle ne touche ni service ni donnée, mais la caisse."""
    return a_touche(liens, incident) or liens.est(incident, FRAUDE)


def coute_chaque_annee(liens: Liens, decision: Ligne) -> bool:
    """Vrai si le coût de la décision revient chaque année : la colonne le dit, sinon ses mots."""
    if liens.est(decision, _CHAQUE_ANNEE, _UNE_FOIS):
        return liens.est(decision, _CHAQUE_ANNEE)
    textes = (decision.texte("decision"), decision.texte("proposition"))
    return any(texte and _PAR_AN.search(texte[:_LONGUEUR_LUE]) for texte in textes)


def est_sans_fin(liens: Liens, outil: Ligne) -> bool:
    """Vrai pour un contrat de durée indéterminée, ou dont la fin n'est pas inscrite."""
    if outil["echeance"] is not None or liens.est(outil, SANS_CONTRAT):
        return False
    return liens.est(outil, DUREE_INDETERMINEE) or liens.prestataire(outil) is not None
