"""Les cas des règles PRE."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "PRE-001",
        """
        outils       | nom | criticite     | prestataire
                     | GED | Indispensable | Alpha
                     | Eau | Important     | Bêta
                     | Gaz | Indispensable | Gamma
                     | Feu | Indispensable | Delta
                     | Air | Indispensable | Zêta
        prestataires | nom   | telephone_urgence | courriel           | contact
                     | Alpha | Aucun             | aide@alpha.example |
                     | Bêta  | Aucun             |                    |
                     | Gamma | Aucun             |                    | aide@gamma.example
                     | Delta | Aucun             |                    | Jean Rey, 032 555 01 02
                     | Zêta  | Aucun             |                    | https://aide.zeta.example
        """,
        """
        outils       | nom | criticite     | prestataire
                     | GED | Indispensable | Alpha
                     | Eau | Indispensable | Bêta
        prestataires | nom   | telephone_urgence | courriel | contact
                     | Alpha | Aucun             |          |
                     | Bêta  | Aucun             |          | Jean Rey, bureau 143
        """,
        ("prestataires.telephone_urgence 6", "prestataires.telephone_urgence 7"),
    ),
    Cas(
        "PRE-002",
        """
        outils       | nom | prestataire | statut
                     | GED | Alpha       | Arrêté
        prestataires | nom   | statut
                     | Alpha | Terminé
        """,
        """
        outils       | nom | prestataire
                     | GED | Alpha
        prestataires | nom   | statut
                     | Alpha | Terminé
        """,
        ("prestataires.statut 6",),
    ),
    Cas(
        "PRE-003",
        """
        commune      | referent_employeur
                     | Zêta
        outils       | nom | prestataire | autre_prestataire
                     | GED | Alpha       | Bêta
        decisions    | numero | outil | conseil
                     | D-1    | GED   | Delta ; Mme Favre
        prestataires | nom   | statut
                     | Alpha |
                     | Bêta  |
                     | Gamma | Terminé
                     | Delta |
                     | Zêta  |
        """,
        """
        prestataires | nom
                     | Alpha
        """,
        ("prestataires.nom 6",),
    ),
    Cas(
        "PRE-004",
        """
        outils       | nom | prestataire | donnees_personnelles
                     | GED | Alpha       | Sensibles
                     | Eau | Bêta        | Aucune
        prestataires | nom   | contrat | clauses
                     | Alpha | Signé   |
                     | Bêta  | Aucun   |
        """,
        """
        outils       | nom | prestataire | donnees_personnelles
                     | GED | Alpha       | Ordinaires
                     | Eau | Bêta        | Sensibles
        prestataires | nom   | contrat | clauses
                     | Alpha | Signé   | Absentes
                     | Bêta  | Aucun   |
        """,
        ("prestataires.contrat 7", "prestataires.clauses 6"),
    ),
    Cas(
        "PRE-005",
        """
        outils       | nom | criticite     | prestataire | mutualisation
                     | GED | Indispensable | Alpha       |
                     | Eau | Indispensable | Alpha       |
                     | Gaz | Indispensable | Centre      | Partagé avec d'autres communes
                     | Feu | Indispensable | Centre      | Partagé avec d'autres communes
                     | Air | Indispensable | Centre      | Partagé avec d'autres communes
        prestataires | nom
                     | Alpha
                     | Centre
        """,
        """
        outils       | nom | criticite     | prestataire
                     | GED | Indispensable | Alpha
                     | Eau | Indispensable | Alpha
                     | Gaz | Indispensable | Alpha
                     | Feu | Indispensable | Bêta
                     | Air | Indispensable | Bêta
                     | Sol | Indispensable | Bêta
        prestataires | nom
                     | Bêta
                     | Gamma
                     | Alpha
        """,
        ("prestataires.nom 6", "prestataires.nom 8"),
    ),
    Cas(
        "PRE-006",
        """
        prestataires | nom   | ide
                     | Alpha | CHE-123.456.788
        """,
        """
        prestataires | nom   | ide
                     | Alpha | CHE-123.456.789
        """,
        ("prestataires.ide 6",),
    ),
    Cas(
        "PRE-007",
        """
        prestataires | nom   | ide             | statut
                     | Alpha | CHE-123.456.788 |
                     | Bêta  | CHE-123.456.788 | Terminé
        """,
        """
        prestataires | nom   | ide
                     | Alpha | CHE-123.456.788
                     | Bêta  | CHE123456788
        """,
        ("prestataires.ide 7",),
    ),
    Cas(
        "PRE-008",
        """
        prestataires | nom
                     | Informatique Valmarin SA
                     | Informatique Montval SA
                     | Zone 1
                     | Zone 2
        """,
        """
        prestataires | nom
                     | Informatique Valmarin SA
                     | Informatique Valmarrin Sàrl
                     | Kappa SA
                     | Kappa Sàrl
        """,
        ("prestataires.nom 7", "prestataires.nom 9"),
    ),
)
