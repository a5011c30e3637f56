"""Les cas de ce que les gens tapent en attendant, et de ce qui n'est pas une ligne de la liste."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "CEL-018",
        """
        outils    | nom | criticite     | utilite           | repli      | sauvegarde
                  | X   | Indispensable | Aucun             | n/a        |
                  | GED | Indispensable | À voir à mi-temps | Au guichet | À clarifier
                  | Gaz | Accessoire    | ?                 | idem       | xxx
        decisions | numero | portee | outil | risques
                  | D-1    | Courante | GED | Aucun identifié
        """,
        """
        outils    | nom | criticite     | utilite     | repli        | sauvegarde
                  | Eau | Indispensable | à compléter | idem         |
                  | GED | Indispensable | ?           | voir contrat | xxx
                  | Gaz | -             |             |              |
        decisions | numero | date | portee   | outil | risques
                  | D-1    | ?    | Courante | ?     | …
        """,
        (
            "outils.utilite 6",
            "outils.repli 6",
            "outils.utilite 7",
            "outils.repli 7",
            "outils.sauvegarde 7",
            "outils.criticite 8",
            "decisions.date 6",
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
