"""Les processus d'une commande finissent avec elle, quoi qu'il lui arrive, et sans un mot."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from pilotage_xlsx.commandes.equipe import _Ouvrier
from pilotage_xlsx.modele.chargement import dossier_livre
from tests.commandes.ligne import AU
from tests.fuzz.interruptions import INTERROMPU, SURSIS

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="les processus se cherchent dans /proc"
)

_MARQUE = "PILOTAGE_PROCESSUS"


@pytest.fixture(scope="module")
def communes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """De quoi occuper l'atelier quelques secondes."""
    dossier = tmp_path_factory.mktemp("communes")
    for rang in range(60):
        copy(dossier_livre("exemples") / "valmarin-2026.xlsx", dossier / f"{rang:03}.xlsx")
    return dossier


class Commande:
    """Une commande en route, dans son propre groupe, et les processus qu'elle a lancés."""

    def __init__(self, *arguments: object) -> None:
        self._essai = uuid.uuid4().hex
        self.joue = subprocess.Popen(
            [sys.executable, "-m", "pilotage_xlsx", *map(str, arguments), *AU],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, _MARQUE: self._essai},
        )

    def autres(self) -> list[int]:
        """Les processus de la commande, sans elle."""
        return [pid for pid in _portent(self._essai) if pid != self.joue.pid]

    def attendre_ses_ouvriers(self) -> None:
        """Jusqu'à ce que l'atelier soit au travail."""
        limite = time.monotonic() + 60
        while not self.autres():
            assert time.monotonic() < limite
            time.sleep(0.02)

    def survivants(self) -> list[int]:
        """Ce qui vit encore après le sursis."""
        limite = time.monotonic() + SURSIS
        while (vivants := self.autres()) and time.monotonic() < limite:
            time.sleep(0.05)
        return vivants

    def finir(self) -> tuple[int, str]:
        """Son code, et ce qu'elle a dit sur la sortie d'erreur."""
        _, erreur = self.joue.communicate(timeout=SURSIS)
        return self.joue.returncode, erreur.decode()


def _portent(essai: str) -> Iterator[int]:
    """Les processus nés d'un essai."""
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{_MARQUE}={essai}".encode() in environ.read_bytes():
                yield int(environ.parent.name)
        except OSError:
            continue


COMMANDES = ("verifier", "consolider", "mutualiser")


@pytest.fixture(params=COMMANDES)
def commande(request: pytest.FixtureRequest, communes: Path, tmp_path: Path) -> Iterator[Commande]:
    sortie = () if request.param == "verifier" else ("--sortie", tmp_path / "sortie.xlsx")
    lancee = Commande(request.param, communes, *sortie)
    yield lancee
    lancee.joue.kill()
    lancee.joue.wait()


def test_tuee_net_ses_ouvriers_s_arretent_sans_un_mot(commande: Commande) -> None:
    commande.attendre_ses_ouvriers()
    commande.joue.kill()
    assert commande.survivants() == []
    assert commande.finir() == (-signal.SIGKILL, "")


def test_interrompue_au_terminal_ses_ouvriers_s_arretent_sans_un_mot(commande: Commande) -> None:
    commande.attendre_ses_ouvriers()
    os.killpg(commande.joue.pid, signal.SIGINT)
    code, dit = commande.finir()
    assert (code, commande.survivants()) == (INTERROMPU, [])
    (phrase,) = filter(None, dit.splitlines())
    assert "Interrompu" in phrase


def test_une_sortie_fermee_arrete_ses_ouvriers(communes: Path) -> None:
    """``verifier communes | head -1`` : le reste ne se lit pas pour rien."""
    debut = f"{sys.executable} -m pilotage_xlsx verifier {communes} | head -1 > {os.devnull}"
    lancee = uuid.uuid4().hex
    joue = subprocess.run(
        ["bash", "-c", debut], capture_output=True, check=False,
        env={**os.environ, _MARQUE: lancee}, timeout=60,
    )  # fmt: skip
    assert joue.stderr == b""
    assert not list(_portent(lancee))


def test_un_ouvrier_arrete_ne_laisse_rien_a_ecrire(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce qu'un tuyau rompu n'a pas pris, Python le réessaierait en ramassant l'ouvrier."""
    plaintes: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", plaintes.append)
    ouvrier = _Ouvrier()
    ouvrier.arreter()
    with pytest.raises(BrokenPipeError):
        ouvrier.preparer(b"une t\xc3\xa2che")
    del ouvrier
    gc.collect()
    assert plaintes == []


def test_un_dossier_ordinaire_finit_sans_processus(communes: Path) -> None:
    lancee = Commande("verifier", communes)
    lancee.attendre_ses_ouvriers()
    _, dit = lancee.joue.communicate(timeout=120)
    assert (lancee.joue.returncode, dit, lancee.autres()) == (0, b"", [])
