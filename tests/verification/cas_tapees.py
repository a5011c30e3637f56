"""Les cas de ce que les gens tapent en attendant, et de ce qui n'est pas une ligne de la liste."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "CEL-018",
        """
        outils    | nom | criticite | utilite      | responsable
                  | X   | Important | Aucun        | n/a
                  | GED | Important | À voir à mi-temps | Voirie
        decisions | numero | portee | outil | risques
                  | D-1    | Courante | GED | Aucun identifié
        """,
        """
        outils    | nom | criticite | utilite      | responsable
                  | Eau | Important | à compléter  | idem
                  | GED | Important | ?            | -
        decisions | numero | portee   | outil | risques
                  | D-1    | Courante | ?     | …
        """,
        (
            "outils.utilite 6",
            "outils.responsable 6",
            "outils.utilite 7",
            "outils.responsable 7",
            "decisions.outil 6",
            "decisions.risques 6",
        ),
    ),
    Cas(
        "CEL-019",
        """
        outils    | nom | en_service_depuis
                  | GED | 01.01.2019
                  | Eau | 31.02.2019
        incidents | numero | constate_le
                  | I-1    | mars 2026
        """,
        """
        outils    | nom | en_service_depuis
                  | GED | 2019
                  | Eau | mars 2019
                  | Gaz | env. 2019
                  | Air | 03.2019
        """,
        tuple(f"outils.en_service_depuis {ligne}" for ligne in (6, 7, 8, 9)),
    ),
    Cas(
        "CEL-020",
        """
        outils | nom     | domaine   | criticite
               | Domaine | Archivage | Important
               | Outil ou service | |
        """,
        """
        outils | nom              | domaine   | criticite
               | GED              | Archivage | Important
               | Outil ou service | Domaine   | Criticité
               | Eau              | Archivage | Important
        """,
        ("outils.nom 7",),
    ),
    Cas(
        "CEL-021",
        """
        outils | nom            | domaine
               | SITE INTERNET  | Archivage
               | GED            |
               | Outils communs |
               | SERVICE DES EAUX |
        """,
        """
        outils | nom              | domaine
               | SERVICE DES EAUX |
               | GED              | Archivage
               | École :          |
               | Agenda           | Archivage
        """,
        ("outils.nom 6", "outils.nom 8"),
    ),
)
