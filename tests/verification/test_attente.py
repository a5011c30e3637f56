"""Une cellule fautive ne cache rien en silence : ce qu'elle tient en suspens se dit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.verification import juger
from tests.commandes.ligne import AU as LE
from tests.commandes.ligne import jouer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele, registre

OUTILS = """
    outils | nom | donnees_personnelles | lieu_donnees | statut | echeance | renouvellement \
| decision_origine
    | GED | Sensibles  | Autre pays |             | 31.12.2026 | Tacite |
    | Fax | Ordinaires | UE/EEE     | À remplacer |            |        | Aucune décision trouvée
    | Eau | Aucune     | Suisse     | En projet   |            |        |
"""
_LIEUX, _DU_LIEU = ("UE/EEE", "Autre pays", "À clarifier"), ("OUT-016", "OUT-017")
LES_SIX = ["OUT-002", "OUT-005", "OUT-010", "OUT-011", "OUT-016", "OUT-017"]


def _attendent(decision: str) -> list[str]:
    """Les règles qui attendent, quand s'ajoute la décision « date | outil | texte | … »."""
    tete = "decisions | numero | date | outil | decision | statut | risques"
    return _regles(f"{OUTILS}\n{tete}\n | D-1 | {decision}")


def _regles(texte: str) -> list[str]:
    vues = juger(registre(texte), modele(), AU).en_attente
    return sorted(vue.regle for vue in vues if vue.regle.startswith("OUT"))


@pytest.mark.parametrize(
    ("decision", "attendent"),
    [
        ("01.05.2026 | | Acheter des chaises | Validée |", LES_SIX),
        ("01.05.2026 | | Renouveler la GED | Validée |", ["OUT-005", "OUT-016"]),
        ("01.05.2026 | | Acheter des chaises | Refusée |", []),
        ("01.05.2024 | | Acheter des chaises | Validée | Aucun", ["OUT-002", "OUT-010", "OUT-011"]),
        ("01.05.2026 | GED | Renouveler | Bof |", ["OUT-005", "OUT-016"]),
        ("01.05.2026 | GED, Fax | Renouveler | Validée | Aucun", ["OUT-002", "OUT-005", "OUT-010"]),
        ("01.05.2026 | Le nuage | Renouveler | Validée |", []),
    ],
)
def test_seul_ce_qui_repondrait_fait_attendre(decision: str, attendent: list[str]) -> None:
    assert _attendent(decision) == attendent


@pytest.mark.parametrize(
    ("reste", "attend"),
    [
        ("decisions | numero | conseil | statut\n | D-1 | #REF! | Validée", True),
        ("decisions | numero | conseil | statut\n | D-1 | Gamma SA | Validée", False),
        ("commune | referent_employeur\n | #REF!", True),
    ],
)
def test_un_conseiller_illisible_est_peut_etre_ce_prestataire(reste: str, attend: bool) -> None:
    outils = "outils | nom | prestataire\n | GED | Alpha\nprestataires | nom\n | Alpha\n | Bêta"
    texte = f"{outils}\n{reste}"
    jugement = juger(registre(texte), modele(), AU)
    assert ("PRE-003" in {v.regle for v in jugement.en_attente}) is attend
    assert ("PRE-003" in {c.regle for c in jugement.constats}) is not attend


@pytest.mark.parametrize(("constat", "attend"), [("#REF!", True), ("01.03.2026", False)])
def test_un_incident_sans_date_lisible_est_peut_etre_d_une_autre_annee(
    constat: str, attend: bool
) -> None:
    texte = f"""
        commune   | annee
                  | 2026
        incidents | numero | constate_le | ofcs_le    | ofcs_complete_le | statut
                  | I-1    | {constat}   | 02.03.2026 | 17.03.2026       | Clos
        """
    jugement = juger(registre(texte), modele(), AU)
    assert ("INC-014" in {v.regle for v in jugement.en_attente}) is attend
    assert ("INC-014" in {c.regle for c in jugement.constats}) is not attend


def test_une_feuille_disparue_fait_attendre_ce_qui_en_depend() -> None:
    vues = juger(registre(OUTILS, sans=("decisions",)), modele(), AU).en_attente
    assert sorted(v.regle for v in vues) == LES_SIX
    assert {(lieu.feuille, lieu.ligne) for v in vues for lieu in v.attend} == {("Décisions", None)}


def test_un_seuil_illisible_fait_attendre_ce_qui_s_y_compare() -> None:
    table = "commune | seuil_alerte_contrat | inventaire_revu_le | seuil_relecture\n"
    table += " | bientôt | 01.01.2020 | souvent\n"
    table += "outils | nom | echeance | renouvellement\n | GED | 31.12.2026 | Tacite"
    vues = juger(registre(table), modele(), AU).en_attente
    assert sorted(vue.regle for vue in vues) == ["COM-003", "OUT-005"]


def test_une_suite_introuvable_peut_etre_celle_de_n_importe_quelle_ligne() -> None:
    table = """
        commune      | annee
                     | 2026
        signalements | numero | date       | genre  | statut
                     | S-1    | 01.03.2026 | Risque | Refusé
        echanges     | numero | date       | apport
                     | E-1    | 01.03.2026 | Solution mutualisée possible
        decisions    | numero | suite_de
                     | D-1    | S-9
    """
    vues = juger(registre(table), modele(), AU).en_attente
    assert sorted(vue.regle for vue in vues) == ["ECH-001", "SIG-003"]


def test_le_texte_en_une_ligne_et_le_json_un_par_un(tmp_path: Path) -> None:
    lus, _ = lire_donnees(
        {
            "commune": {"commune": "Valmarin", "annee": 2026},
            "outils": [
                {"nom": "GED", "statut": "À remplacer"},
                {"nom": "Eau", "statut": "En projet"},
            ],
            "decisions": [{"numero": "D-2026-001", "statut": "Validée"}],
        },
        modele(),
        tmp_path / "c.xlsx",
    )
    with petites_tables():
        (tmp_path / "c.xlsx").write_bytes(generer(modele(), lus, AU))
    texte = jouer("verifier", "c.xlsx", *LE, dans=tmp_path).texte
    assert "2 contrôles attendent E7 (Décisions)" in texte.replace("\u00a0", " ")
    dit = json.loads(jouer("verifier", "c.xlsx", "--format", "json", *LE, dans=tmp_path).texte)
    ici = {"feuille": "Décisions", "cellule": "E7"}
    vues = dit["classeurs"][0]["en_attente"]
    assert [(v["regle"], v["feuille"], v["attend"]) for v in vues] == [
        ("OUT-010", "Outils", [ici]),
        ("OUT-011", "Outils", [ici]),
    ]
    assert dit["resume"]["attentions"] == 0


def test_une_criticite_illisible_ne_cache_rien_hors_d_europe() -> None:
    texte = "outils | nom | donnees_personnelles | lieu_donnees | criticite\n | GED | Ordinaires | "
    dits = {lieu: juger(registre(f"{texte}{lieu} | #REF!"), modele(), AU) for lieu in _LIEUX}
    vus = {lieu: [c.regle for c in d.constats if c.regle in _DU_LIEU] for lieu, d in dits.items()}
    assert vus == {"UE/EEE": [], "Autre pays": ["OUT-016"], "À clarifier": ["OUT-017"]}


@pytest.mark.parametrize(
    ("outil", "attendent"),
    [
        ("Indispensable | #REF!", ["OUT-004", "OUT-019"]),
        ("Indispensable | Canto", ["OUT-004", "OUT-019"]),
        ("Indispensable |", []),
        ("#REF!         | Canton", ["OUT-017"]),
    ],
)
def test_une_exemption_illisible_fait_attendre(outil: str, attendent: list[str]) -> None:
    texte = f"""
        outils       | nom | sauvegarde | acces_administrateur | donnees_personnelles \
| lieu_donnees | criticite | prestataire
                     | GED | Par le prestataire, sans preuve | Prestataire seul | Ordinaires \
| UE/EEE | {outil}
        prestataires | nom    | contrat
                     | Canton | Base légale ou convention (canton, association)
        """
    assert _regles(texte) == attendent
