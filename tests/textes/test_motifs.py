"""Aucun motif du paquet ne se perd dans un texte : son arbre le dit, sans rien chronométrer."""

from __future__ import annotations

import pytest

from tests.textes.motifs import Motif, motifs, pieges

TOUS = tuple(motifs())


def test_tous_les_motifs_se_trouvent() -> None:
    assert len(TOUS) > 100


@pytest.mark.parametrize("motif", TOUS, ids=lambda motif: motif.lieu)
def test_un_motif_est_lineaire(motif: Motif) -> None:
    assert not pieges(motif.motif, motif.drapeaux, se_cherche=motif.se_cherche), motif.motif


@pytest.mark.parametrize(
    "motif",
    [
        r"mdp\s*\(?\s*x", r"\d+\.?\d*x", r"^.*x.*y", r"^(?:a*)*", r"^(\w+)+$", r"^(?:a|aa)*c",
        r"\s+$", r"\s*,", r"\[[^\]]*\]", r"\d[\d\s]*x", r"(?=.*x)a", r"a{0,9999}b",
    ],
)  # fmt: skip
def test_un_piege_se_voit(motif: str) -> None:
    assert pieges(motif)


@pytest.mark.parametrize(
    "motif",
    [
        r"mdp\s*+\(?\s*+x", r"\d(?:\.\d*)?", r'"[^"]*"', r"<[^<>]*>", r"\b\w+@", r"(?<!\d)\d+x",
        r"^(?:\.[^.]+)*$", r"^(?:\s+(?:des?|du))*c", r"a{0,99}b", r"x\s*",
    ],
)  # fmt: skip
def test_un_motif_lineaire_ne_s_accuse_pas(motif: str) -> None:
    assert not pieges(motif)


def test_un_motif_ancre_peut_commencer_par_une_repetition() -> None:
    assert pieges(r"\s*,") and not pieges(r"\s*,", se_cherche=False)
