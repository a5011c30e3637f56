"""Ce que les colonnes cachées disent de décisions liées à un contrat, et d'une cellule vide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.generation.jumelles import Jumelles, Valeur
from pilotage_xlsx.generation.plan import planifier
from pilotage_xlsx.generation.techniques import VISES, VISES_ENSEMBLE
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.liens import Liens
from tests.tableaux import AU, modele

NOMS = ("GED", "Salaires", "Site", "Cadastre")
_ANCIENNE, _RECENTE = "2020-05-04", "2026-09-01"
VIVES = (
    *("cle", "rang", "annee", "service", "indispensable", "fournisseur", "dependance"),
    *("cherche", "liee", "autres", "vivante", "numero_vivant", "noms", *VISES, VISES_ENSEMBLE),
)
DEBUTS = ("code_", "cite_", "nom_", "perdu_")


def colonnes(feuille: str, *decisions: dict[str, Any]) -> dict[str, list[Valeur]]:
    """Quatre outils dont le contrat finit bientôt ; le premier cite la dernière décision."""
    outils: list[dict[str, Any]] = [{"nom": nom, "echeance": "2026-12-31"} for nom in NOMS]
    communs = {"statut": "Validée"}
    numerotees = [
        {"numero": f"D-2026-{rang:03}", **communs, **decision}
        for rang, decision in enumerate(decisions, 1)
    ]
    document = {"outils": outils, "decisions": numerotees}
    registre, _ = lire_donnees(document, modele(), Path("essai.xlsx"))
    plan = planifier(modele(), registre)
    liens = Liens(modele(), registre, AU)
    valeurs = Jumelles(plan, plan.registre(feuille), liens).colonnes()
    return {nom: list(vues) for nom, vues in valeurs.items()}


@pytest.mark.parametrize(
    ("decisions", "liee", "autres", "reponse"),
    [
        ([], False, 0, 0),
        ([{"outil": "GED", "date": _ANCIENNE}], True, 0, 0),
        ([{"outil": "GED", "date": _RECENTE}], True, 0, 1),
        ([{"outil": "GED", "date": _RECENTE, "statut": "Refusée"}], False, 0, 0),
        ([{"outil": "GED", "date": _ANCIENNE}, {"outil": "GED", "date": _RECENTE}], True, 1, 1),
        ([{"outil": "Site; GED", "date": _RECENTE}], True, 0, 1),
        ([{"outil": "Cadastre; Site; Salaires; GED", "date": _RECENTE}], True, 0, 1),
        ([{"outil": "Cadastre; Site", "date": _RECENTE}], False, 0, 0),
    ],
)
def test_la_reponse_a_un_contrat(
    decisions: list[dict[str, Any]], liee: bool, autres: int, reponse: int
) -> None:
    vues = colonnes("outils", *decisions)
    assert (bool(vues["liee"][0]), vues["autres"][0], vues["reponse"][0]) == (
        liee, autres, reponse,
    )  # fmt: skip


@pytest.mark.parametrize("feuille", ["outils", "decisions", "incidents", "echanges"])
def test_ce_dont_d_autres_lignes_vivent_n_est_jamais_un_texte_vide(feuille: str) -> None:
    """LibreOffice le recalculerait à l'ouverture, et tout ce qui en dépend."""
    vues = colonnes(feuille, {"outil": "GED", "date": _RECENTE})
    suivies = [nom for nom in vues if nom in VIVES or nom.startswith(DEBUTS)]
    assert suivies
    assert [nom for nom in suivies if "" in vues[nom]] == []
