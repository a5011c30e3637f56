"""La dernière porte : ce que personne n'a prévu se dit, avec le code 2 et sans trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_TOMBER = """
import sys
import pilotage_xlsx.commandes as commandes
from pilotage_xlsx.__main__ import main

def tomber(*_, **__):
    raise {panne}

commandes.pilotage.invoke = tomber
sys.argv = ["pilotage-xlsx", *sys.argv[1:]]
main()
"""


def tomber(panne: str, *arguments: str, trace: str = "") -> tuple[int, str]:
    """Une ligne de commande qui lève ``panne`` ; son code, et ce qu'elle dit."""
    joue = subprocess.run(
        [sys.executable, "-c", _TOMBER.format(panne=panne), *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PILOTAGE_TRACE": trace},
    )
    assert joue.stdout == b""
    return joue.returncode, joue.stderr.decode()


@pytest.mark.parametrize(
    "panne",
    [
        "KeyError('prénom')",
        "RecursionError()",
        "__import__('pickle').PicklingError('\\x1b[2J')",
        "AssertionError",
        "UnicodeEncodeError('ascii', 'é', 0, 1, '')",
        "type('Panique', (BaseException,), {})()",
    ],
)
def test_une_panne_est_une_phrase_qui_dit_que_faire(panne: str) -> None:
    code, dit = tomber(panne, "vérifier", "a.xlsx")
    assert code == 2
    assert dit.count("\n") == 1
    for mots in ("« verifier »".replace(" ", "\u202f"), "du programme", "aucun classeur reçu"):
        assert mots in dit
    assert "prénom" not in dit


def test_la_memoire_qui_manque_a_sa_phrase() -> None:
    code, dit = tomber("MemoryError", "consolider")
    assert code == 2
    assert "la mémoire de ce poste" in dit
    assert "aucun classeur reçu" in dit


def test_la_variable_du_guide_montre_la_trace() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "guide-ingenieur.md"
    assert "`PILOTAGE_TRACE=1`" in guide.read_text("utf-8")
    code, dit = tomber("KeyError('x')", "verifier", trace="1")
    assert code == 2
    assert "Traceback" in dit
    assert "KeyError" in dit


def test_la_phrase_dit_ou_la_maison_est_tombee() -> None:
    from pilotage_xlsx.commandes.panne import _situer
    from pilotage_xlsx.socle.dates import depuis_texte

    with pytest.raises(AttributeError) as panne:
        depuis_texte(None)  # type: ignore[arg-type]
    assert _situer(panne.value).startswith("AttributeError, socle/textes.py ligne ")


def test_un_argument_n_est_jamais_pris_pour_une_commande() -> None:
    _, dit = tomber("KeyError", "\x1b[2Jfaux")
    assert "pilotage-xlsx" in dit
    assert "\x1b" not in dit


def test_une_installation_a_demi_se_dit() -> None:
    programme = (
        "import sys; sys.modules['click'] = None\nfrom pilotage_xlsx.__main__ import main\nmain()\n"
    )
    joue = subprocess.run(
        [sys.executable, "-c", programme],
        capture_output=True,
        check=False,
        env={**os.environ, "PILOTAGE_TRACE": ""},
    )
    assert joue.returncode == 2
    assert "réinstallez-le" in joue.stderr.decode()
    assert b"Traceback" not in joue.stderr
