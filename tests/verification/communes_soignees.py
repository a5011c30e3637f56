"""Des communes soignées, tirées au hasard : justes, mais avec les habitudes de qui les remplit.

Chaque commune tient son registre comme une bonne secrétaire : tout est répondu, chaque décision est
consignée. Elle écrit pourtant à sa façon : casse, blancs, noms voisins, remarques qui parlent de
mots de passe, numéros de contrat en 756, lignes closes des années passées, colonnes à elle.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.essentielles import completer
from tests.hasard import tirer_un_ide

AU = date(2026, 11, 24)
_ADOPTION = date(2025, 3, 3)
Objet = dict[str, Any]

_OUTILS = (
    ("Contrôle des habitants", "Contrôle des habitants"),
    ("Comptabilité", "Comptabilité et finances"),
    ("Facturation des taxes", "Facturation et taxes"),
    ("Salaires", "Salaires et RH"),
    ("GED", "Gestion des documents et affaires"),
    ("Serveur 1", "Réseau, serveurs, postes"),
    ("Serveur 2", "Réseau, serveurs, postes"),
    ("Messagerie", "Messagerie et agenda"),
    ("Site internet", "Site internet et guichet en ligne"),
    ("Site intranet", "Site internet et guichet en ligne"),
    ("X", "Réseaux sociaux et messagerie instantanée"),
    ("TÉLÉPHONIE ET ALARMES", "Téléphonie"),
    ("Total Office", "Bureautique et partage de fichiers"),
    ("Caméras de l'école", "Vidéosurveillance et accès"),
    ("Eau : relevé des compteurs", "Eau, énergie, déchets"),
)
_RAISONS = ("Alpha SA", "Alpha Nord SA", "Alpha Sud SA", "Interne Plus Sàrl", "Aucun & Fils", "K+")
_TELEPHONES = ("032 555 01 01", "+41 32 555 01 02", "032/555.01.03", "Aucun", "0800 555 010", "117")
_COURRIELS = ("aide@alpha.example", "Aide <aide@alpha.example>", "a@b.example; c@d.example", None)
_REMARQUES = (
    None,
    "Le mot de passe a été changé, voir le coffre",
    "contrat 756.1234.5678.90",
    "?",
    "idem GED, à voir en 2027",
    "env. 3 postes",
    "n° client 00123 ; depuis 2019",
)


def composer(hasard: Random) -> Objet:
    """Une commune entière, dans la forme de ``generer --depuis``."""
    prestataires = [_prestataire(nom, hasard) for nom in hasard.sample(_RAISONS, 4)]
    noms = [prestataire["nom"] for prestataire in prestataires]
    choisis = hasard.sample(_OUTILS, hasard.randint(5, 14))
    outils = [_outil(nom, domaine, noms, hasard) for nom, domaine in choisis]
    decisions = _decisions([outil["nom"] for outil in outils], noms, hasard)
    document = {
        "commune": _commune(hasard),
        "outils": outils,
        "prestataires": prestataires,
        "decisions": decisions,
        "incidents": [_incident(rang, outils, decisions, hasard) for rang in range(1, 5)],
        "signalements": [_signalement(rang, outils, hasard) for rang in range(1, 4)],
        "echanges": [_echange(rang, hasard) for rang in range(1, 3)],
    }
    return completer(document)


def _commune(hasard: Random) -> Objet:
    return {
        "commune": hasard.choice(("Valmarin", "Roche-Claire", "Les Essarts")),
        "canton": hasard.choice(("VD", "vd", "JU", "FR")),
        "numero_ofs": 9999,
        "executif_nom": hasard.choice(("Municipalité", "Conseil communal", "Conseil municipal")),
        "executif_courriel": "executif@valmarin.example",
        "referent_nom": "Anne Favre",
        "referent_fonction": "secrétaire communal·e",
        "referent_courriel": "greffe@valmarin.example",
        "suppleant_nom": hasard.choice(("Anne Favre-Rochat", "Luc Favre")),
        "designe_le": _ADOPTION.isoformat(),
        "note_adoptee_le": _ADOPTION.isoformat(),
        "inventaire_revu_le": _jour(hasard, 5, 300),
        "annee": 2026,
    }


def _prestataire(nom: str, hasard: Random) -> Objet:
    telephone = hasard.choice(_TELEPHONES)
    courriel = "aide@alpha.example" if telephone == "Aucun" else hasard.choice(_COURRIELS)
    return {
        "nom": nom,
        "prestation": "Logiciel et support",
        "contact": "Mme Rochat",
        "telephone_urgence": telephone,
        "courriel": courriel,
        "siege": hasard.choice(("Suisse", "suisse", "UE/EEE", "À clarifier")),
        "contrat": hasard.choice(("Signé", "Conditions générales seulement", "À clarifier")),
        "clauses": hasard.choice(("Clauses signées", "Demandées", None)),
        "ide": tirer_un_ide(hasard) if hasard.random() < 0.5 else None,
        "remarques": hasard.choice(_REMARQUES),
    }


def _outil(nom: str, domaine: str, prestataires: Sequence[str], hasard: Random) -> Objet:
    donnees = hasard.choice(("Ordinaires", "Sensibles", "Aucune", "À clarifier"))
    lieux = ("Suisse", "Locaux de la commune", "À clarifier")
    return {
        "nom": nom,
        "domaine": domaine,
        "criticite": hasard.choice(("Indispensable", "Important", "accessoire", "À clarifier")),
        "prestataire": _a_sa_facon(hasard.choice((*prestataires, "Géré à l'interne")), hasard),
        "donnees_personnelles": donnees,
        "lieu_donnees": hasard.choice((*lieux, "Sans données") if donnees == "Aucune" else lieux),
        "utilite": "Servir la population",
        "responsable": "Mme Favre",
        "sauvegarde": hasard.choice(("Restauration testée", "Sans objet", "À clarifier")),
        "remplacement": hasard.choice(("Facile", "Difficile", "Très difficile")),
        "recuperation": hasard.choice(("Testée", "Prévue au contrat", "Non prévue", "Sans objet")),
        "acces_administrateur": hasard.choice(("Commune", "Prestataire seul")),
        "repli": hasard.choice(("Formulaires papier", "Aucun", "n/a")),
        "remarques": hasard.choice(_REMARQUES),
        "propres": {"Avis de la boursière": hasard.choice(("?", "idem", "Total", 12.5))},
        **_contrat(hasard),
    }


def _contrat(hasard: Random) -> Objet:
    """Les contrats comme ils sont : durables, échus puis continués, résiliés, sans date."""
    return hasard.choice(
        (
            {"renouvellement": "Durée indéterminée", "cout_annuel": 1200.5},
            {"renouvellement": "Tacite", "echeance": "2029-12-31", "delai_resiliation": 6},
            {"renouvellement": "Sur décision expresse", "echeance": "2027-12-31"},
            {"renouvellement": "Durée indéterminée", "echeance": "2020-12-31"},
            {"renouvellement": "À clarifier", "echeance": "2024-06-30"},
            {"statut": "Arrêté", "echeance": "2024-06-30", "arrete_le": "2024-06-30"},
            {"statut": "À remplacer", "decision_origine": "Prise avant ce registre"},
            {"en_service_depuis": "2012-01-01"},
            {"statut": "En projet", "cout_annuel": 0},
            {"renouvellement": "Sans contrat"},
        )
    )


def _decisions(outils: Sequence[str], prestataires: Sequence[str], hasard: Random) -> list[Objet]:
    """Une décision remplacée et celle qui la remplace, une proposée, une courante, une refusée."""
    ancienne = _decision(1, outils, hasard, statut="Remplacée", a_revoir_le="2026-11-23")
    nouvelle = _decision(2, outils, hasard, statut="Validée", remplace="D-2026-001")
    proposee = _decision(3, outils, hasard, statut="Proposée", executif_le=None, decide_par=None)
    courante = _decision(
        4, outils, hasard, portee="Courante", decide_par="Secrétariat", executif_le=None
    )
    refusee = _decision(5, ("Logiciel jamais inscrit",), hasard, statut="Refusée")
    for pas_faite in (proposee, refusee):
        pas_faite["mise_en_oeuvre_le"] = None
    nouvelle["conseil"] = hasard.choice((None, prestataires[0], "Fiduciaire communale"))
    proposee["a_revoir_le"] = "2027-06-30"
    return [ancienne, nouvelle, proposee, courante, refusee]


def _decision(rang: int, outils: Sequence[str], hasard: Random, **precisions: Any) -> Objet:
    cites = hasard.sample(list(outils), min(len(outils), hasard.randint(1, 2)))
    return {
        "numero": f"D-2026-{rang:03}",
        "date": _jour(hasard, 1, 80),
        "outil": "; ".join(_a_sa_facon(nom, hasard) for nom in cites),
        "decision": "Garder l'outil",
        "motif": "Il convient",
        "risques": hasard.choice(("Aucun identifié", "Dépendance", "Néant")),
        "portee": "Durable ou significative",
        "statut": "Validée",
        "decide_par": "Exécutif",
        "executif_le": _jour(hasard, 1, 80),
        "mise_en_oeuvre_le": hasard.choice((None, "2026-11-01")),
        "remarques": hasard.choice(_REMARQUES),
        **precisions,
    }


def _incident(
    rang: int, outils: Sequence[Objet], decisions: Sequence[Objet], hasard: Random
) -> Objet:
    jour = AU - timedelta(days=hasard.randint(3, 300))
    constat = f"{jour}T{hasard.randint(6, 18):02}:30" if hasard.random() < 0.5 else f"{jour}"
    touche = hasard.random() < 0.5
    attaque = hasard.random() < 0.3
    incident = {
        "numero": f"I-2026-{rang:03}",
        "constate_le": constat,
        "annonce_par": hasard.choice(("Mme Rochat", "Inconnu", "guichet")),
        "outil": hasard.choice((outils[0]["nom"], "Autre / plusieurs")),
        "nature": "Compte piraté" if attaque else "Panne",
        "description": "Le guichet n'a pas pu servir la population.",
        "service_touche": "Oui" if touche else "non",
        "donnees_touchees": "Non",
        "referent_informe_le": jour.isoformat(),
        "prestataire_contacte_le": hasard.choice(("Pas nécessaire", jour.isoformat())),
        "executif_informe_le": jour.isoformat() if touche else None,
        "statut": "Clos",
        "mesures": "Remis en service",
        "clos_le": jour.isoformat(),
        "suite": hasard.choice((None, decisions[1]["numero"])),
    }
    return {**incident, **({"annonce_ofcs": "Non requise"} if attaque else {})}


def _signalement(rang: int, outils: Sequence[Objet], hasard: Random) -> Objet:
    return {
        "numero": f"S-2026-{rang:03}",
        "date": _jour(hasard, 1, 300),
        "annonce_par": "guichet",
        "genre": hasard.choice(("Besoin", "Dysfonctionnement", "Risque")),
        "outil": hasard.choice((outils[-1]["nom"], "aucun")),
        "description": "L'écran est lent.",
        "statut": hasard.choice(("Nouveau", "En cours", "Clos", "Refusé")),
        "priorite": hasard.choice(("Haute", None)),
    }


def _echange(rang: int, hasard: Random) -> Objet:
    return {
        "numero": f"E-2026-{rang:03}",
        "date": _jour(hasard, 1, 300),
        "organisme": "Commune de Belcombe",
        "sujet": "Guichet en ligne",
        "apport": hasard.choice(("Bonne pratique", "Solution mutualisée possible", None)),
    }


def _jour(hasard: Random, au_moins: int, au_plus: int) -> str:
    return (AU - timedelta(days=hasard.randint(au_moins, au_plus))).isoformat()


def _a_sa_facon(nom: str, hasard: Random) -> str:
    """Le nom cité tel que la personne l'écrit : casse, blancs, apostrophe."""
    facons = (nom, nom.upper(), f" {nom} ", nom.replace(" ", "\u00a0"), nom.replace("'", "’"))
    return hasard.choice(facons)
