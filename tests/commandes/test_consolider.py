"""``consolider`` : de mauvaises entrées parmi de bonnes, et des sorties impossibles."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotage_xlsx.commandes import executer
from tests.commandes.ligne import AU, classeur, jouer

POSIX = pytest.mark.skipif(os.name != "posix", reason="liens et limites de POSIX")


@pytest.fixture(scope="module")
def modele_de_communes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deux communes, générées une fois."""
    dossier = tmp_path_factory.mktemp("communes")
    for nom in ("valmarin-2026", "belcombe-2026"):
        classeur(dossier, nom)
    return dossier


@pytest.fixture
def communes(modele_de_communes: Path, tmp_path: Path) -> Path:
    """Un dossier de deux communes, à soi."""
    return Path(shutil.copytree(modele_de_communes, tmp_path / "communes"))


def _bombe(chemin: Path) -> None:
    """Une archive de quelques kilo-octets qui en annonce des centaines de millions."""
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 300_000_000)


def _restes(dossier: Path) -> set[str]:
    return {chemin.name for chemin in dossier.iterdir()}


def test_une_bombe_et_un_fichier_coupe_n_arretent_pas_les_autres(
    communes: Path, tmp_path: Path
) -> None:
    _bombe(communes / "bombe.xlsx")
    entier = (communes / "valmarin-2026.xlsx").read_bytes()
    (communes / "coupe.xlsx").write_bytes(entier[: len(entier) // 2])
    sortie = jouer("consolider", communes, "--sortie", tmp_path / "c.xlsx", *AU)
    assert sortie.code == 2
    assert "4 fichiers : 2 retenus, 2 refusés." in sortie.texte.replace("\u202f", " ")
    assert "bombe.xlsx" in sortie.erreur
    assert "coupe.xlsx" in sortie.erreur
    provenance = openpyxl.load_workbook(tmp_path / "c.xlsx")["Provenance"]
    sorts = {rangee[0].value: rangee[1].value for rangee in provenance.iter_rows()}
    assert (sorts["bombe.xlsx"], sorts["coupe.xlsx"]) == ("Refusé", "Refusé")
    assert sorts["valmarin-2026.xlsx"] == "Retenu"


@POSIX
def test_un_dossier_qui_boucle_se_parcourt_une_fois(communes: Path, tmp_path: Path) -> None:
    (communes / "encore").symlink_to(communes, target_is_directory=True)
    (communes / "sous").mkdir()
    (communes / "sous" / "haut").symlink_to("..", target_is_directory=True)
    sortie = jouer("consolider", communes, "--sortie", tmp_path / "c.xlsx", *AU)
    assert (sortie.code, sortie.texte.count("2 retenus")) == (0, 1)


def test_la_sortie_dans_le_dossier_ne_se_relit_pas(communes: Path) -> None:
    for force in ((), ("--force",)):
        sortie = jouer("consolider", communes, "--sortie", communes / "c.xlsx", *force, *AU)
        assert (sortie.code, "2 retenus" in sortie.texte) == (0, True)


def test_aucun_classeur_de_l_annee_rien_n_est_ecrit(communes: Path, tmp_path: Path) -> None:
    arguments = ("consolider", communes, "--annee", "2019", "--sortie", tmp_path / "c.xlsx")
    sortie = jouer(*arguments, *AU)
    assert sortie.code == 2
    assert "Aucun classeur n'est de 2019 (années lues\u202f: 2026)" in sortie.erreur
    assert _restes(tmp_path) == {"communes"}


def test_aucun_lisible_rien_n_est_ecrit(tmp_path: Path) -> None:
    (tmp_path / "faux.xlsx").write_bytes(b"PK")
    sortie = jouer("consolider", tmp_path / "faux.xlsx", "--sortie", tmp_path / "c.xlsx", *AU)
    assert sortie.code == 2
    assert "rien n'est écrit" in sortie.erreur
    assert _restes(tmp_path) == {"faux.xlsx"}


@POSIX
@pytest.mark.parametrize("forme", ["xlsx", "json", "csv", "parquet"])
def test_un_disque_plein_ne_laisse_rien(communes: Path, tmp_path: Path, forme: str) -> None:
    avant = _restes(tmp_path)
    joue = subprocess.run(
        [sys.executable, "-m", "pilotage_xlsx", "consolider", str(communes), *AU,
         "--sortie", str(tmp_path / "c"), "--format", forme],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096)),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    erreur = joue.stderr.decode()
    assert joue.returncode == 2, erreur
    assert "Traceback" not in erreur
    assert "place" in erreur
    assert _restes(tmp_path) == avant


@POSIX
def test_une_sortie_qui_n_est_pas_un_fichier_est_refusee(communes: Path) -> None:
    sortie = jouer("consolider", communes, "--sortie", "/dev/full", "--force", *AU)
    assert sortie.code == 2
    assert "/dev/full" in sortie.erreur


@pytest.mark.parametrize("forme", ["csv", "parquet"])
def test_un_dossier_de_tables_se_remplace_sur_demande(
    communes: Path, tmp_path: Path, forme: str
) -> None:
    arguments = ("consolider", communes, "--sortie", tmp_path / "t", "--format", forme, *AU)
    assert jouer(*arguments).code == 0
    assert {f"outils.{forme}", f"provenance.{forme}"} <= _restes(tmp_path / "t")
    (tmp_path / "t" / "a-elle.txt").write_text("x")
    refus = jouer(*arguments)
    assert (refus.code, "--force" in refus.erreur) == (2, True)
    assert jouer(*arguments, "--force").code == 0
    assert "a-elle.txt" in _restes(tmp_path / "t")
    assert _restes(tmp_path) == {"communes", "t"}


def test_les_tables_vont_parmi_les_classeurs_recus_sans_y_toucher(communes: Path) -> None:
    avant = {chemin: chemin.read_bytes() for chemin in communes.iterdir()}
    arguments = ("consolider", communes, "--sortie", communes, "--format", "csv", *AU)
    for force in ((), ("--force",)):
        sortie = jouer(*arguments, *force)
        assert (sortie.code, "2 retenus" in sortie.texte) == (0, True)
    assert {chemin: chemin.read_bytes() for chemin in avant} == avant
    assert "outils.csv" in _restes(communes)


def test_sans_pyarrow_le_parquet_s_explique(
    communes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("pilotage_xlsx.commandes.consolider.find_spec", lambda _: None)
    arguments = ["consolider", str(communes), "--sortie", str(tmp_path / "t"), *AU]
    assert executer([*arguments, "--format", "parquet"]) == 2
    assert "pilotage-xlsx[parquet]" in capsys.readouterr().err


def test_chaque_ligne_a_son_lien_vers_sa_feuille(communes: Path, tmp_path: Path) -> None:
    jouer("consolider", communes, "--sortie", tmp_path / "c.xlsx", *AU)
    outils = openpyxl.load_workbook(tmp_path / "c.xlsx")["Outils"]
    liens = [rangee[6].hyperlink for rangee in outils.iter_rows() if rangee[6].hyperlink]
    assert len(liens) == sum(1 for rangee in outils.iter_rows(min_row=5) if rangee[4].value)
    assert {lien.target for lien in liens} == {
        "communes/valmarin-2026.xlsx", "communes/belcombe-2026.xlsx",
    }  # fmt: skip
    assert liens[0].location.startswith("'Outils'!A")


def test_les_correspondances_s_ecrivent_puis_se_suivent(communes: Path, tmp_path: Path) -> None:
    fichier = tmp_path / "noms.csv"
    arguments = ("consolider", communes, "--correspondances", fichier, *AU)
    assert jouer(*arguments, "--sortie", tmp_path / "un.xlsx").code == 0
    with fichier.open(encoding="utf-8-sig", newline="") as ouvert:
        rangees = list(csv.DictReader(ouvert, delimiter=";"))
    premier = rangees[0]["Écrit"]
    fichier.write_text(f"Écrit;Prestataire\n{premier};Nom choisi\n", "utf-8-sig")
    avant = fichier.read_bytes()
    sortie = jouer(*arguments, "--sortie", tmp_path / "deux.xlsx")
    assert sortie.code == 0
    assert "ne connaît pas encore" in sortie.erreur
    assert fichier.read_bytes() == avant
    prestataires = openpyxl.load_workbook(tmp_path / "deux.xlsx")["Prestataires"]
    reunis = {rangee[9].value: rangee[8].value for rangee in prestataires.iter_rows()}
    assert reunis[premier] == "Nom choisi"


def test_des_correspondances_illisibles_se_disent(communes: Path, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Nom\nA\n")
    arguments = ("--sortie", tmp_path / "c.xlsx", "--correspondances", tmp_path / "c.csv")
    sortie = jouer("consolider", communes, *arguments, *AU)
    assert sortie.code == 2
    assert "Écrit" in sortie.erreur
    assert not (tmp_path / "c.xlsx").exists()
