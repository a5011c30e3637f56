"""Les cas des règles CEL, sauf la cellule exigée vide (`test_cellule_exigee`)."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "CEL-002",
        """
        outils | nom | criticite
               | GED | indispensable
        """,
        """
        outils | nom | criticite
               | GED | Vitale
        """,
        ("outils.criticite 6",),
    ),
    Cas(
        "CEL-003",
        """
        outils | nom | echeance
               | GED | 12 mars 2027
        """,
        """
        outils | nom | echeance
               | GED | 31.02.2027
        """,
        ("outils.echeance 6",),
    ),
    Cas(
        "CEL-004",
        """
        outils | nom | cout_annuel
               | GED | 1'234.50
        """,
        """
        outils | nom | cout_annuel
               | GED | env. 500
        """,
        ("outils.cout_annuel 6",),
    ),
    Cas(
        "CEL-005",
        """
        outils | nom
               | GED
               | Messagerie
        """,
        """
        outils | nom
               | GED
               | Messagerie
               | ged
        """,
        ("outils.nom 8",),
    ),
    Cas(
        "CEL-006",
        """
        outils       | nom | prestataire
                     | GED | alpha sa
                     | Eau | Géré à l'interne
        prestataires | nom
                     | Alpha SA
        """,
        """
        outils       | nom | prestataire
                     | GED | Alfa SA
        prestataires | nom
                     | Alpha SA
        """,
        ("outils.prestataire 6",),
    ),
    Cas(
        "CEL-007",
        """
        prestataires | nom   | telephone_urgence
                     | Alpha | 032 555 01 02
                     | Bêta  | Aucun
                     | Gamma | +41 (0)32 555 01 02
                     | Delta | 117
                     | Zêta  | Police 117
                     | Thêta | 143 (jour et nuit)
                     | Iota  | 032 555 01 02 / 144
                     | Kappa | 032‑555‑01‑02
        """,
        """
        prestataires | nom   | telephone_urgence
                     | Alpha | 032 555 01
                     | Bêta  | au guichet
                     | Gamma | bureau 143
                     | Delta | voir contrat 117
                     | Zêta  | O32 555 01 02
                     | Thêta | 032 555 O1 02
        """,
        tuple(f"prestataires.telephone_urgence {ligne}" for ligne in range(6, 12)),
    ),
    Cas(
        "CEL-008",
        """
        prestataires | nom   | courriel
                     | Alpha | aide@alpha.example
                     | Bêta  | aide@beta.example ; bureau@beta.example
                     | Gamma | "Martin, Ève" <eve@gamma.example>, max@gamma.example
                     | Delta | aide@delta.example <aide@delta.example>
        """,
        """
        prestataires | nom   | courriel
                     | Alpha | aide@alpha
                     | Bêta  | aide.beta.example
                     | Gamma | "aide@gamma.example" <pirate@ailleurs.example>
                     | Delta | ai\u200bde@delta.example
        """,
        tuple(f"prestataires.courriel {rang}" for rang in (6, 7, 8, 9)),
    ),
    Cas(
        "CEL-009",
        """
        prestataires | nom   | ide
                     | Alpha | CHE-123.456.788
                     | Bêta  | CHE123456788 TVA
                     | Gamma | CHE‑116.281.710
                     | Delta | CHE–107.787.577
        """,
        """
        prestataires | nom   | ide
                     | Alpha | CHE-123.456
        """,
        ("prestataires.ide 6",),
    ),
    Cas(
        "CEL-010",
        """
        outils | nom
               | GED, archives
        """,
        """
        outils | nom
               | GED ; archives
        """,
        ("outils.nom 6",),
    ),
    Cas(
        "CEL-011",
        """
        outils | nom | domaine
               | GED | Archivage
        """,
        """
        outils | nom | domaine
               |     | Archivage
        """,
        ("outils.nom 6",),
    ),
    Cas(
        "CEL-012",
        """
        outils | nom             | cout_annuel
               | Total Documents | 1200
        """,
        """
        outils | nom   | cout_annuel
               | GED   | 1200
               | TOTAL | 1200
        """,
        ("outils.nom 7",),
    ),
    Cas(
        "CEL-013",
        """
        outils | nom | remarques
               | GED | Contrat 756.9217.0769.84
        """,
        """
        outils | nom | remarques
               | GED | Dossier de 756.9217.0769.85
        """,
        ("outils.remarques 6",),
    ),
    Cas(
        "CEL-014",
        """
        outils | nom | remarques
               | GED | Le mot de passe a été changé.
        """,
        """
        outils | nom | remarques
               | GED | mdp : Soleil9
        """,
        ("outils.remarques 6",),
    ),
    Cas(
        "CEL-015",
        """
        outils | nom | utilite
               | GED | Classer les dossiers
        """,
        """
        outils | nom | utilite | cout_annuel
               | GED | #REF!   | =A1*2
        """,
        ("outils.utilite 6", "outils.cout_annuel 6"),
    ),
    Cas(
        "CEL-016",
        """
        outils | nom | delai_resiliation
               | GED | 36
        """,
        """
        outils | nom | delai_resiliation
               | GED | 90
        """,
        ("outils.delai_resiliation 6",),
    ),
    Cas(
        "CEL-017",
        """
        outils | nom | echeance   | cout_annuel
               | GED | 12.03.2027 | 1234.5
        """,
        """
        outils | nom | echeance     | cout_annuel
               | GED | 12 mars 2027 | 1'234.50
        """,
        ("outils.cout_annuel 6", "outils.echeance 6"),
    ),
    Cas(
        "CEL-022",
        """
        commune   | note_adoptee_le | inventaire_revu_le
                  | 24.11.2026      | 01.01.2026
        outils    | nom | en_service_depuis | statut    | arrete_le  | echeance
                  | GED | 24.11.2026        |           | 31.12.2026 | 31.12.2026
                  | Eau | 25.11.2026        | En projet |            |
        decisions | numero | date       | statut   | executif_le | mise_en_oeuvre_le | a_revoir_le
                  | D-1    | 25.11.2026 | Proposée | 01.12.2026  | 01.01.2027        | 01.02.2027
                  | D-2    | 24.11.2026 | Validée  | 24.11.2026  | 01.01.2027        |
        """,
        """
        commune     | note_adoptee_le
                    | 25.11.2026
        outils      | nom | en_service_depuis | statut | arrete_le
                    | GED | 25.11.2026        |        |
                    | Eau | 01.01.2020        | Arrêté | 25.11.2026
        decisions   | numero | date       | statut  | executif_le
                    | D-1    | 25.11.2026 | Validée | 25.11.2026
        signalements | numero | date       | clos_le
                    | S-1    | 25.11.2026 | 26.11.2026
        echanges    | numero | date
                    | E-1    | 25.11.2026
        """,
        (
            "commune.note_adoptee_le",
            "outils.en_service_depuis 6",
            "outils.arrete_le 7",
            "decisions.date 6",
            "decisions.executif_le 6",
            "signalements.date 6",
            "signalements.clos_le 6",
            "echanges.date 6",
        ),
    ),
    Cas(
        "CEL-023",
        """
        outils       | nom | en_service_depuis | statut | arrete_le
                     | GED | 01.03.2026        | Arrêté | 01.03.2026
                     | Eau |                   | Arrêté | 01.03.2020
        signalements | numero | date       | statut | clos_le
                     | S-1    | 01.03.2026 | Clos   | 01.03.2026
        """,
        """
        commune      | note_adoptee_le | note_revisee_le
                     | 01.03.2026      | 28.02.2026
        outils       | nom | en_service_depuis | statut | arrete_le
                     | GED | 02.03.2026        | Arrêté | 01.03.2026
        decisions    | numero | date       | a_revoir_le
                     | D-1    | 02.03.2026 | 01.03.2026
        signalements | numero | date       | statut | clos_le
                     | S-1    | 02.03.2026 | Clos   | 01.03.2026
        incidents    | numero | ofcs_le          | ofcs_complete_le
                     | I-1    | 02.03.2026 10:00 | 01.03.2026
        """,
        (
            "commune.note_revisee_le",
            "outils.arrete_le 6",
            "decisions.a_revoir_le 6",
            "signalements.clos_le 6",
            "incidents.ofcs_complete_le 6",
        ),
    ),
    Cas(
        "CEL-024",
        """
        outils    | nom | statut      | arrete_le
                  | GED | Arrêté      | 01.03.2026
                  | Eau | À remplacer | 25.11.2026
                  | Gaz | À clarifier | 01.03.2026
                  | Feu | bientôt     | 01.03.2026
        incidents | numero | constate_le | statut | clos_le
                  | I-1    | 01.03.2026  | Clos   | 01.03.2026
        """,
        """
        outils       | nom | statut    | arrete_le  | en_service_depuis
                     | GED |           | 24.11.2026 |
                     | Eau | En projet |            | 24.11.2026
        decisions    | numero | date       | statut   | mise_en_oeuvre_le
                     | D-1    | 01.03.2026 | Proposée | 24.11.2026
        incidents    | numero | constate_le | statut | clos_le
                     | I-1    | 01.03.2026  | Ouvert | 24.11.2026
        signalements | numero | date       | statut   | clos_le
                     | S-1    | 01.03.2026 | En cours | 24.11.2026
        """,
        (
            "outils.arrete_le 6",
            "outils.en_service_depuis 7",
            "decisions.mise_en_oeuvre_le 6",
            "incidents.clos_le 6",
            "signalements.clos_le 6",
        ),
    ),
)
