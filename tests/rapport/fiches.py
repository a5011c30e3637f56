"""Des communes de papier pour les essais des fiches : une ordinaire, une bavarde."""

from __future__ import annotations

import io
from datetime import date

import pypdf

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.rapport import fiches
from pilotage_xlsx.registre import Ligne
from tests.tableaux import AU, modele, registre

ORVAGNE = """
commune | commune | canton | executif_nom | executif_courriel | executif_telephone | referent_nom | referent_courriel | referent_telephone | suppleant_nom | contact_cyber | annee
        | Orvagne | FR | Conseil communal | conseil@orvagne.example | 026 555 01 30 | Éloïse Guérin | greffe@orvagne.example | 026 555 01 10 | Jo Bach | Centre d'alerte, 026 555 01 40 | 2026
prestataires | nom | telephone_urgence | courriel | numero_client
        | Alpha SA | 026 555 01 20 | aide@alpha.example | 40-118
        | Beta Sàrl | Aucun | aide@beta.example
        | Gamma | |
outils  | nom | criticite | prestataire | repli | responsable | cout_annuel | statut
        | Habitants | Indispensable | Alpha SA | Formulaires papier | Guichet | 12000 |
        | Messagerie | Indispensable | Beta Sàrl | Téléphone | Greffe | |
        | Serveur | Indispensable | Géré à l'interne | | Boursière | |
        | Eau | Indispensable | Gamma | Relevé à pied | | |
        | Vieux | Indispensable | Alpha SA | Rien | | | Arrêté
        | Site | Accessoire | Alpha SA | | | |
decisions | numero | date | outil | decision | motif | risques | portee | statut | proposition | cout | options | suite_de | executif_le | decide_par
        | D-2026-001 | 02.03.2026 | Messagerie | Changer d'hébergeur | Trop de pannes | Adresses à refaire | Durable ou significative | Proposée | rejoindre le groupement | 1450 | Rester | I-2026-002 |
        | D-2026-002 | 02.04.2026 | Site | Refaire le site | Vieilli | Aucun identifié | Durable ou significative | Validée | | | | |
        | D-2026-004 | 02.05.2026 | Site | Refondre | Vieilli | Aucun identifié | Durable ou significative | Validée | | | | | 19.05.2026 | Exécutif
        | D-2026-003 | 02.05.2026 | Site | Fermer le forum | Vide | Aucun identifié | Courante | Refusée | | | | |
incidents | numero | constate_le | annonce_par | nature | outil | description | service_touche | donnees_touchees | donnees_personnelles | referent_informe_le | prestataire_contacte_le | executif_informe_le | statut | annonce_ofcs | ofcs_le | mesures | clos_le | interruption_heures | suite
        | I-2026-001 | 12.03.2026 08:10 | Guichet | Panne | Habitants | Écran noir | Oui | Non | | 12.03.2026 08:30 | 12.03.2026 09:10 | 13.03.2026 | Clos | | | Relancé | 13.03.2026 | 3.5 |
        | I-2026-002 | 02.09.2026 | Greffe | Compte piraté | Messagerie | Le mot de passe : Sesame2026! de 756.9217.0769.85 | Non | Oui | Oui | 02.09.2026 | Pas nécessaire | | En cours | Faite | 03.09.2026 | | | | D-2026-001
        | I-2026-003 | 03.09.2026 | Greffe | Hameçonnage | Messagerie | Faux message | Non | Non | | 03.09.2026 | Pas nécessaire | | Clos | | | Rien | 03.09.2026 | |
        | I-2026-004 | 04.09.2026 | Greffe | Panne | Eau | On ne sait pas | À déterminer | Non | | | | | Ouvert | | | | | |
"""  # noqa: E501 — un tableau se lit sur ses lignes

SUJETS = ("decision", "incident", "avis", "urgence")


def liens(texte: str = ORVAGNE, au: date = AU) -> Liens:
    """Le classeur que décrit le texte, au jour dit."""
    return Liens(modele(), registre(texte), au)


def bavarde(signes: int = 500, outils: int = 60) -> Liens:
    """Une commune où chaque texte libre a ``signes`` signes : ce qu'une page a de pire."""
    long = ("Rejoindre le groupement intercommunal d'hébergement des données communales ; " * 99)[
        :signes
    ]
    nom = "Plateforme intercommunale de gestion électronique des affaires"
    lignes = [
        "commune | commune | executif_nom | referent_nom | suppleant_nom | contact_cyber"
        " | autorite_donnees_nom | autorite_donnees_contact | annee",
        f" | {long} | Conseil municipal | {long} | {long} | {long} | {long} | {long} | 2026",
        "prestataires | nom | telephone_urgence",
        f" | {nom} SA | 026 555 01 20",
        "outils | nom | criticite | prestataire | repli | cout_annuel | echeance | lieu_donnees",
        *(
            f" | {nom} {n} | Indispensable | {nom} SA | {long} | 12345.65 | 31.12.2027 | Suisse"
            for n in range(outils)
        ),
        "decisions | numero | date | outil | decision | motif | risques | options | proposition"
        " | conseil | mutualisee | portee | statut | cout | suite_de | remplace | a_revoir_le",
        f" | D-2026-001 | 01.02.2026 | {'; '.join(f'{nom} {n}' for n in range(6))} | {long}"
        f" | {long} | {long} | {long} | {long} | {nom} SA | Non | Durable ou significative"
        " | Proposée | 98765.45 | I-2026-001 | D-2026-002 | 01.01.2030",
        f" | D-2026-002 | 01.01.2026 | {nom} 0 | {long} | {long} | {long} | | |"
        " | | Durable ou significative | Remplacée | | | |",
        "incidents | numero | constate_le | annonce_par | nature | outil | description"
        " | service_touche | donnees_touchees | donnees_personnelles | statut | mesures | cause"
        " | motif_non_annonce | remarques | suite",
        f" | I-2026-001 | 01.02.2026 08:00 | {long} | Divulgation ou envoi erroné"
        f" | {nom} 0; {nom} 1 | {long} | Oui | Oui | Oui | En cours | {long} | {long} | {long}"
        f" | {long} | D-2026-001; D-2026-002",
    ]
    return liens("\n".join(lignes))


def trouver(classeur: Liens, numero: str) -> Ligne:
    """La décision ou l'incident de ce numéro."""
    registre = "decisions" if numero.startswith("D") else "incidents"
    ligne = classeur.etat.trouver(registre, numero)
    assert ligne is not None
    return ligne


def composer(sujet: str, numero: str = "", classeur: Liens | None = None) -> fiches.Fiche:
    """La fiche demandée."""
    classeur = classeur or liens()
    if sujet == "urgence":
        return fiches.urgence.composer(classeur)
    sortes = {"decision": fiches.decision, "incident": fiches.incident, "avis": fiches.avis}
    return sortes[sujet].composer(classeur, trouver(classeur, numero))


def en_texte(fiche: fiches.Fiche) -> str:
    """La fiche en texte, sur de longues lignes et sans espace fine, pour y chercher une phrase."""
    brut = fiches.rendre(fiche, "txt", AU).decode("utf-8")
    return " ".join(brut.replace("\u202f", " ").replace("\u00a0", " ").split())


def pages(octets: bytes) -> int:
    """Les pages d'un PDF, relu par un autre que nous."""
    return len(pypdf.PdfReader(io.BytesIO(octets)).pages)
