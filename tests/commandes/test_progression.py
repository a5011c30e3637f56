"""Où l'on en est, sur un vrai pseudo-terminal ; et rien de cela ailleurs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotage_xlsx.commandes import executer, progression
from pilotage_xlsx.commandes.progression import suivre
from tests.commandes.ligne import AU, classeur

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminal de POSIX")

CHEMINS = [Path("a.xlsx"), Path("b.xlsx")]
COMMANDES = {
    "consolider": ["--sortie", "{}/c.xlsx"],
    "mutualiser": ["--sortie", "{}/m.xlsx"],
    "verifier": [],
    "rapport": ["--annee", "2026", "--sortie", "{}/r", "--format", "txt"],
}


class Terminal:
    """Un pseudo-terminal à la place de la sortie d'erreur."""

    def __init__(self) -> None:
        self._maitre, esclave = os.openpty()
        self.flux = os.fdopen(esclave, "w")

    def brancher(self, monkeypatch: pytest.MonkeyPatch, patience: float) -> None:
        """Pendant l'essai, et pas avant : pytest remplace la sortie d'erreur à chaque étape."""
        monkeypatch.setattr(sys, "stderr", self.flux)
        monkeypatch.setattr(progression, "_PATIENCE", patience)

    def montre(self) -> list[str]:
        """Les textes montrés l'un après l'autre sur la même ligne."""
        self.flux.flush()
        os.set_blocking(self._maitre, False)
        morceaux = b"".join(iter(self._lire, b""))
        return [texte.strip() for texte in morceaux.decode().split("\r") if texte.strip()]

    def _lire(self) -> bytes:
        try:
            return os.read(self._maitre, 65_536)
        except OSError:
            return b""


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    ouvert = Terminal()
    yield ouvert
    ouvert.flux.close()


@pytest.fixture(scope="module")
def communes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deux communes, générées une fois."""
    dossier = tmp_path_factory.mktemp("communes")
    for nom in ("valmarin-2026", "belcombe-2026"):
        classeur(dossier, nom)
    return dossier


def test_chaque_classeur_attendu_se_montre_puis_s_efface(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.brancher(monkeypatch, patience=0)
    vus: list[int] = []
    for rang in suivre([1, 2], CHEMINS):
        vus.append(rang)
        terminal.flux.write(f"\rrendu {rang}")
    assert vus == [1, 2]
    assert terminal.montre() == [
        "Lecture : 1/2 a.xlsx", "rendu 1", "Lecture : 2/2 b.xlsx", "rendu 2",
    ]  # fmt: skip


def test_rien_ne_se_montre_tant_que_cela_va_vite(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.brancher(monkeypatch, patience=3600)
    assert list(suivre([1, 2], CHEMINS)) == [1, 2]
    assert terminal.montre() == []


@pytest.mark.parametrize("commande", COMMANDES)
def test_chaque_commande_qui_lit_un_dossier_le_dit(
    commande: str, communes: Path, tmp_path: Path, terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    terminal.brancher(monkeypatch, patience=0)
    options = [option.format(tmp_path) for option in COMMANDES[commande]]
    assert executer([commande, str(communes), *options, *AU]) == 0
    assert [texte for texte in terminal.montre() if "Lecture" in texte] == [
        "Lecture : 1/2 belcombe-2026.xlsx", "Lecture : 2/2 valmarin-2026.xlsx",
    ]  # fmt: skip
    assert "Lecture" not in capfd.readouterr().out


@pytest.mark.parametrize("commande", ["consolider", "mutualiser"])
def test_sans_terminal_rien_ne_se_montre(commande: str, communes: Path, tmp_path: Path) -> None:
    joue = subprocess.run(
        [sys.executable, "-m", "pilotage_xlsx", commande, str(communes),
         "--sortie", str(tmp_path / "sortie.xlsx"), *AU],
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert (joue.returncode, joue.stderr) == (0, b"")
