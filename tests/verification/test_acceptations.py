"""Un constat accepté se montre à part, ne compte pas, et ne disparaît jamais."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.generation import generer
from pilotage_xlsx.generation.reprise import reprendre
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele import ACCEPTES
from pilotage_xlsx.verification import Jugement, juger, verifier
from tests.commandes.ligne import AU as LE_24
from tests.commandes.ligne import jouer
from tests.tableaux import AU, modele, registre

GED = """
    outils   | nom | criticite     | sauvegarde
             | GED | Indispensable | Aucune
             | Eau | Indispensable | Aucune
    acceptes | regle   | ligne | motif                  | jusqu_au
"""


def _juger(acceptation: str, table: str = GED) -> Jugement:
    return juger(registre(f"{table}             | {acceptation}"), modele(), AU)


def _comptes(jugement: Jugement, code: str) -> list[int | None]:
    return [c.lieu.ligne for c in jugement.constats if c.regle == code]


@pytest.mark.parametrize("code", ["OUT-003", "out 003", "Out-003", "OUT003"])
@pytest.mark.parametrize("nom", ["GED", "ged", " GED "])
def test_une_acceptation_met_a_part_ce_qu_elle_nomme_et_rien_d_autre(code: str, nom: str) -> None:
    jugement = _juger(f"{code} | {nom} | Sauvegarde commandée | 31.12.2026")
    (accepte,) = jugement.acceptes
    assert (accepte.constat.regle, accepte.constat.lieu.ligne) == ("OUT-003", 6)
    assert (accepte.motif, accepte.jusqu_au) == ("Sauvegarde commandée", date(2026, 12, 31))
    assert _comptes(jugement, "OUT-003") == [7]


def test_elle_vaut_encore_le_dernier_jour() -> None:
    assert _juger(f"OUT-003 | GED | Sauvegarde commandée | {AU:%d.%m.%Y}").acceptes


@pytest.mark.parametrize(
    ("acceptation", "code"),
    [
        ("OUT-999 | GED | Commandée | 31.12.2026", "ACC-001"),
        ("        | GED | Commandée | 31.12.2026", "ACC-001"),
        ("ACC-001 | GED | Commandée | 31.12.2026", "ACC-001"),
        ("OUT-003 | GED |           | 31.12.2026", "ACC-002"),
        ("OUT-003 | GED | Commandée |           ", "ACC-003"),
        ("OUT-003 | GED | Commandée | fin d'année", "ACC-003"),
        ("OUT-003 | GED | Commandée | 23.11.2026", "ACC-004"),
        ("OUT-003 | GDE | Commandée | 31.12.2026", "ACC-005"),
        ("OUT-003 |     | Commandée | 31.12.2026", "ACC-005"),
    ],
)
def test_une_acceptation_fautive_se_dit_et_ne_met_rien_a_part(acceptation: str, code: str) -> None:
    jugement = _juger(acceptation)
    assert jugement.acceptes == ()
    assert _comptes(jugement, "OUT-003") == [6, 7]
    assert [c.regle for c in jugement.constats if c.regle.startswith("ACC")] == [code]


def test_une_acceptation_en_regle_ne_se_signale_pas() -> None:
    jugement = _juger("OUT-003 | GED | Commandée | 31.12.2026")
    assert not [c for c in jugement.constats if c.regle.startswith("ACC")]


@pytest.mark.parametrize(
    ("acceptation", "code", "propose"),
    [
        ("OUT-0003 | GED  | x | 31.12.2026", "ACC-001", "OUT-003"),
        ("OUT-003  | GEDD | x | 31.12.2026", "ACC-005", "GED"),
    ],
)
def test_un_code_ou_un_nom_voisin_est_propose(acceptation: str, code: str, propose: str) -> None:
    (faute,) = (c for c in _juger(acceptation).constats if c.regle == code)
    assert f"Vouliez-vous dire «\u202f{propose}\u202f»" in faute.corriger


def test_un_constat_de_la_fiche_s_accepte_sans_nom_ou_au_nom_de_la_commune() -> None:
    table = """
    commune  | commune  | referent_nom | suppleant_nom
             | Valmarin | Anne Favre   | Anne Favre
    acceptes | regle   | ligne | motif | jusqu_au
    """
    for nom in ("", "Commune", "la commune", "Valmarin"):
        jugement = _juger(f"COM-001 | {nom} | Élection en mars | 31.12.2026", table)
        assert [a.constat.regle for a in jugement.acceptes] == ["COM-001"], nom


def test_un_secret_dans_le_motif_est_masque_et_signale() -> None:
    jugement = _juger("OUT-003 | GED | mdp : Soleil9 | 31.12.2026")
    assert "Soleil9" not in str(jugement)
    assert _comptes(jugement, "CEL-014") == [6]


def test_elle_ne_compte_pas_dans_la_completude() -> None:
    assert ACCEPTES not in {feuille.id for feuille in modele().feuilles}


DONNEES = {
    "commune": {"commune": "Valmarin", "annee": 2026},
    "outils": [{"nom": "GED", "criticite": "Indispensable", "sauvegarde": "Aucune"}],
    ACCEPTES: [
        {"regle": "OUT-003", "ligne": "GED", "motif": "Commandée", "jusqu_au": "2026-12-31"}
    ],
}


@pytest.fixture(scope="module")
def classeur(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("acceptes") / "valmarin.xlsx"
    donnees, _ = lire_donnees(DONNEES, modele(), chemin)
    chemin.write_bytes(generer(modele(), donnees, AU))
    return chemin


def test_la_feuille_se_lit_du_classeur_et_suit_dans_celui_de_l_annee_suivante(
    classeur: Path, tmp_path: Path
) -> None:
    lu = lire(classeur, modele())
    assert lu.feuilles[ACCEPTES].lieu.feuille == "Constats acceptés"
    assert lu.feuilles_propres == ()
    assert [a.constat.regle for a in juger(lu, modele(), AU).acceptes] == ["OUT-003"]
    suivant = tmp_path / "suivant.xlsx"
    reprise = reprendre(lu, modele(), {"annee": 2027})
    suivant.write_bytes(generer(modele(), reprise.registre, AU))
    assert [a.motif for a in juger(lire(suivant, modele()), modele(), AU).acceptes] == ["Commandée"]


def test_un_classeur_sans_cette_feuille_n_a_pas_de_constat_pour_autant() -> None:
    assert not [c for c in verifier(registre(GED), modele(), AU) if c.registre == ACCEPTES]
    sans = registre("outils | nom\n | GED", sans=(ACCEPTES,))
    assert not [c for c in verifier(sans, modele(), AU) if c.regle.startswith("STR")]


def test_le_json_et_le_texte_le_montrent_a_part(classeur: Path) -> None:
    document = jouer("verifier", classeur, "--format", "json", *LE_24).json
    (accepte,) = document["classeurs"][0]["acceptes"]
    montre = (accepte["regle"], accepte["motif"], accepte["jusqu_au"])
    assert montre == ("OUT-003", "Commandée", "2026-12-31")
    assert "OUT-003" not in {c["regle"] for c in document["classeurs"][0]["constats"]}
    texte = jouer("verifier", classeur, *LE_24).texte
    assert "Acceptés par la commune" in texte
    assert "Commandée" in texte


def test_un_autre_programme_la_remplit_d_apres_le_json_du_modele(classeur: Path) -> None:
    decrite = jouer("modele", "--format", "json").json["acceptations"]
    page = load_workbook(classeur)[decrite["libelle"]]
    for colonne in decrite["colonnes"]:
        assert page[f"{colonne['lettre']}{decrite['ligne_entete']}"].value == colonne["libelle"]
