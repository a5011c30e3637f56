"""Nos propres sorties, dans un dossier : laissées de côté, et dites ; nommées, toujours lues."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.lecture import reconnaitre
from pilotage_xlsx.registre import Sorte
from tests.commandes.ligne import AU, classeur, jouer

ANNEE = ("--annee", "2026")


@pytest.fixture(scope="module")
def sorties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un classeur, et à côté une sortie de chaque sorte, faite par la vraie commande."""
    dossier = tmp_path_factory.mktemp("sorties")
    chemin = classeur(dossier)
    jouer("consolider", chemin, "--sortie", dossier / "ensemble.xlsx", *AU)
    jouer("mutualiser", chemin, "--sortie", dossier / "occasions.xlsx", *AU)
    jouer("rapport", chemin, *ANNEE, "--sortie", dossier, "--format", "xlsx", *AU)
    jouer("verifier", chemin, "--annoter", dossier, *AU)
    return dossier


@pytest.fixture
def communes(sorties: Path, tmp_path: Path) -> Path:
    """Un dossier neuf avec le seul classeur."""
    dossier = tmp_path / "communes"
    dossier.mkdir()
    shutil.copy(sorties / "valmarin-2026.xlsx", dossier)
    return dossier


def lus(*arguments: object) -> list[str]:
    """Les noms des classeurs contrôlés."""
    vus = jouer("verifier", *arguments, "--format", "json", *AU).json["classeurs"]
    return [Path(vu["fichier"]).name for vu in vus]


def test_chaque_sortie_se_reconnait(sorties: Path) -> None:
    sortes = {chemin.name: reconnaitre(chemin) for chemin in sorties.glob("*.xlsx")}
    assert sortes == {
        "valmarin-2026.xlsx": Sorte.DE_COMMUNE,
        "valmarin-2026-annote.xlsx": Sorte.ANNOTEE,
        "ensemble.xlsx": Sorte.REUNION,
        "occasions.xlsx": Sorte.REUNION,
        "rapport-valmarin-2026.xlsx": Sorte.REUNION,
    }


def test_d_un_dossier_seul_le_classeur_est_lu_et_le_reste_se_dit(sorties: Path) -> None:
    sortie = jouer("verifier", sorties, "--format", "json", *AU)
    assert [Path(vu["fichier"]).name for vu in sortie.json["classeurs"]] == ["valmarin-2026.xlsx"]
    assert sortie.code == 0
    lignes = sortie.erreur.replace("\u202f", " ").splitlines()
    assert [ligne.split(" : ")[1:] for ligne in lignes] == [
        [
            "copies annotées laissées de côté (nommées, elles se lisent)",
            "valmarin-2026-annote.xlsx.",
        ],
        [
            "consolidations ou rapports laissés de côté",
            "ensemble.xlsx, occasions.xlsx, rapport-valmarin-2026.xlsx.",
        ],
    ]


def reunir(sorties: Path, dossier: Path) -> Iterator[tuple[str, int, str]]:
    """Le code et ce que dit chaque commande qui lit un dossier."""
    for commande, options in (
        ("consolider", ("--sortie", dossier / "c.xlsx")),
        ("mutualiser", ("--sortie", dossier / "m.xlsx")),
        ("rapport", (*ANNEE, "--sortie", dossier / "r", "--format", "txt")),
    ):
        sortie = jouer(commande, sorties, *options, *AU)
        yield commande, sortie.code, sortie.erreur


def test_les_autres_commandes_les_laissent_aussi(sorties: Path, tmp_path: Path) -> None:
    for commande, code, dit in reunir(sorties, tmp_path):
        assert code == 0, commande
        assert "ensemble.xlsx" in dit, commande
        assert "valmarin-2026-annote.xlsx" in dit, commande


def test_nommee_une_copie_annotee_se_lit(sorties: Path) -> None:
    copie = sorties / "valmarin-2026-annote.xlsx"
    assert lus(copie) == [copie.name]
    assert sorted(lus(sorties, copie)) == [copie.name, "valmarin-2026.xlsx"]


def test_nommee_une_consolidation_dit_pourquoi_elle_ne_se_controle_pas(sorties: Path) -> None:
    sortie = jouer("verifier", sorties / "ensemble.xlsx", "--format", "json", *AU)
    (constat,) = sortie.json["classeurs"][0]["constats"]
    assert (sortie.code, constat["regle"]) == (2, "FIC-009")
    assert "consolidation" in constat["message"]


def test_renommee_une_copie_annotee_se_reconnait_en_la_lisant(
    sorties: Path, communes: Path
) -> None:
    shutil.copy(sorties / "valmarin-2026-annote.xlsx", communes / "a-rendre.xlsx")
    sortie = jouer("verifier", communes, "--format", "json", *AU)
    assert [Path(vu["fichier"]).name for vu in sortie.json["classeurs"]] == ["valmarin-2026.xlsx"]
    assert "copies annotées" in sortie.erreur
    assert "a-rendre.xlsx" in sortie.erreur


def test_un_classeur_dont_le_nom_seul_dit_annote_est_lu(communes: Path) -> None:
    (communes / "valmarin-2026.xlsx").rename(communes / "plan-annote.xlsx")
    assert lus(communes) == ["plan-annote.xlsx"]


def test_un_dossier_qui_n_a_que_nos_sorties_se_refuse(sorties: Path, tmp_path: Path) -> None:
    for nom in ("ensemble.xlsx", "valmarin-2026-annote.xlsx"):
        shutil.copy(sorties / nom, tmp_path)
        sortie = jouer("verifier", tmp_path, "--format", "json", *AU)
        assert sortie.code == 2
        assert sortie.json["classeurs"][0]["constats"][0]["regle"] == "FIC-011"
        assert nom in sortie.erreur
        (tmp_path / nom).unlink()


def test_retirer_prend_les_copies_annotees_d_un_dossier(sorties: Path, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    shutil.copy(sorties / "valmarin-2026-annote.xlsx", tmp_path / "copies")
    rendu = tmp_path / "rendus"
    assert jouer("verifier", tmp_path / "copies", "--retirer", "--annoter", rendu).code == 0
    original = (sorties / "valmarin-2026.xlsx").read_bytes()
    assert (rendu / "valmarin-2026-sans-annotation.xlsx").read_bytes() == original


def test_annoter_deux_fois_dans_le_meme_dossier_ne_double_rien(communes: Path) -> None:
    for _ in range(2):
        assert jouer("verifier", communes, "--annoter", communes, "--force", *AU).code == 0
    assert sorted(chemin.name for chemin in communes.glob("*.xlsx")) == [
        "valmarin-2026-annote.xlsx", "valmarin-2026.xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize("ajout", ["-corrige", "-corrige-2", "-sans-annotation"])
def test_une_copie_a_continuer_cede_a_son_classeur_present(communes: Path, ajout: str) -> None:
    copie = communes / f"valmarin-2026{ajout}.xlsx"
    shutil.copy(communes / "valmarin-2026.xlsx", copie)
    sortie = jouer("verifier", communes, "--format", "json", *AU)
    assert [Path(vu["fichier"]).name for vu in sortie.json["classeurs"]] == ["valmarin-2026.xlsx"]
    assert copie.name in sortie.erreur
    assert lus(copie) == [copie.name]


def test_une_copie_corrigee_sans_son_classeur_est_celle_qui_compte(communes: Path) -> None:
    copie = (communes / "valmarin-2026.xlsx").rename(communes / "valmarin-2026-corrige.xlsx")
    assert lus(communes) == [copie.name]


def test_une_copie_corrigee_d_un_autre_dossier_est_lue(communes: Path) -> None:
    """Deux communes peuvent nommer « registre » leur classeur : un nom ne suffit pas de loin."""
    for dossier, nom in (("a", "registre.xlsx"), ("b", "registre-corrige.xlsx")):
        (communes / dossier).mkdir()
        shutil.copy(communes / "valmarin-2026.xlsx", communes / dossier / nom)
    (communes / "valmarin-2026.xlsx").unlink()
    assert lus(communes) == ["registre.xlsx", "registre-corrige.xlsx"]


def test_un_nom_a_points_garde_son_classeur(communes: Path) -> None:
    shutil.copy(communes / "valmarin-2026.xlsx", communes / "a.b.xlsx")
    shutil.copy(communes / "valmarin-2026.xlsx", communes / "a.c-corrige.xlsx")
    assert len(lus(communes)) == 3


def test_peu_de_noms_se_citent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for rang in range(30):
        (tmp_path / f"a{rang:02}.xlsx").write_bytes(b"")
        (tmp_path / f"a{rang:02}-corrige.xlsx").write_bytes(b"")
    assert len(recenser([tmp_path]).chemins) == 30
    (ligne,) = capsys.readouterr().err.splitlines()
    assert "a04-corrige.xlsx et 25 autres" in ligne
    assert "a05" not in ligne


def test_la_preferee_est_nommee(sorties: Path, communes: Path, tmp_path: Path) -> None:
    """--prefere nomme un classeur : il se lit, même annoté."""
    shutil.copy(sorties / "valmarin-2026-annote.xlsx", communes)
    prefere = communes / "valmarin-2026-annote.xlsx"
    sortie = tmp_path / "c.xlsx"
    dit = jouer("consolider", communes, "--prefere", prefere, "--sortie", sortie, *AU)
    assert dit.code == 0
    assert "laissées de côté" not in dit.erreur
