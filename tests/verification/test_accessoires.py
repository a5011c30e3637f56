"""D'un outil accessoire, rien n'est plus qu'un point d'attention, sauf une donnée fautive."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.constats import Gravite
from tests.tableaux import constats

TABLE = """
    outils
  | nom | criticite | donnees_personnelles | prestataire | echeance | renouvellement | lieu_donnees
    | GED | {0} | Ordinaires | Alpha SA | 31.12.2026 | Tacite                | Autre pays
    | Eau | {0} | Aucune     | Bêta SA  | 01.11.2026 | Sur décision expresse | Suisse
    | Gaz | {0} | Aucune     | Bêta SA  | 31.12.2026 | Sur décision expresse | Suisse
    | Feu | {0} | Aucune     | Bêta SA  |            | Tacite                | Suisse
    prestataires | nom      | contrat | statut
                 | Alpha SA | Aucun   |
                 | Bêta SA  | Signé   | Terminé
"""
REGLES = ("OUT-005", "OUT-007", "OUT-008", "OUT-016", "OUT-020", "PRE-002", "PRE-004")


@pytest.mark.parametrize(
    ("criticite", "gravite"),
    [
        ("Important", Gravite.AVERTISSEMENT),
        ("À clarifier", Gravite.AVERTISSEMENT),
        ("Accessoire", Gravite.ATTENTION),
    ],
)
def test_un_accessoire_n_appelle_que_l_attention(criticite: str, gravite: Gravite) -> None:
    vus = constats(TABLE.format(criticite))
    assert {c.regle: c.gravite for c in vus if c.regle in REGLES} == dict.fromkeys(REGLES, gravite)


def test_une_donnee_fautive_reste_une_erreur() -> None:
    vus = constats(
        "outils | nom | criticite | donnees_personnelles | lieu_donnees\n"
        " | GED | Accessoire | Ordinaires | Sans données"
    )
    assert [c.gravite for c in vus if c.regle == "OUT-014"] == [Gravite.ERREUR]
