"""Une part courte de la campagne (`campagne`), toujours la même, avant chaque fusion."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.campagne import combien
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.parties import Mutation
from tests.fuzz.verbes import VERBES

POSIX = pytest.mark.skipif(os.name != "posix", reason="chaque cas se joue dans un fils (fork)")
RACINE = Path(__file__).resolve().parents[2]


COMMANDES = {verbe.commande: [v.nom for v in VERBES if v.commande == verbe.commande]
             for verbe in VERBES}  # fmt: skip
"""Les verbes d'une même commande chargent les mêmes modules : un seul processus les joue."""


@POSIX
@pytest.mark.parametrize("commande", COMMANDES)
def test_aucun_fichier_abime_ne_fait_tomber(commande: str) -> None:
    """Cent trente cas en tout : ni trace, ni gel, ni démesure, ni reste, ni entrée touchée."""
    campagne = (
        "-m",
        "tests.fuzz.campagne",
        "--nombre",
        str(combien(130, 20_000)),
        "--graine",
        "2026",
    )
    joue = subprocess.run(
        [sys.executable, *campagne, *(f"--verbe={nom}" for nom in COMMANDES[commande])],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert joue.returncode == 0, joue.stdout + joue.stderr


@POSIX
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_une_graine_abime_toujours_de_la_meme_facon(mutation: Mutation) -> None:
    from tests.fuzz.sources import modeles

    source = modeles()[-1]
    assert mutation(source, Random(5)) == mutation(source, Random(5))
    assert any(mutation(source, Random(graine)) != source for graine in range(20))
