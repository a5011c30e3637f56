"""EVO : un changement durable sans décision dans l'intervalle ; chaque règle, chaque excuse."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pilotage_xlsx.metier.evolution import (
    NatureDeChangement,
    comparer,
    dire_les_decisions,
    raconter,
)
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification import verifier_evolution
from pilotage_xlsx.verification.catalogue import D_EVOLUTION
from tests.campagne import combien
from tests.metier.evolution.annees import classeur, codes, evolution
from tests.tableaux import AU, modele
from tests.verification.test_robustesse import registres

ENTETE = "outils | nom | prestataire | cout_annuel | lieu_donnees | statut\n"
PRESTATAIRES = "prestataires | nom\n | Alpha SA\n | Beta Web Sàrl\n"
DECISIONS = "decisions | numero | date | outil | statut | decision | mise_en_oeuvre_le\n"
BASE = f"{ENTETE} | Compta | Alpha SA\n"
AVANT = f"{BASE} | Site | Alpha SA | 1000 | Suisse\n{PRESTATAIRES}"


def _apres(site: str, decision: str = "") -> str:
    decisions = f"{DECISIONS} | {decision}\n" if decision else ""
    return f"{BASE} | {site}\n{PRESTATAIRES}{decisions}"


SITE = "Site | Alpha SA |"
BETA = "Site | Beta Web Sàrl | 1000 | Suisse"
CAS = {
    "EVO-002": (AVANT, f"{BASE}{PRESTATAIRES}", ["EVO-002 outils.nom 7"]),
    "EVO-003": (AVANT, _apres(BETA), ["EVO-003 outils.prestataire 7"]),
    "EVO-004": (AVANT, _apres(f"{SITE} 1600 | Suisse"), ["EVO-004 outils.cout_annuel 7"]),
    "EVO-005": (AVANT, _apres(f"{SITE} 1000 | UE/EEE"), ["EVO-005 outils.lieu_donnees 7"]),
    "EVO-006": (
        AVANT,
        _apres(BETA, "D-2026-007 | 12.03.2026 | Site | Proposée | Passer à Beta Web"),
        ["EVO-006 outils.prestataire 7"],
    ),
    "EVO-001": (f"{BASE}{PRESTATAIRES}", _apres("Site | Alpha SA"), ["EVO-001 outils.nom 7"]),
}  # fmt: skip
"""Pour chaque règle : deux années qui se suivent, et ce qu'elle accuse faute de décision."""

DECISION = "D-2026-001 | 12.03.2026 | Site | Validée | Revoir le site"


@pytest.mark.parametrize("code", CAS)
def test_un_changement_durable_sans_decision_est_un_constat(code: str) -> None:
    avant, apres, accuse = CAS[code]
    assert codes(avant, apres) == accuse


@pytest.mark.parametrize("code", CAS)
def test_une_decision_de_l_intervalle_l_explique(code: str) -> None:
    avant, apres, _ = CAS[code]
    assert codes(avant, f"{apres}{DECISIONS} | {DECISION}\n") == []


@pytest.mark.parametrize("code", [code for code in CAS if code != "EVO-006"])
def test_une_proposition_seule_en_fait_un_changement_fait_avant_la_decision(code: str) -> None:
    avant, apres, _ = CAS[code]
    proposee = f"{DECISIONS} | {DECISION.replace('Validée', 'Proposée')}\n"
    assert [c.partition(" ")[0] for c in codes(avant, f"{apres}{proposee}")] == ["EVO-006"]
    evolue = evolution(avant, f"{apres}{proposee}")
    assert [c.est_anticipe for c in evolue.changements if c.exige_une_decision] == [True]
    assert evolue.sans_decision == ()


def test_chaque_regle_a_son_cas() -> None:
    assert {regle.fiche.code for regle in D_EVOLUTION} == set(CAS)


def test_un_outil_arrete_s_accuse_a_son_statut() -> None:
    assert codes(AVANT, _apres("Site | Alpha SA | | | Arrêté")) == ["EVO-002 outils.statut 7"]


def test_une_seule_cause_se_dit_une_fois() -> None:
    """Un autre prestataire coûte autre chose : une décision suffit, un constat aussi."""
    apres = _apres("Site | Beta Web Sàrl | 2000 | Suisse")
    assert codes(AVANT, apres) == ["EVO-003 outils.prestataire 7"]


@pytest.mark.parametrize(
    ("decision", "explique"),
    [
        ("D-2026-001 | 12.03.2026 | Site | Validée", True),
        ("D-2026-001 | 12.03.2026 | Site | Proposée", False),
        ("D-2026-001 | | Site | Validée", True),
        ("D-2026-001 | 12.03.2026 | Site | Refusée", False),
        ("D-2026-001 | 12.03.2026 | Site | Abandonnée", False),
        ("D-2019-001 | 12.03.2019 | Site | Validée", False),
        ("D-2026-001 | 12.03.2026 | Compta | Validée", False),
        ("D-2026-001 | 12.03.2026 | Notre informatique | Validée | Passer à Beta Web", True),
        ("D-2026-001 | 12.03.2026 | Notre site | Validée | Passer à Gamma", True),
        ("D-2026-001 | 12.03.2026 | Situation | Validée | Rien à voir", False),
    ],
)
def test_ce_qui_explique_un_autre_prestataire(decision: str, explique: bool) -> None:
    apres = _apres(BETA, decision)
    assert (codes(AVANT, apres) == []) is explique


def test_la_decision_de_changer_de_prestataire_explique_aussi_le_prix_et_le_lieu() -> None:
    decision = "D-2026-001 | 12.03.2026 | Toute l'informatique | Validée | Passer à Beta Web"
    assert codes(AVANT, _apres("Site | Beta Web Sàrl | 9000 | UE/EEE", decision)) == []


def test_une_decision_deja_mise_en_oeuvre_avant_n_explique_plus_rien() -> None:
    decision = "D-2025-001 | 12.03.2025 | Site | Validée | Choisir Alpha |"
    faite = f"{AVANT}{DECISIONS} | {decision} 01.04.2025\n"
    ouverte = f"{AVANT}{DECISIONS} | {decision}\n"
    apres = _apres(BETA, f"{decision} 01.04.2025")
    assert codes(faite, apres) == ["EVO-003 outils.prestataire 7"]
    assert codes(ouverte, apres) == []


def test_une_decision_restee_dans_l_ancien_classeur_explique_encore() -> None:
    decision = "D-2025-009 | 10.11.2025 | Site | Validée | Arrêter le site"
    avant = f"{AVANT}{DECISIONS} | {decision}\n"
    assert codes(avant, f"{BASE}{PRESTATAIRES}") == []
    (change,) = evolution(avant, f"{BASE}{PRESTATAIRES}").changements
    assert dire_les_decisions(change.decisions) == "D-2025-009 du 10.11.2025"


def test_l_origine_d_un_outil_nouveau_peut_etre_plus_ancienne() -> None:
    apres = (
        "outils | nom | decision_origine\n | Compta\n | Site | D-2019-001\n"
        f"{DECISIONS} | D-2019-001 | 12.03.2019 | Site | Validée\n"
    )
    assert codes("outils | nom\n | Compta\n", apres) == []


def test_une_faute_qui_cacherait_la_decision_ne_prouve_rien() -> None:
    apres = _apres(BETA, "D-2026-001 | 12.03.2026 | | Validée")
    assert codes(AVANT, apres) == []


@pytest.mark.parametrize("sans", ["decisions", "decisions.outil", "decisions.statut"])
def test_sans_feuille_ou_colonne_de_decisions_rien_n_est_accuse(sans: str) -> None:
    apres = _apres(BETA)
    trouve = comparer(classeur(AVANT, 2025), classeur(apres, 2026, sans=(sans,)))
    assert verifier_evolution(trouve, modele()) == ()


def test_un_prestataire_pas_inscrit_ne_prouve_rien() -> None:
    assert codes(AVANT, _apres("Site | Inconnu SA | 1000 | Suisse")) == []


def test_un_statut_illisible_ne_prouve_rien() -> None:
    assert codes(AVANT, _apres("Site | Alpha SA | 1000 | Suisse | Peut-être")) == []


def test_deux_communes_differentes_n_accusent_rien() -> None:
    autre = classeur(f"{BASE}{PRESTATAIRES}", 2026, nom="Montval", ofs=9998)
    assert verifier_evolution(comparer(classeur(AVANT, 2025), autre), modele()) == ()


@settings(max_examples=combien(20, 80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registres(), registres())
def test_n_importe_quels_registres_se_comparent(un: Registre, autre: Registre) -> None:
    trouve = comparer(Liens(modele(), un, AU), Liens(modele(), autre, AU))
    assert all(raconter(changement) for changement in trouve.changements)
    assert all(constat.message for constat in verifier_evolution(trouve, modele()))


@settings(max_examples=combien(10, 40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registres())
def test_un_classeur_n_a_pas_change_depuis_lui_meme(lu: Registre) -> None:
    liens = Liens(modele(), lu, AU)
    natures = {changement.nature for changement in comparer(liens, liens).changements}
    assert natures <= {NatureDeChangement.PROJET}
