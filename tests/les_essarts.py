"""Ce qu'une secrétaire tape la première fois, fautes comprises : la commune « Les Essarts ».

Un registre est un petit tableau : les en-têtes, puis une ligne par ligne de la feuille. Une ligne
« ~ » reste vide. Une cellule qui commence par « ^ » est collée, donc ni contrôlée ni convertie.
"""

from __future__ import annotations

from collections.abc import Mapping

COLLE, VIDE = "^", "~"

FICHE: Mapping[str, str] = {
    "Commune": "Les Essarts",
    "Canton": "VD",
    "N° OFS": "9996",
    "Habitants": "317",
    "Nom de l'exécutif": "Municipalité",
    "Courriel de l'exécutif": "municipalite@les-essarts.example",
    "Référent : nom": "Madeleine Orsaval",
    "Référent : fonction": "Secrétaire communal·e",
    "Référent : courriel": "greffe@les-essarts.example",
    "Référent : téléphone": "021 555 01 90",
    "Suppléant : nom": "Pascal Trévignod, boursier",
    "Désigné le": "9.3.26",
    "Réf. du PV de désignation": "PV 05/2026, point 3",
    "Note adoptée le": "9 mars 2026",
}

PRESTATAIRES = """
Nom | Prestation | Contact | Téléphone d'urgence | Siège du groupe | Contrat écrit | Courriel
Alpha Informatique SA | Habitants et comptabilité | Service aux communes | 021 555 01 20 | Suisse | Signé | communes@alpha-informatique.example
Beta Web Sàrl | Site internet | Bureau de projet | 555 01 22 | Suisse | Signé | support@beta-web.example
Delta Télécom SA | Téléphone et internet | Service aux entreprises | 021 555 01 24 | Suisse | Signé |
Mu Messagerie SA | Messagerie | Assistance | 021 555 01 32 | Suisse | Signé | assistance(at)mu-messagerie.example
Canton | Votations | Assistance aux communes | 021 555 01 72 | Suisse | Base légale ou convention (canton, association) |
"""  # noqa: E501

OUTILS = """
Outil ou service | Domaine | Criticité | Prestataire | Données personnelles | Lieu des données | Utilité | Responsable interne | Sauvegarde | Remplacement | Récupération de nos données | Accès administrateur | Mode de repli | Décision d'origine | Échéance du contrat | Délai de résiliation (mois) | Renouvellement | Coût annuel (CHF) | Emplacement
Contrôle des habitants | Contrôle des habitants | Indispensable | Alpha Informatique SA | Sensibles | Suisse | Arrivées et départs | Secrétaire | Par le prestataire, sans preuve | Très difficile | À clarifier | Commune et prestataire | Formulaires papier | Prise avant ce registre | 31.12.2028 | 12 | Tacite | 4'800 | Serveur du prestataire
Comptabilité | Comptabilité et finances | Indispensable | Alpha Informatique SA | Ordinaires | Suisse | Comptes et factures | Boursier | | Difficile | À clarifier | Commune et prestataire | Banque en ligne | Prise avant ce registre | 31.12.2028 | 12 | Tacite | 3950.50 | Serveur du prestataire
Messagerie | Messagerie et agenda | Indispensable | Mu Messagerie SA | Ordinaires | Suisse | Courrier et agendas | Secrétaire | Par le prestataire, sans preuve | Facile | Prévue au contrat | Commune | Téléphone | D-2026-001 | 31.05.2029 | 3 | Sur décision expresse | 840 | Serveur du prestataire
~
Site internet | Site internet et guichet en ligne | Important | Beta Web Sàrl | Aucune | Suisse | Avis et horaires | Secrétaire | À clarifier | Facile | | | | | | | | env. 500 |
Téléphonie | Téléphonie | ^Indispensabel | Delta Télécom SA | Ordinaires | Suisse | Joindre la commune | Secrétaire | Sans objet | Facile | Sans objet | Prestataire seul | Téléphone mobile | | | | Durée indéterminée | CHF 1'140 |
Salaires | Salaires et RH | Important | Fiduciaire Tiralon | Sensibles | À clarifier | Six salaires | Boursier | À clarifier | Facile | | | | | | | | 1'500.- |
Postes de travail | Réseau, serveurs, postes | Important | Géré à l'interne | Ordinaires | Locaux de la commune | Deux postes, un portable | Secrétaire | Sans objet | Facile | | | | | | | | | Bureau communal
 | Sauvegarde | Important | | | | | | | | | | | | | | | |
Messagerie | Messagerie et agenda | Indispensable | Mu Messagerie SA | Ordinaires | Suisse | Courrier et agendas | Secrétaire | Par le prestataire, sans preuve | Facile | Prévue au contrat | Commune | Téléphone | D-2026-001 | | | | |
Registre du cimetière | Cimetière | Accessoire | Géré à l'interne | Ordinaires | Locaux de la commune | | | | | | | | | | | | | Armoire de la cure
Votations et élections | Votations et élections | Important | Canton | Sensibles | Suisse | Registre des électeurs | Secrétaire | Par le prestataire, sans preuve | Très difficile | | | | | | | | |
~
Total | | | | | | | | | | | | | | | | | =SUM({somme}) |
"""  # noqa: E501

DECISIONS = """
N° | Date | Outil ou service concerné | Décision | Motif du choix | Principaux risques | Portée | Statut | Décidé par | Exécutif : séance ou décision du | Réf. du PV | Proposition du référent | Coût (CHF) | Mise en œuvre le
D-2026-001 | 12/03/2026 | Messagerie | Prendre une messagerie avec données en Suisse | Plus d'assistance pour l'ancienne | Reprise des anciens messages | Durable ou significative | Validée | Exécutif | 23.03.2026 | PV 06/2026 | | 840 | 1.6.2026
D-2026-002 | 7 septembre 2026 | Site internet | Refaire le site avec deux communes voisines | Le site n'est pas lisible sur un téléphone | Calendrier des autres | Durable ou significative | Validée | Secrétariat | | | | 2'400 |
D-2026-003 | 9.11.2026 | Salaires | Demander une offre à l'association pour les salaires | Le boursier part à la retraite en 2027 | Aucun identifié | Durable ou significative | Proposée | | | | Demander l'offre avant la fin de l'année | |
"""  # noqa: E501

INCIDENTS = """
N° | Constaté le | Annoncé par | Outil touché | Nature | Description | Service à la population touché | Sécurité des données touchée | Référent informé le | Prestataire contacté le | Statut | Exécutif informé le | Mesures prises | Clos le
I-2026-001 | 21.04.2026 08:15 | Guichet | Contrôle des habitants | Panne | Plus d'accès au logiciel jusqu'à midi | Oui | Non | 21.04.2026 08:20 | 21.04.2026 08:30 | Clos | | Réglé par le prestataire | 21.04.2026
I-2026-002 | 31.09.2026 | Boursier | Comptabilité | Fraude au paiement | Fausse facture reçue par courrier électronique, pas payée | Non | Non | 30.09.2026 | Pas nécessaire | Clos | | Facture détruite | 30.09.2026
"""  # noqa: E501

REGISTRES: Mapping[str, str] = {
    "Prestataires": PRESTATAIRES,
    "Outils": OUTILS,
    "Décisions": DECISIONS,
    "Incidents": INCIDENTS,
}


def tableau(texte: str) -> tuple[list[str], list[list[str]]]:
    """Les en-têtes et les lignes d'un registre ; une ligne laissée vide est une liste vide."""
    entetes, *lignes = [_cellules(ligne) for ligne in texte.strip("\n").splitlines()]
    return entetes, [[] if ligne == [VIDE] else ligne for ligne in lignes]


def _cellules(ligne: str) -> list[str]:
    return [cellule.strip() for cellule in ligne.split("|")]
