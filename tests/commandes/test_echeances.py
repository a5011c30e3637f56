"""``echeances`` : à l'écran, en fichier, pour un calendrier ; une commune n'y est qu'une fois."""

from __future__ import annotations

from pathlib import Path

import pytest
import vobject

import pilotage_xlsx as px
from tests.commandes.ligne import AU, classeur, jouer
from tests.tableaux import AU as JOUR


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Valmarin deux années, Belcombe une."""
    chemin = tmp_path_factory.mktemp("echeances")
    for nom in ("valmarin-2025", "valmarin-2026", "belcombe-2026"):
        classeur(chemin, nom)
    return chemin


@pytest.fixture
def valmarin(dossier: Path) -> Path:
    return dossier / "valmarin-2026.xlsx"


def test_le_texte_est_la_forme_ordinaire(valmarin: Path) -> None:
    vu = jouer("echeances", valmarin, *AU)
    assert vu.code == 0
    assert vu.texte.startswith("Valmarin · état au 24.11.2026")
    assert "30.12.2026  Site internet" in vu.texte
    assert jouer("échéances", valmarin, *AU).texte == vu.texte


def test_le_json_est_un_seul_document(valmarin: Path) -> None:
    vu = jouer("echeances", valmarin, "--format", "json", *AU)
    (commune,) = vu.json["communes"]
    assert vu.json["format"] == 1
    assert commune["commune"] == "Valmarin"
    assert {"identifiant", "jour", "prepare", "decide", "sinon"} <= commune["echeances"][0].keys()


@pytest.mark.parametrize("nom", ["a.ics", "a.json", "a.txt", "sans-extension"])
def test_le_nom_du_fichier_dit_la_forme(valmarin: Path, tmp_path: Path, nom: str) -> None:
    sortie = tmp_path / nom
    vu = jouer("echeances", valmarin, "--sortie", sortie, *AU)
    assert (vu.code, vu.texte.strip()) == (0, str(sortie))
    debuts = {"a.ics": b"BEGIN:VCALENDAR\r\n", "a.json": b"{\n"}
    assert sortie.read_bytes().startswith(debuts.get(nom, b"Valmarin"))


def test_le_calendrier_sort_aussi_a_l_ecran(valmarin: Path) -> None:
    lu = vobject.readOne(jouer("echeances", valmarin, "--format", "ics", *AU).texte)
    assert len(lu.vevent_list) == len(px.echeances(valmarin, au=JOUR).agendas[0].evenements)


def test_d_une_commune_la_derniere_annee_seule(dossier: Path) -> None:
    vu = jouer("echeances", dossier, "--format", "json", *AU)
    assert vu.code == 0
    assert "valmarin-2025.xlsx : année 2025, laissé de côté pour valmarin-2026.xlsx" in (
        vu.erreur.replace("\u202f", " ")
    )
    vues = [(c["commune"], c["annee"]) for c in vu.json["communes"]]
    assert sorted(vues) == [("Belcombe", 2026), ("Valmarin", 2026)]


def test_deux_classeurs_d_une_commune_et_d_une_annee_se_refusent(
    valmarin: Path, tmp_path: Path
) -> None:
    copie = tmp_path / "copie.xlsx"
    copie.write_bytes(valmarin.read_bytes())
    vu = jouer("echeances", valmarin, copie, *AU)
    assert vu.code == 2
    assert "Plusieurs classeurs de Valmarin sont de 2026" in vu.erreur


def test_un_illisible_n_empeche_pas_les_autres(valmarin: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    vu = jouer("echeances", valmarin, tmp_path / "a.xlsx", *AU)
    assert vu.code == 2
    assert "pas lu" in vu.erreur
    assert vu.texte.startswith("Valmarin")
    seul = jouer("echeances", tmp_path / "a.xlsx", "--sortie", tmp_path / "e.ics", *AU)
    assert seul.code == 2
    assert "Aucun classeur n'a pu être lu" in seul.erreur
    assert not (tmp_path / "e.ics").exists()


def test_rien_ne_s_ecrase(valmarin: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "e.ics"
    sortie.write_text("à moi", "utf-8")
    assert jouer("echeances", valmarin, "--sortie", sortie, *AU).code == 2
    assert sortie.read_text("utf-8") == "à moi"
    assert jouer("echeances", valmarin, "--sortie", sortie, "--force", *AU).code == 0
    assert jouer("echeances", valmarin, "--sortie", valmarin, "--force", *AU).code == 2


def test_le_geste_rend_des_valeurs(dossier: Path) -> None:
    rendu = px.echeances(dossier / "valmarin-2026.xlsx", forme="ics", au=JOUR)
    assert rendu.octets.startswith(b"BEGIN:VCALENDAR")
    assert rendu.agendas[0].commune == "Valmarin"
    with pytest.raises(px.GesteImpossible, match="vouliez-vous dire « texte »"):
        px.echeances(dossier / "valmarin-2026.xlsx", forme="text", au=JOUR)
    with pytest.raises(px.GesteImpossible, match="Aucun classeur"):
        px.echeances(dossier / "absent.xlsx", au=JOUR)
