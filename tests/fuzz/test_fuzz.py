"""Une part courte de la campagne (`campagne`), toujours la même, avant chaque fusion."""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.fuzz.mutations import MUTATIONS, Mutation

POSIX = pytest.mark.skipif(os.name != "posix", reason="les délais se comptent par SIGALRM")


@POSIX
def test_aucun_classeur_abime_ne_fait_tomber_le_controle() -> None:
    from tests.fuzz.campagne import jouer

    codes, fautes = jouer(500, graine=2026)
    assert fautes == []
    assert codes.keys() >= {"lu", "FIC-003", "FIC-004", "FIC-009"}


@POSIX
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_une_graine_abime_toujours_de_la_meme_facon(mutation: Mutation) -> None:
    from tests.fuzz.campagne import modeles

    source = modeles()[-1]
    assert mutation(source, Random(5)) == mutation(source, Random(5))
    assert any(mutation(source, Random(graine)) != source for graine in range(20))
