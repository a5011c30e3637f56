"""Les cas des règles DEC. Le contrôle se fait le 24.11.2026."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "DEC-001",
        """
        decisions | numero | portee                   | statut   | decide_par | executif_le
                  | D-1    | Durable ou significative | Validée  | Référent   | 12.03.2026
                  | D-2    | Durable ou significative | Proposée |            |
                  | D-3    | Courante                 | Validée  | Référent   |
        """,
        """
        decisions | numero | portee                   | statut   | decide_par | executif_le
                  | D-1    | Durable ou significative | Validée  | Référent   |
        """,
        ("decisions.executif_le 6",),
    ),
    Cas(
        "DEC-002",
        """
        decisions    | numero | decide_par
                     | D-1    | Exécutif
                     | D-2    | La bourse
        prestataires | nom
                     | Alpha
        """,
        """
        decisions    | numero | decide_par
                     | D-1    | alpha
        prestataires | nom
                     | Alpha
        """,
        ("decisions.decide_par 6",),
    ),
    Cas(
        "DEC-003",
        """
        decisions | numero | date       | statut
                  | D-1    | 26.08.2026 | Proposée
                  | D-2    | 26.08.2025 | Validée
        """,
        """
        decisions | numero | date       | statut
                  | D-1    | 25.08.2026 | Proposée
        """,
        ("decisions.statut 6",),
    ),
    Cas(
        "DEC-004",
        """
        decisions | numero | statut    | a_revoir_le
                  | D-1    | Validée   | 24.11.2026
                  | D-2    | Remplacée | 01.01.2026
        """,
        """
        decisions | numero | statut  | a_revoir_le
                  | D-1    | Validée | 23.11.2026
        """,
        ("decisions.a_revoir_le 6",),
    ),
    Cas(
        "DEC-005",
        """
        decisions | numero | statut    | remplace
                  | D-1    | Remplacée |
                  | D-2    | Validée   | D-1
                  | D-3    | Proposée  | D-2
        """,
        """
        decisions | numero | statut    | remplace
                  | D-1    | Validée   |
                  | D-2    | Remplacée | D-1
                  | D-3    | Validée   | D-2
        """,
        ("decisions.remplace 7",),
    ),
    Cas(
        "DEC-006",
        """
        decisions | numero | statut    | remplace
                  | D-1    | Remplacée |
                  | D-2    | Validée   | D-1
        """,
        """
        decisions | numero | statut
                  | D-1    | Remplacée
        """,
        ("decisions.statut 6",),
    ),
    Cas(
        "DEC-007",
        """
        decisions | numero | portee                   | statut  | mutualisee
                  | D-1    | Durable ou significative | Validée | Oui, écartée
                  | D-2    | Durable ou significative | Validée |
                  | D-3    | Courante                 | Validée | Non
        """,
        """
        decisions | numero | portee                   | statut  | mutualisee
                  | D-1    | Durable ou significative | Validée | Non
        """,
        ("decisions.mutualisee 6",),
    ),
    Cas(
        "DEC-008",
        """
        decisions | numero | date       | statut  | mise_en_oeuvre_le
                  | D-1    | 01.02.2025 | Validée |
                  | D-2    | 01.02.2025 | Refusée |
                  | D-3    | 01.02.2025 | Validée | bientôt
        """,
        """
        decisions | numero | date       | statut  | mise_en_oeuvre_le
                  | D-1    | 01.02.2025 | Validée |
                  | D-2    | 01.02.2025 | Validée | 01.03.2025
                  | D-3    | 01.02.2026 | Validée |
        """,
        ("decisions.mise_en_oeuvre_le 6",),
    ),
    Cas(
        "DEC-009",
        """
        decisions | numero | outil      | statut   | portee
                  | D-1    | GED        | Validée  | Courante
                  | D-2    | Le nuage   | Refusée  | Courante
                  | D-3    | En général | Validée  | Orientation générale
        outils    | nom
                  | GED
        """,
        """
        decisions | numero | outil          | statut  | portee
                  | D-1    | GED ; Le nuage | Validée | Courante
                  | D-2    | GED, Eau       | Validée | Courante
        outils    | nom
                  | GED
                  | Eau
        """,
        ("decisions.outil 6", "decisions.outil 7"),
    ),
    Cas(
        "DEC-010",
        """
        decisions | numero | statut    | remplace
                  | D-1    | Remplacée |
                  | D-2    | Remplacée | D-1
                  | D-3    | Validée   | D-2
        """,
        """
        decisions | numero | statut  | remplace
                  | D-1    | Validée | d-1
                  | D-2    | Validée | D-3
                  | D-3    | Validée | D-2
        """,
        ("decisions.remplace 6", "decisions.remplace 8"),
    ),
    Cas(
        "DEC-011",
        """
        outils    | nom | echeance   | renouvellement        | delai_resiliation
                  | GED | 31.12.2027 | Tacite                | 3
                  | Eau | 31.12.2026 | Durée indéterminée    |
                  | Gaz | 31.12.2026 | Sur décision expresse |
        decisions | numero | date       | outil           | statut
                  | D-1    | 01.11.2026 | GED ; Eau ; Gaz | Proposée
                  | D-2    | 01.11.2026 | Gaz             | Validée
        """,
        """
        outils    | nom | echeance   | renouvellement        | delai_resiliation
                  | GED | 28.02.2027 | Tacite                | 3
                  | Eau | 23.04.2027 | Sur décision expresse |
                  | Gaz | 01.11.2026 | Sur décision expresse |
        decisions | numero | date       | outil | statut
                  | D-1    | 01.11.2026 | GED   | Proposée
                  | D-2    | 01.11.2026 | Eau   | Proposée
                  | D-3    | 01.10.2026 | Gaz   | Proposée
        """,
        ("decisions.statut 6", "decisions.statut 7", "decisions.statut 8"),
    ),
    Cas(
        "DEC-012",
        """
        decisions | numero | statut   | a_revoir_le | remplace
                  | D-1    | Validée  | 24.01.2027  |
                  | D-2    | Validée  | 23.11.2026  |
                  | D-3    | Validée  | 01.12.2026  |
                  | D-4    | Proposée | 01.12.2026  | D-3
        """,
        """
        decisions | numero | statut  | a_revoir_le
                  | D-1    | Validée | 23.01.2027
                  | D-2    | Validée | 24.11.2026
        """,
        ("decisions.a_revoir_le 6", "decisions.a_revoir_le 7"),
    ),
    Cas(
        "DEC-013",
        """
        decisions | numero | statut  | date       | mise_en_oeuvre_le
                  | D-1    | Validée | 02.03.2026 | 02.03.2026
                  | D-2    | Refusée | 02.03.2026 | 01.03.2026
        """,
        """
        decisions | numero | statut  | date       | mise_en_oeuvre_le
                  | D-1    | Validée | 02.03.2026 | 01.03.2026
        """,
        ("decisions.mise_en_oeuvre_le 6",),
    ),
)
