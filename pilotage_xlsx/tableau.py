"""Les chiffres du tableau de bord : figés, sans phrase, chacun de sa seule définition.

La feuille les compte par formule (`generation.tableau`) ; ces fonctions en sont la jumelle.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.sens import (
    DONNEES_SENSIBLES,
    DONNEES_TOUCHEES,
    DURABLE,
    DUREE_INDETERMINEE,
    IMPORTANT,
    INCIDENT_OUVERT,
    PROPOSEE,
    SANS_CONTRAT,
    SERVICE_TOUCHE,
    SIEGE_ETRANGER,
    TRES_DIFFICILE,
)
from pilotage_xlsx.vocabulaire import CLE_A_CLARIFIER, Marque

_NON_PREVUE = Marque("outils", "recuperation", "non_prevue")
_RECUPERATION_A_CLARIFIER = Marque("outils", "recuperation", CLE_A_CLARIFIER)

Repartition = tuple[tuple[str, int], ...]


class Tableau(msgspec.Struct, frozen=True):
    """Ce que le tableau de bord compte.

    ``prestataires`` : ceux des outils indispensables, le premier en tête ; à égalité, dans l'ordre
    de leur feuille. ``sans_fin`` : les outils dont le contrat n'a pas de date de fin inscrite.
    """

    outils: int
    indispensables: int
    importants: int
    par_criticite: Repartition
    par_lieu: Repartition
    prestataires: tuple[tuple[Ligne, int], ...]
    cout: float
    couts_connus: int
    decisions: int
    durables: int
    en_attente: int
    incidents: int
    touchants: int
    ouverts: int
    signalements: int
    sans_fin: tuple[Ligne, ...]


def compter(liens: Liens) -> Tableau:
    """Compte tout, au jour des liens et pour l'année de la fiche."""
    outils = liens.outils_en_service
    couts = [cout for outil in outils if (cout := outil.nombre("cout_annuel")) is not None]
    decisions = _de_l_annee(liens, "decisions", "date")
    incidents = _de_l_annee(liens, "incidents", "constate_le")
    return Tableau(
        outils=len(outils),
        indispensables=len(liens.indispensables),
        importants=sum(liens.est(outil, IMPORTANT) for outil in outils),
        par_criticite=repartir(liens, outils, "criticite"),
        par_lieu=repartir(liens, outils, "lieu_donnees"),
        prestataires=tuple((p, len(siens)) for p, siens in des_indispensables(liens)),
        cout=sum(couts),
        couts_connus=len(couts),
        decisions=len(decisions),
        durables=sum(liens.est(decision, DURABLE) for decision in decisions),
        en_attente=sum(liens.est(decision, PROPOSEE) for decision in liens.decisions),
        incidents=len(incidents),
        touchants=sum(a_touche(liens, incident) for incident in incidents),
        ouverts=sum(liens.est(i, INCIDENT_OUVERT) for i in liens.etat.lignes("incidents")),
        signalements=len(_de_l_annee(liens, "signalements", "date")),
        sans_fin=tuple(outil for outil in outils if est_sans_fin(liens, outil)),
    )


def repartir(liens: Liens, outils: tuple[Ligne, ...], colonne: str) -> Repartition:
    """Combien d'outils par valeur, dans l'ordre de la liste du modèle."""
    choix = liens.modele.choix(liens.modele.par_id["outils"].par_id[colonne])
    comptes = Counter(str(v) for o in outils if not isinstance(v := o[colonne], Illisible))
    return tuple((valeur, comptes[valeur]) for valeur in choix)


def des_indispensables(liens: Liens) -> tuple[tuple[Ligne, tuple[Ligne, ...]], ...]:
    """Les prestataires inscrits des outils indispensables, et ces outils ; le premier en tête."""
    outils: dict[Ligne, list[Ligne]] = {p: [] for p in liens.etat.lignes("prestataires")}
    for outil in liens.indispensables:
        if prestataire := liens.prestataire(outil):
            outils[prestataire].append(outil)
    groupes = [(prestataire, tuple(siens)) for prestataire, siens in outils.items() if siens]
    return tuple(sorted(groupes, key=lambda groupe: -len(groupe[1])))


def a_touche(liens: Liens, incident: Ligne) -> bool:
    """Vrai si l'incident a touché un service à la population ou la sécurité des données."""
    return liens.est(incident, SERVICE_TOUCHE, DONNEES_TOUCHEES)


def est_captif(liens: Liens, outil: Ligne) -> bool:
    """Vrai si la commune ne peut pas quitter l'outil : très difficile à remplacer, et rien ne dit
    qu'elle récupérerait ses données. Une cellule vide ne prouve rien."""
    est_incertaine = liens.est(outil, _NON_PREVUE, _RECUPERATION_A_CLARIFIER)
    return liens.est(outil, TRES_DIFFICILE) and est_incertaine


def groupe_etranger(liens: Liens, outil: Ligne) -> Ligne | None:
    """Le prestataire qui tient ses données sensibles sous un siège hors de Suisse ; sinon rien."""
    if not liens.est(outil, DONNEES_SENSIBLES):
        return None
    prestataire = liens.prestataire(outil)
    est_etranger = prestataire is not None and liens.est(prestataire, SIEGE_ETRANGER)
    return prestataire if est_etranger else None


def est_sans_fin(liens: Liens, outil: Ligne) -> bool:
    """Vrai pour un contrat de durée indéterminée, ou dont la fin n'est pas inscrite."""
    if outil["echeance"] is not None or liens.est(outil, SANS_CONTRAT):
        return False
    return liens.est(outil, DUREE_INDETERMINEE) or liens.prestataire(outil) is not None


def _de_l_annee(liens: Liens, registre: str, colonne: str) -> list[Ligne]:
    annee = liens.registre.annee
    return [
        ligne
        for ligne in liens.etat.lignes(registre)
        if (jour := ligne.date(colonne)) and jour.year == annee
    ]
