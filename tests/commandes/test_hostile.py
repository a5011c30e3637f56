"""Ce qu'on ne fait pas exprès : chemins impossibles, sorties mêlées aux entrées, flux fermés."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandes.ligne import AU, classeur, jouer

POSIX = pytest.mark.skipif(os.name != "posix", reason="liens, tubes et flux de POSIX")


@pytest.fixture
def commune(tmp_path: Path) -> Path:
    """Un dossier d'une seule commune."""
    (tmp_path / "communes").mkdir()
    return classeur(tmp_path / "communes")


def test_un_nom_trop_long_se_dit_et_les_autres_sont_examines(commune: Path) -> None:
    sortie = jouer("verifier", "x" * 300 + ".xlsx", commune, *AU)
    assert sortie.code == 2
    assert "FIC-001" in sortie.texte
    assert "Valmarin 2026" in sortie.texte
    assert jouer("consolider", commune, "--sortie", "x" * 300, *AU).code == 2


@POSIX
def test_des_liens_qui_tournent_en_rond_se_disent(commune: Path) -> None:
    (commune.parent / "boucle.xlsx").symlink_to("boucle.xlsx")
    (commune.parent / "ici").symlink_to(commune.parent, target_is_directory=True)
    sortie = jouer("verifier", commune.parent, *AU)
    assert sortie.code == 2
    assert "Valmarin 2026" in sortie.texte


@POSIX
def test_un_tube_n_est_ni_lu_ni_remplace(commune: Path, tmp_path: Path) -> None:
    tube = tmp_path / "tube.xlsx"
    os.mkfifo(tube)
    assert "FIC-003" in jouer("verifier", tube, *AU).texte
    assert jouer("consolider", commune, "--sortie", tube, "--force", *AU).code == 2
    assert tube.is_fifo()


def test_un_classeur_recu_n_est_jamais_la_sortie(commune: Path) -> None:
    avant = commune.read_bytes()
    arguments = (commune.parent, "--sortie", commune, "--force")
    assert jouer("consolider", *arguments, *AU).code == 2
    assert jouer("verifier", *arguments, *AU).code == 2
    recu = commune.rename(commune.with_name("rapport-valmarin-2026.xlsx"))
    arguments = (recu, "--annee", 2026, "--sortie", recu.parent, "--force")
    assert jouer("rapport", *arguments, *AU).code == 2
    assert recu.read_bytes() == avant
    assert list(recu.parent.iterdir()) == [recu]


def test_ce_que_l_on_envoie_n_est_jamais_le_brouillon(commune: Path) -> None:
    avant = commune.read_bytes()
    adresses = ("--a", "a@valmarin.example", "--de", "b@valmarin.example")
    assert jouer("envoyer", commune, "--brouillon", commune, "--force", *adresses).code == 2
    assert commune.read_bytes() == avant


def test_nos_sorties_dans_le_dossier_ne_sont_pas_des_communes(commune: Path) -> None:
    dossier = commune.parent
    ensemble = dossier / "ensemble.xlsx"
    assert jouer("rapport", commune, "--annee", 2026, "--sortie", dossier / "r", *AU).code == 0
    for force in ((), ("--force",)):
        sortie = jouer("consolider", dossier, "--sortie", ensemble, *force, *AU)
        assert sortie.code == 0
        assert "1 fichier : 1 retenu" in sortie.texte
    controle = jouer("verifier", dossier, "--format", "json", *AU)
    assert [Path(vu["fichier"]) for vu in controle.json["classeurs"]] == [commune]
    assert "ensemble.xlsx, rapport-valmarin-2026.xlsx" in controle.erreur
    assert "consolidation ou un rapport" in jouer("verifier", ensemble, *AU).texte


@POSIX
def test_un_nom_de_fichier_sans_alphabet(commune: Path, tmp_path: Path) -> None:
    autre = tmp_path / os.fsdecode(b"\xff.xlsx")
    shutil.copy(commune, autre)
    assert jouer("verifier", autre, "--format", "json", *AU).json["classeurs"][0]["lisible"]
    for forme in ("xlsx", "json"):
        sortie = tmp_path / f"ensemble.{forme}"
        assert jouer("consolider", autre, "--sortie", sortie, "--format", forme, *AU).code == 0
    assert jouer("generer", tmp_path / "a.xlsx", "--commune", os.fsdecode(b"V\xff"), *AU).code == 0


def _par_le_shell(ligne: str, dans: Path | None = None) -> tuple[int, str]:
    pilotage = 'pilotage() { "$PYTHON" -m pilotage_xlsx "$@"; }'
    joue = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {pilotage}; {ligne}"],
        capture_output=True,
        check=False,
        cwd=dans,
        env={**os.environ, "PYTHON": sys.executable},
    )
    return joue.returncode, joue.stderr.decode()


@POSIX
@pytest.mark.parametrize(
    ("ligne", "code"),
    [
        ("pilotage regles | true", 2),
        ("pilotage modele --format json | true", 2),
        ("pilotage --help | true", 2),
        ("pilotage modele --format json >&-", 0),
        ("pilotage modele --format json 2>&- | tail -1", 0),
    ],
)
def test_une_sortie_fermee_ne_montre_aucune_trace(ligne: str, code: int) -> None:
    assert _par_le_shell(ligne) == (code, "")


@POSIX
def test_une_entree_fermee_se_dit(tmp_path: Path) -> None:
    code, erreur = _par_le_shell(f"pilotage generer {tmp_path}/a --depuis - <&-")
    assert code == 2
    assert "n'est pas un JSON valide" in erreur


@pytest.mark.parametrize("module", ["click", "msgspec", "pilotage_xlsx.commandes.verifier"])
def test_interrompre_pendant_le_chargement_ne_montre_aucune_trace(module: str) -> None:
    programme = (
        "import sys\n"
        "class Interrompre:\n"
        "    def find_spec(self, nom, *_):\n"
        f"        if nom == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrompre())\n"
        "sys.argv = ['pilotage-xlsx', 'verifier', 'absent.xlsx']\n"
        "from pilotage_xlsx.__main__ import main\n"
        "main()\n"
    )
    joue = subprocess.run([sys.executable, "-c", programme], capture_output=True, check=False)
    assert joue.returncode == 130
    assert joue.stderr.decode().strip().startswith("Interrompu")
    assert b"Traceback" not in joue.stderr


@pytest.mark.parametrize(
    ("octets", "mots"),
    [
        (b"", "il est vide"),
        (b'{"commune": {', "s'arrête avant la fin"),
        (b'{\n  "outils": [,]\n}', "la ligne 2 ne se comprend pas à partir du signe 14"),
        (b'{"commune": "\xe9"}', "UTF-8"),
    ],
)
def test_un_json_mal_forme_dit_ou(tmp_path: Path, octets: bytes, mots: str) -> None:
    (tmp_path / "a.json").write_bytes(octets)
    sortie = jouer("generer", tmp_path / "a.xlsx", "--depuis", tmp_path / "a.json")
    assert sortie.code == 2
    assert mots in sortie.erreur
    assert not (tmp_path / "a.xlsx").exists()


@POSIX
def test_ce_que_le_systeme_refuse_se_dit_en_francais(tmp_path: Path) -> None:
    (tmp_path / "boucle.json").symlink_to("boucle.json")
    for depuis, mots in (
        (tmp_path / "absent.json", "introuvable"),
        (tmp_path, "c'est un dossier"),
        (tmp_path / "boucle.json", "tournent en rond"),
        ("x" * 300, "le nom est trop long"),
    ):
        sortie = jouer("generer", tmp_path / "a.xlsx", "--depuis", depuis)
        assert sortie.code == 2
        assert mots in sortie.erreur
