"""Des terminaux d'un autre âge, des sorties pleines ou fermées, un poste sans dossier personnel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.campagne import EST_LONGUE
from tests.commandes.ligne import classeur, lire_le_terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminal et shell de POSIX")

PLEIN = pytest.mark.skipif(not Path("/dev/full").exists(), reason="sans /dev/full")
DEMANDES = (("--help",), ("regles", "OUT-003"), ("verifier", "absent \u202e.xlsx"), ("--faux",))


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un classeur d'exemple."""
    return classeur(tmp_path_factory.mktemp("commune"))


def montrer(*arguments: object, **variables: str) -> bytes:
    """Ce qu'un terminal reçoit d'une commande, sous ces variables d'environnement."""
    maitre, esclave = os.openpty()
    subprocess.run(
        [sys.executable, "-m", "pilotage_xlsx", *map(str, arguments)],
        stdin=esclave,
        stdout=esclave,
        stderr=esclave,
        check=False,
        env={**os.environ, "TERM": "xterm", **variables},
    )
    os.close(esclave)
    return lire_le_terminal(maitre)


@pytest.mark.parametrize("encodage", ["latin-1", "cp1252"])
def test_un_terminal_sans_tous_les_signes_recoit_les_plus_proches(encodage: str) -> None:
    for demande in DEMANDES:
        montre = montrer(*demande, PYTHONIOENCODING=encodage).decode(encodage)
        assert "Traceback" not in montre
        assert "é" in montre or "Erreur" in montre
    assert "-> V\xe9rifier" in montrer("verifier", "absent", PYTHONIOENCODING="latin-1").decode(
        "latin-1"
    )


@pytest.mark.parametrize(
    "variables",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "zz"}],
)
def test_un_terminal_en_ascii_ne_montre_aucune_trace(variables: dict[str, str]) -> None:
    for demande in DEMANDES:
        assert b"Traceback" not in montrer(*demande, **variables)


def test_le_plus_proche_d_un_signe() -> None:
    from pilotage_xlsx.commandes import terminal

    terminal.preparer()
    vu = "« l’été » – œuvre… → 3\u202f% \ufffd 村".encode("ascii", "a-peu-pres")
    assert vu == b'" l\'ete " - oeuvre... -> 3 % ? ?'


def par_le_shell(ligne: str, **variables: str) -> tuple[int, str]:
    joue = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {ligne}"],
        capture_output=True,
        check=False,
        env={**os.environ, "P": f"{sys.executable} -m pilotage_xlsx", **variables},
    )
    return joue.returncode, joue.stderr.decode()


@PLEIN
@pytest.mark.parametrize(
    "demande",
    ["--help", "regles", "modele --format json", "verifier $C", "verifier $C --format csv"],
)
def test_une_sortie_pleine_se_dit(demande: str, commune: Path) -> None:
    code, erreur = par_le_shell(f"$P {demande} >/dev/full", C=str(commune))
    assert code == 2
    assert "plus de place" in erreur
    assert erreur.count("\n") == 1


@PLEIN
@pytest.mark.parametrize("perdue", ["2>/dev/full", "2>&-", ">&- 2>&- <&-"])
def test_des_messages_perdus_n_empechent_rien(perdue: str, tmp_path: Path) -> None:
    assert par_le_shell(f"$P generer {tmp_path}/a.xlsx {perdue}") == (0, "")
    assert par_le_shell(f"$P verifier {tmp_path}/absent.xlsx {perdue}") == (2, "")
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["a.xlsx"]


def test_une_sortie_coupee_ne_dit_rien(commune: Path) -> None:
    assert par_le_shell("$P verifier $C | true", C=str(commune)) == (2, "")
    assert par_le_shell("{ $P regles; true; } | head -1") == (0, "")


@pytest.mark.parametrize("maison", ["unset HOME", "export HOME=/absent"])
def test_un_poste_mal_regle_travaille(maison: str, commune: Path, tmp_path: Path) -> None:
    variables = {"C": str(commune), "TMPDIR": "/absent", "LANG": "xx_YY.foo", "LC_ALL": ""}
    suites = [f"consolider $C --sortie {tmp_path}/e.xlsx", "verifier $C"]
    if EST_LONGUE or maison.startswith("export"):
        suites.append(f"demo {tmp_path}/d")
    for suite in suites:
        assert par_le_shell(f"{maison}; $P {suite} >{tmp_path}/sortie", **variables)[0] == 0


@pytest.mark.parametrize(
    "suite",
    [
        "verifier a.xlsx",
        "verifier .",
        "generer a.xlsx",
        "consolider $C --sortie b.xlsx",
        "rapport $C --annee 2026 --sortie r",
        "fiche urgence $C --sortie b.pdf",
        "comparer $C a.xlsx",
        "corriger a.xlsx",
        "mutualiser $C --sortie b.xlsx",
        "envoyer . --essai",
        "demo d",
    ],
)
def test_un_dossier_courant_efface_se_dit(suite: str, commune: Path, tmp_path: Path) -> None:
    (tmp_path / "efface").mkdir()
    racine = Path(__file__).resolve().parents[2]
    ligne = f"cd {tmp_path}/efface && rmdir {tmp_path}/efface && $P {suite}"
    code, erreur = par_le_shell(ligne, C=str(commune), PYTHONPATH=str(racine))
    assert code == 2
    assert "Traceback" not in erreur
