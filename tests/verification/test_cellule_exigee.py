"""Une cellule exigée vide se juge une fois, avec la gravité de sa colonne."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.constats import Gravite, resumer
from tests.tableaux import cellules, constats


def _accuse(texte: str, *cases: str, sans: tuple[str, ...] = ()) -> list[str]:
    return [case for case in cellules("CEL-001", texte, sans=sans) if case.startswith(cases)]


def test_une_essentielle_vide_est_accusee() -> None:
    assert _accuse("outils | nom\n | GED", "outils.domaine") == ["outils.domaine 6"]


def test_une_essentielle_remplie_ne_l_est_pas() -> None:
    assert _accuse("outils | nom | domaine\n | GED | Archivage", "outils.domaine") == []


def test_une_utile_vide_n_accuse_jamais() -> None:
    assert _accuse("outils | nom\n | GED", "outils.remarques", "outils.echeance") == []


def test_une_essentielle_sous_condition_suit_sa_condition() -> None:
    table = "outils | nom | criticite\n | GED | Accessoire\n | Eau | Indispensable"
    assert _accuse(table, "outils.repli") == ["outils.repli 7"]


def test_la_raison_cite_la_reponse_qui_rend_la_cellule_necessaire() -> None:
    table = "outils | nom | criticite\n | Eau | Indispensable"
    trouve = next(c for c in constats(table) if c.colonne == "repli")
    assert "Criticité" in trouve.message
    assert "Indispensable" in trouve.message


def test_une_condition_illisible_n_exige_rien() -> None:
    assert _accuse("outils | nom | criticite\n | GED | Vitale", "outils.repli") == []


def test_a_remplir_bloque_la_ou_la_colonne_le_dit() -> None:
    bloquent = {
        constat.colonne: constat.bloque
        for constat in constats("prestataires | nom\n | Alpha")
        if constat.registre == "prestataires" and constat.regle == "CEL-001"
    }
    assert bloquent["contact"]
    assert not bloquent["telephone_urgence"]


@pytest.mark.parametrize("remise", ["-", "?", "idem", "Voir contrat", "XXX", " ? "])
def test_une_reponse_remise_est_a_remplir_comme_un_vide(remise: str) -> None:
    table = f"prestataires | nom | contact | telephone_urgence\n | Alpha | {remise} | {remise}"
    vus = {
        c.colonne: (c.regle, c.gravite, c.bloque)
        for c in constats(table)
        if c.colonne in ("contact", "telephone_urgence")
    }
    assert vus == {
        "contact": ("CEL-018", Gravite.A_REMPLIR, True),
        "telephone_urgence": ("CEL-018", Gravite.A_REMPLIR, False),
    }


def test_le_resume_compte_a_part_ce_qui_est_a_remplir() -> None:
    resume = resumer(constats("outils | nom | criticite\n | GED | Vitale\n | Eau |"))
    assert resume.erreurs == 1
    assert resume.a_remplir > 2
    assert resume.bloquants > 2


def test_une_colonne_absente_n_est_pas_une_colonne_vide() -> None:
    assert _accuse("outils | nom\n | GED", "outils.domaine", sans=("outils.domaine",)) == []


def test_une_exigence_qui_part_du_vide_d_une_colonne_absente_ne_vaut_pas() -> None:
    table = """
    incidents | numero | donnees_touchees | donnees_personnelles
              | I-1    | Oui              | Oui
    """
    assert cellules("INC-015", table) == ["incidents.motif_non_annonce 6"]
    sans = ("incidents.autorite_annonce_le",)
    assert cellules("INC-015", table, sans=sans) == []
    assert _accuse(table, "incidents.motif", sans=sans) == []


def test_une_regle_qui_en_parle_mieux_remplace_le_constat() -> None:
    table = """
    incidents | numero | constate_le | service_touche
              | I-1    | 01.03.2026  | Oui
    """
    codes = [c.regle for c in constats(table) if c.colonne == "executif_informe_le"]
    assert codes == ["INC-001"]


def test_sans_cette_regle_la_cellule_reste_a_remplir() -> None:
    table = """
    incidents | numero | constate_le | service_touche
              | I-1    | 23.11.2026  | Oui
    """
    (seul,) = (c for c in constats(table) if c.colonne == "executif_informe_le")
    assert (seul.regle, seul.gravite) == ("CEL-001", Gravite.A_REMPLIR)


def test_idem_en_tete_de_liste_n_a_rien_a_recopier() -> None:
    table = """
    prestataires | nom      | prestation | contact
                 | Alpha SA | Paie       | idem
                 | Bêta SA  | Site       | idem
    """
    remedes = [constat.corriger for constat in constats(table) if constat.regle == "CEL-018"]
    assert ["dessus" in remede for remede in remedes] == [False, True]


def test_une_reponse_remise_ne_tait_pas_la_regle_qui_la_supplante() -> None:
    table = """
    incidents | numero | constate_le | service_touche | statut | executif_informe_le
              | I-1    | 01.03.2026  | Oui            | Ouvert | ?
    """
    regles = [c.regle for c in constats(table) if c.colonne == "executif_informe_le"]
    assert regles == ["INC-001"]


@pytest.mark.parametrize(("statut", "accusees"), [("À confirmer", 0), ("", 1), ("Arrêté", 1)])
@pytest.mark.parametrize("vide", ["", "?"])
def test_rien_ne_manque_a_une_ligne_a_confirmer(statut: str, accusees: int, vide: str) -> None:
    table = f"outils | nom | statut | criticite\n | GED | {statut} | {vide}"
    vus = [*cellules("CEL-001", table), *cellules("CEL-018", table)]
    assert vus.count("outils.criticite 6") == accusees


@pytest.mark.parametrize(
    ("code", "colonne", "nom", "reponse"),
    [
        ("CEL-002", "domaine", "GED", "Cuisine"),
        ("CEL-006", "prestataire", "GED", "Inconnu SA"),
        ("CEL-010", "nom", "GED ; Mail", ""),
    ],
)
def test_ce_qui_est_faux_dans_une_ligne_a_confirmer_se_dit(
    code: str, colonne: str, nom: str, reponse: str
) -> None:
    tete = "outils | nom | domaine | prestataire | statut"
    reponses = {"domaine": "", "prestataire": "", colonne: reponse}
    ligne = f"{nom} | {reponses['domaine']} | {reponses['prestataire']} | À confirmer"
    assert cellules(code, f"{tete}\n | {ligne}") == [f"outils.{colonne} 6"]
