"""La barre de progression, sur un vrai pseudo-terminal ; et rien d'elle ailleurs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandes.ligne import AU, classeur, lire_le_terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminal de POSIX")


@pytest.fixture(scope="module")
def communes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deux communes, générées une fois."""
    dossier = tmp_path_factory.mktemp("communes")
    for nom in ("valmarin-2026", "belcombe-2026"):
        classeur(dossier, nom)
    return dossier


def _montrer(commande: str, communes: Path, sortie: Path) -> tuple[str, str]:
    """Ce que la commande dit sur sa sortie standard, et ce qu'elle montre sur le terminal."""
    maitre, esclave = os.openpty()
    joue = subprocess.run(
        [sys.executable, "-m", "pilotage_xlsx", commande, str(communes),
         "--sortie", str(sortie), *AU],
        stdout=subprocess.PIPE,
        stderr=esclave,
        check=False,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )  # fmt: skip
    os.close(esclave)
    montre = lire_le_terminal(maitre)
    assert joue.returncode == 0, montre.decode()
    return joue.stdout.decode(), montre.decode()


@pytest.mark.parametrize("commande", ["consolider", "mutualiser"])
def test_la_barre_avance_jusqu_au_bout_sur_un_terminal(
    commande: str, communes: Path, tmp_path: Path
) -> None:
    dit, montre = _montrer(commande, communes, tmp_path / "sortie.xlsx")
    assert "Lecture des classeurs" in montre
    assert "100%" in montre
    assert "Lecture des classeurs" not in dit
    assert "sortie.xlsx" in dit


@pytest.mark.parametrize("commande", ["consolider", "mutualiser"])
def test_sans_terminal_pas_de_barre(commande: str, communes: Path, tmp_path: Path) -> None:
    joue = subprocess.run(
        [sys.executable, "-m", "pilotage_xlsx", commande, str(communes),
         "--sortie", str(tmp_path / "sortie.xlsx"), *AU],
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert (joue.returncode, joue.stderr) == (0, b"")
