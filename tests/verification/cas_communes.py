"""Les cas des règles SIG, ECH et COM. Le contrôle se fait le 24.11.2026."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "SIG-001",
        """
        signalements | numero | date       | statut   | priorite
                     | S-1    | 25.10.2026 | Nouveau  | Haute
                     | S-2    | 01.03.2026 | Nouveau  |
                     | S-3    | 01.03.2026 | En cours | Haute
        """,
        """
        signalements | numero | date       | statut  | priorite
                     | S-1    | 24.10.2026 | Nouveau | Haute
        """,
        ("signalements.statut 6",),
    ),
    Cas(
        "SIG-002",
        """
        commune      | annee
                     | 2026
        outils       | nom | criticite
                     | GED | Indispensable
                     | Eau | Important
        signalements | numero | date       | genre  | outil | statut | suite
                     | S-1    | 01.03.2026 | Risque | GED   | Clos   | Porte réparée
                     | S-2    | 01.03.2026 | Risque | Eau   | Clos   |
                     | S-3    | 01.03.2026 | Besoin | GED   | Clos   |
                     | S-4    | 01.03.2026 | Risque | GED   | Clos   |
        decisions    | numero | outil | suite_de
                     | D-1    | GED   | S-4
        """,
        """
        commune      | annee
                     | 2026
        outils       | nom | criticite
                     | GED | Indispensable
        signalements | numero | date       | genre  | outil | statut | suite
                     | S-1    | 01.03.2026 | Risque | GED   | Clos   |
        """,
        ("signalements.suite 6",),
    ),
    Cas(
        "ECH-001",
        """
        echanges | numero | date       | apport                        | suite
                 | E-1    | 24.05.2026 | Solution mutualisée possible  |
                 | E-2    | 01.02.2026 | Solution mutualisée possible  | En cours
                 | E-3    | 01.02.2026 | Bonne pratique                |
                 | E-5    | 24.05.2026 | Solution mutualisée possible  | À proposer à l'exécutif
                 | E-4    | 01.02.2026 | Solution mutualisée possible  |
        decisions | numero | suite_de
                  | D-1    | E-4
        """,
        """
        echanges | numero | date       | apport                        | suite
                 | E-1    | 23.05.2026 | Solution mutualisée possible  |
                 | E-2    | 23.05.2026 | Solution mutualisée possible  | À proposer à l'exécutif
        """,
        ("echanges.suite 6", "echanges.suite 7"),
    ),
    Cas(
        "COM-001",
        """
        commune | referent_nom | suppleant_nom
                | Anne Favre   | Luc Rochat
        """,
        """
        commune | referent_nom | suppleant_nom
                | Anne Favre   | FAVRE Anne
        """,
        ("commune.suppleant_nom",),
    ),
    Cas(
        "COM-002",
        """
        commune      | referent_employeur
                     | Ville voisine
        prestataires | nom
                     | Alpha
        """,
        """
        commune      | referent_employeur
                     | Alpha
        prestataires | nom
                     | Alpha
        """,
        ("commune.referent_employeur",),
    ),
    Cas(
        "COM-003",
        """
        commune | inventaire_revu_le | seuil_relecture
                | 24.11.2025         |
        """,
        """
        commune | inventaire_revu_le | seuil_relecture
                | 24.10.2026         | 30
        """,
        ("commune.inventaire_revu_le",),
    ),
    Cas(
        "SIG-003",
        """
        commune      | annee
                     | 2026
        signalements | numero | date       | genre  | statut | suite
                     | S-1    | 01.03.2026 | Risque | Refusé | Déjà couvert
                     | S-2    | 01.03.2026 | Besoin | Refusé |
                     | S-3    | 01.03.2026 | Risque | Refusé |
        decisions    | numero | suite_de
                     | D-1    | S-3
        """,
        """
        commune      | annee
                     | 2026
        signalements | numero | date       | genre  | statut | outil
                     | S-1    | 01.03.2026 | Risque | Refusé | Aucun
        """,
        ("signalements.suite 6",),
    ),
)
