"""Les cas des règles OUT. Le contrôle se fait le 24.11.2026."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "OUT-001",
        """
        outils       | nom | prestataire
                     | GED | Géré à l'interne
                     | Eau | Commune
        prestataires | nom
                     | Commune
        """,
        """
        outils | nom | prestataire
               | GED | interne
               | Gaz | Aucun
        """,
        ("outils.prestataire 6", "outils.prestataire 7"),
    ),
    Cas(
        "OUT-002",
        """
        commune   | note_adoptee_le
                  | 01.01.2026
        outils    | nom | en_service_depuis | decision_origine         | statut
                  | GED | 01.02.2025        |                          |
                  | Eau | 01.02.2026        | Prise avant ce registre  |
                  | Gaz | 01.02.2026        |                          |
                  | Feu | 01.02.2026        | Aucune décision trouvée  | Arrêté
                  | Air | 01.02.2027        |                          |
        decisions | numero     | outil | statut
                  | D-2026-001 | Gaz   | Validée
        """,
        """
        commune | note_adoptee_le
                | 01.01.2026
        outils  | nom | en_service_depuis | decision_origine
                | GED | 01.02.2026        |
                | Eau |                   | Aucune décision trouvée
        """,
        ("outils.decision_origine 6", "outils.decision_origine 7"),
    ),
    Cas(
        "OUT-003",
        """
        outils | nom | criticite     | sauvegarde           | statut
               | GED | Important     | Aucune               |
               | Eau | Indispensable | Restauration testée  |
               | Gaz | Indispensable | Aucune               | Arrêté
        """,
        """
        outils | nom | criticite     | sauvegarde
               | GED | Indispensable | Aucune
        """,
        ("outils.sauvegarde 6",),
    ),
    Cas(
        "OUT-004",
        """
        outils | nom | criticite     | sauvegarde
               | GED | Important     | Faite par nous, non testée
               | Eau | Indispensable | Restauration testée
        """,
        """
        outils | nom | criticite     | sauvegarde
               | GED | Indispensable | Faite par nous, non testée
               | Eau | Indispensable | À clarifier
        """,
        ("outils.sauvegarde 6", "outils.sauvegarde 7"),
    ),
    Cas(
        "OUT-005",
        """
        outils    | nom | echeance   | delai_resiliation | renouvellement
                  | GED | 31.12.2028 | 3                 | Tacite
                  | Eau | 31.05.2027 | 3                 | Sur décision expresse
                  | Gaz | 31.05.2027 | 3                 | Tacite
        decisions | numero     | date       | outil | statut
                  | D-2026-001 | 01.10.2026 | Gaz   | Proposée
        """,
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.05.2027 | 3                 | Tacite
               | Eau | 24.02.2027 | 3                 |
        """,
        ("outils.echeance 6", "outils.echeance 7"),
    ),
    Cas(
        "OUT-006",
        """
        outils    | nom | echeance   | delai_resiliation | renouvellement
                  | GED | 31.12.2026 | 3                 | Sur décision expresse
                  | Eau | 31.12.2026 | 3                 | Tacite
                  | Gaz | 31.12.2026 | 3                 | Tacite
        decisions | numero     | outil | statut  | date
                  | D-2026-001 | Eau   | Validée |
                  | D-2025-001 | Gaz   | Validée | 30.09.2025
        """,
        """
        outils    | nom | echeance   | delai_resiliation | renouvellement
                  | GED | 31.12.2026 | 3                 | Tacite
                  | Eau | 31.12.2025 | 3                 | Tacite
                  | Gaz | 31.12.2026 | 3                 | À clarifier
                  | Feu | 31.12.2026 | 3                 | Tacite
        decisions | numero     | outil | statut  | date
                  | D-2025-001 | Feu   | Validée | 29.09.2025
        """,
        ("outils.echeance 6", "outils.echeance 7", "outils.echeance 8", "outils.echeance 9"),
    ),
    Cas(
        "OUT-007",
        """
        outils | nom | echeance   | renouvellement      | statut
               | GED | 24.11.2026 |                     |
               | Eau | 31.12.2025 | Tacite              |
               | Gaz | 31.12.2025 | Durée indéterminée  |
               | Feu | 31.12.2025 |                     | Arrêté
               | Air | 31.12.2025 | À clarifier         |
        """,
        """
        outils | nom | echeance   | renouvellement
               | GED | 23.11.2026 |
               | Eau | 31.12.2025 | Sur décision expresse
               | Gaz | 31.12.2025 | Sans contrat
        """,
        ("outils.echeance 6", "outils.echeance 7", "outils.echeance 8"),
    ),
    Cas(
        "OUT-008",
        """
        outils | nom | echeance   | renouvellement
               | GED | 31.12.2028 | Tacite
               | Eau |            | Durée indéterminée
        """,
        """
        outils | nom | echeance | renouvellement
               | GED |          | Tacite
        """,
        ("outils.echeance 6",),
    ),
    Cas(
        "OUT-009",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.12.2028 | 0                 | Tacite
               | Eau | 31.12.2028 |                   | Sur décision expresse
        """,
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.12.2028 |                   | Tacite
        """,
        ("outils.delai_resiliation 6",),
    ),
    Cas(
        "OUT-010",
        """
        outils    | nom | statut
                  | GED | À remplacer
                  | Eau | À remplacer
        decisions | numero     | outil | statut   | mise_en_oeuvre_le
                  | D-2026-001 | GED   | Proposée |
                  | D-2026-002 | Eau   | Validée  | 01.07.2027
        """,
        """
        outils    | nom | statut
                  | GED | À remplacer
        decisions | numero     | outil | statut  | mise_en_oeuvre_le
                  | D-2026-001 | GED   | Validée | 01.02.2026
        """,
        ("outils.statut 6",),
    ),
    Cas(
        "OUT-011",
        """
        outils    | nom | statut    | decision_origine
                  | GED | En projet | D-2026-001
                  | Eau | En projet | Prise avant ce registre
        decisions | numero     | statut  | outil
                  | D-2026-001 | Validée | Autre chose
        """,
        """
        outils    | nom | statut    | decision_origine
                  | GED | En projet | D-2026-001
        decisions | numero     | statut
                  | D-2026-001 | Refusée
        """,
        ("outils.statut 6",),
    ),
    Cas(
        "OUT-012",
        """
        outils | nom | domaine                            | statut      | mutualisation
               | GED | Gestion des documents et affaires  | À remplacer |
               | Eau | Gestion des documents et affaires  |             |
               | Gaz | Archivage                          |             |
               | Feu | Archivage                          |             |
               | Air | Contrôle des habitants             |             | Fourni par le canton
               | Sol | Contrôle des habitants             |             |
        """,
        """
        outils | nom | domaine
               | GED | Gestion des documents et affaires
               | Eau | Gestion des documents et affaires
        """,
        ("outils.domaine 7",),
    ),
    Cas(
        "OUT-013",
        """
        outils | nom          | domaine   | prestataire
               | Serveur 1    | Archivage | Alpha
               | Serveur 2    | Archivage | Alpha
               | OneGov       | Archivage | Alpha
               | OneGov GEVER | Archivage | Alpha
               | Comptabilité | Archivage | Alpha
               | Comptabilite | Archivage | Bêta
        """,
        """
        outils | nom          | domaine   | prestataire
               | Comptabilité | Archivage | Alpha
               | Comptabilite | Archivage | Alpha
        """,
        ("outils.nom 7",),
    ),
    Cas(
        "OUT-014",
        """
        outils | nom | lieu_donnees | donnees_personnelles
               | GED | Sans données | Aucune
               | Eau | Suisse       | Sensibles
        """,
        """
        outils | nom | lieu_donnees | donnees_personnelles
               | GED | Sans données | Ordinaires
        """,
        ("outils.lieu_donnees 6",),
    ),
    Cas(
        "OUT-015",
        """
        outils | nom | criticite     | remplacement   | recuperation
               | GED | Indispensable | Très difficile | Testée
               | Eau | Important     | Très difficile | Non prévue
               | Gaz | Indispensable | Difficile      | Non prévue
        """,
        """
        outils | nom | criticite     | remplacement   | recuperation
               | GED | Indispensable | Très difficile | Non prévue
               | Eau | Indispensable | Très difficile | À clarifier
        """,
        ("outils.recuperation 6", "outils.recuperation 7"),
    ),
    Cas(
        "OUT-016",
        """
        outils    | nom | donnees_personnelles | lieu_donnees | statut
                  | GED | Ordinaires           | Autre pays   |
                  | Eau | Aucune               | Autre pays   |
                  | Gaz | Sensibles            | Autre pays   | Arrêté
        decisions | numero     | outil | statut  | risques
                  | D-2026-001 | GED   | Validée | Accès d'une autorité étrangère
        """,
        """
        outils    | nom | donnees_personnelles | lieu_donnees
                  | GED | Ordinaires           | Autre pays
                  | Eau | Sensibles            | Plusieurs, dont hors de Suisse
                  | Gaz | Ordinaires           | Autre pays
        decisions | numero     | outil | statut  | risques
                  | D-2026-001 | GED   | Validée | Aucun identifié
                  | D-2026-002 | Eau   | Refusée | Accès d'une autorité étrangère
                  | D-2026-003 | Gaz   | Validée | Coût qui monte
        """,
        tuple(f"outils.lieu_donnees {ligne}" for ligne in range(6, 9)),
    ),
    Cas(
        "OUT-017",
        """
        outils    | nom | donnees_personnelles | lieu_donnees
                  | GED | Ordinaires           | UE/EEE
                  | Eau | Aucune               | À clarifier
                  | Gaz | Ordinaires           | Suisse
        decisions | numero     | outil | statut  | risques
                  | D-2026-001 | GED   | Validée | Hébergement hors de Suisse
        """,
        """
        outils | nom | donnees_personnelles | lieu_donnees
               | GED | Ordinaires           | UE/EEE
               | Eau | Sensibles            | À clarifier
        """,
        ("outils.lieu_donnees 6", "outils.lieu_donnees 7"),
    ),
    Cas(
        "OUT-018",
        """
        outils       | nom | prestataire      | donnees_personnelles
                     | GED | Alpha SA         | Sensibles
                     | Eau | Microsoft Inc    | Ordinaires
                     | Gaz | Beta Inc         | Sensibles
                     | Feu | Microsoft Inc    | Sensibles
                     | Air | Microsoft Suisse | Sensibles
        prestataires | nom              | siege
                     | Alpha SA         | Suisse
                     | Microsoft Inc    | États-Unis
                     | Beta Inc         | États-Unis
                     | Microsoft Suisse | À clarifier
        decisions    | numero | outil | statut  | risques           | executif_le
                     | D-1    | Feu   | Validée | Droit étranger    | 01.03.2026
        """,
        """
        outils       | nom | prestataire   | donnees_personnelles | lieu_donnees | autre_prestataire
                     | GED | Microsoft Inc | Sensibles            | Suisse       |
                     | Eau | Alpha SA      | Sensibles            | Suisse       | AWS Europe
                     | Gaz | Google        | Sensibles            | Suisse       |
                     | Feu | Google        | Sensibles            | Suisse       |
        prestataires | nom           | siege
                     | Microsoft Inc | États-Unis
                     | AWS Europe    | États-Unis
                     | Alpha SA      | Suisse
                     | Google        | États-Unis
        decisions    | numero | outil | statut   | risques          | executif_le
                     | D-1    | Gaz   | Validée  | Coût qui monte   | 01.03.2026
                     | D-2    | Feu   | Proposée | Droit étranger   |
        """,
        tuple(f"outils.donnees_personnelles {ligne}" for ligne in range(6, 10)),
    ),
    Cas(
        "OUT-019",
        """
        outils | nom | criticite     | acces_administrateur     | mutualisation
               | GED | Indispensable | Prestataire seul         | Fourni par le canton
               | Eau | Important     | Prestataire seul         |
               | Gaz | Indispensable | Commune et prestataire   |
        """,
        """
        outils | nom | criticite     | acces_administrateur
               | GED | Indispensable | Prestataire seul
        """,
        ("outils.acces_administrateur 6",),
    ),
    Cas(
        "OUT-020",
        """
        outils    | nom | echeance   | delai_resiliation | renouvellement        | statut
                  | GED | 24.04.2027 | 3                 | Sur décision expresse |
                  | Eau | 31.12.2026 | 3                 | Sur décision expresse |
                  | Gaz | 31.12.2026 |                   | Sur décision expresse | Arrêté
                  | Feu | 31.12.2026 |                   | Tacite                |
        decisions | numero     | date       | outil | statut
                  | D-2026-001 | 01.10.2026 | Eau   | Validée
        """,
        """
        outils | nom | echeance   | renouvellement        | statut
               | GED | 24.11.2026 | Sur décision expresse |
               | Eau | 23.04.2027 | Sans contrat          | En projet
        """,
        ("outils.echeance 6", "outils.echeance 7"),
    ),
    Cas(
        "OUT-021",
        """
        outils | nom | echeance   | renouvellement
               | GED | 23.11.2026 | Durée indéterminée
               | Eau | 24.04.2027 | Durée indéterminée
               | Gaz | 31.12.2026 | Tacite
        """,
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 24.11.2026 |                   | Durée indéterminée
               | Eau | 31.05.2027 | 3                 | Durée indéterminée
        """,
        ("outils.echeance 6", "outils.echeance 7"),
    ),
    Cas(
        "OUT-022",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement     | statut
               | GED | 23.11.2026 | 3                 | Tacite             | Arrêté
               | Eau | 31.12.2028 | 3                 | Tacite             | Arrêté
               | Gaz | 31.12.2026 | 3                 | Durée indéterminée | Arrêté
               | Feu | 31.12.2026 | 3                 | Tacite             |
        """,
        """
        outils | nom | echeance   | delai_resiliation | renouvellement | statut
               | GED | 31.12.2026 | 3                 | Tacite         | Arrêté
               | Eau | 31.05.2027 | 3                 | Tacite         | Arrêté
        """,
        ("outils.echeance 6", "outils.echeance 7"),
    ),
    Cas(
        "OUT-023",
        """
        outils | nom | criticite     | repli
               | GED | Indispensable | Registre papier au guichet
               | Eau | Indispensable | À clarifier
               | Gaz | Important     | Aucun
               | Feu | Indispensable |
        """,
        """
        outils | nom | criticite     | repli
               | GED | Indispensable | Aucun
               | Eau | Indispensable | Pas de repli
        """,
        ("outils.repli 6", "outils.repli 7"),
    ),
    Cas(
        "OUT-024",
        """
        outils    | nom | echeance   | renouvellement        | statut
                  | GED | 30.11.2026 | Sur décision expresse |
                  | Eau | 31.10.2026 | Durée indéterminée    |
                  | Gaz | 31.10.2026 | Sur décision expresse | Arrêté
                  | Feu | 31.10.2026 | À clarifier           |
        decisions | numero | date       | outil                   | statut
                  | D-1    | 01.10.2026 | GED ; Eau ; Gaz ; Feu   | Validée
        """,
        """
        outils    | nom | echeance   | renouvellement
                  | GED | 31.10.2026 | Sur décision expresse
                  | Eau | 31.10.2026 | Tacite
                  | Gaz | 31.10.2026 |
        decisions | numero | date       | outil             | statut
                  | D-1    | 01.10.2026 | GED ; Eau ; Gaz   | Validée
        """,
        ("outils.echeance 6", "outils.echeance 7", "outils.echeance 8"),
    ),
)
