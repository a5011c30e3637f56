"""Interrompre : Ctrl-C, un arrêt demandé, un terminal fermé ; avant, pendant et après."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pilotage_xlsx.socle import signaux
from tests.commandes.ligne import AU, classeur

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows n'a pas ces signaux")
ARRETS = ["SIGINT", "SIGTERM", "SIGHUP"]

_AU_DEPART = """
import os, sys

def guetter(evenement, faits):
    if evenement == "import" and faits[0] == "pilotage_xlsx.socle":
        os.write(2, b".")

sys.addaudithook(guetter)
from pilotage_xlsx.__main__ import main
main()
"""
"""Dit « . » quand le programme a la main : avant, c'est Python qui démarre, et lui seul répond."""

_AU_TRAVAIL = """
import os, signal, sys
from pathlib import Path
import pilotage_xlsx.commandes as commandes
from pilotage_xlsx.__main__ import main
from pilotage_xlsx.socle.ecriture import ebaucher

def travailler(*_):
    with ebaucher(Path(sys.argv[1]), remplacer=False) as brouillon:
        brouillon.write_bytes(b"a demi")
        {geste}
        for _ in range(100):
            __import__("time").sleep(0.05)

commandes.pilotage.invoke = travailler
main()
"""


def _jouer(programme: str, *arguments: object, **variables: str) -> tuple[int, str]:
    joue = subprocess.run(
        [sys.executable, "-c", programme, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "PILOTAGE_TRACE": "", **variables},
    )
    return joue.returncode, joue.stderr.decode()


@POSIX
@pytest.mark.parametrize("arret", ARRETS)
def test_interrompre_le_travail_ne_laisse_rien(arret: str, tmp_path: Path) -> None:
    geste = f"signal.raise_signal(signal.{arret})"
    programme = f"import signal; signal.signal(signal.{arret}, signal.SIG_DFL)\n"
    if arret == "SIGINT":
        programme = ""
    code, dit = _jouer(programme + _AU_TRAVAIL.format(geste=geste), tmp_path / "a.xlsx")
    assert code == 130
    assert dit.split() == ["Interrompu", ":", "rien", "n'est", "resté", "à", "moitié", "écrit."]
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_ce_que_l_on_ignorait_reste_ignore(tmp_path: Path) -> None:
    geste = "signal.raise_signal(signal.SIGHUP); return 0"
    programme = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    assert _jouer(programme + _AU_TRAVAIL.format(geste=geste), tmp_path / "a") == (0, "")


def test_une_interruption_tombee_au_demarrage_dans_un_verrou_finit_sans_trace() -> None:
    programme = (
        "import sys; from pilotage_xlsx.__main__ import _finir_interrompu\n"
        "sys.unraisablehook = _finir_interrompu\n"
        "def interrompre(_): raise KeyboardInterrupt\n"
        "type('Fin', (), {'__del__': interrompre})()\n"
    )
    assert _jouer(programme) == (130, "Interrompu.\n")


@POSIX
def test_une_interruption_tombee_dans_un_nettoyage_revient(tmp_path: Path) -> None:
    geste = "type('Fin', (), {'__del__': lambda _: signal.raise_signal(signal.SIGTERM)})()"
    code, dit = _jouer(_AU_TRAVAIL.format(geste=geste), tmp_path / "a.xlsx")
    assert code == 130
    assert "Exception ignored" not in dit
    assert list(tmp_path.iterdir()) == []


@POSIX
@pytest.mark.parametrize("arret", ARRETS)
def test_a_tout_moment_aucune_trace_ni_brouillon(arret: str, tmp_path: Path) -> None:
    recu = classeur(tmp_path)
    avant = recu.read_bytes()
    for delai in range(0, 152, 8):
        sortie = tmp_path / f"{delai}.xlsx"
        with subprocess.Popen(
            [sys.executable, "-c", _AU_DEPART, "consolider", recu, "--sortie", sortie, *AU],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "PILOTAGE_TRACE": ""},
        ) as joue:
            assert joue.stderr is not None
            assert joue.stderr.read(1) == b"."
            time.sleep(delai / 1000)
            joue.send_signal(getattr(signal, arret))
            dit = joue.stderr.read().decode()
        assert joue.returncode in (130, 0, -getattr(signal, arret)), dit
        assert "Traceback" not in dit
        assert "Exception ignored" not in dit
    assert recu.read_bytes() == avant
    restes = {chemin.name for chemin in tmp_path.iterdir()} - {recu.name}
    assert restes <= {f"{delai}.xlsx" for delai in range(0, 152, 8)}


def test_la_bibliotheque_ne_touche_a_aucun_signal() -> None:
    programme = (
        "import signal, sys\n"
        "avant = [signal.getsignal(s) for s in signal.valid_signals()], sys.unraisablehook\n"
        "import pilotage_xlsx as px\n"
        "px.modele()\n"
        "assert avant == ([signal.getsignal(s) for s in signal.valid_signals()], "
        "sys.unraisablehook)\n"
    )
    assert _jouer(programme) == (0, "")


def test_sous_windows_seuls_ses_signaux_s_ecoutent(monkeypatch: pytest.MonkeyPatch) -> None:
    poses: dict[int, object] = {}
    monkeypatch.delattr(signal, "SIGHUP", raising=False)
    monkeypatch.setattr(signal, "SIGBREAK", 21, raising=False)
    monkeypatch.setattr(signal, "getsignal", lambda _: signal.SIG_DFL)
    monkeypatch.setattr(signal, "signal", poses.__setitem__)
    signaux.ecouter()
    assert list(poses) == [signal.SIGTERM, 21]


@POSIX
def test_interrompre_a_la_toute_fin_ne_montre_rien(tmp_path: Path) -> None:
    geste = "__import__('atexit').register(signal.raise_signal, signal.SIGTERM); return 0"
    assert _jouer(_AU_TRAVAIL.format(geste=geste), tmp_path / "a") == (0, "")
