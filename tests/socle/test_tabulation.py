"""Le CSV : un texte n'est jamais une formule, un nombre reste un nombre, et tout se relit."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage_xlsx.socle.montrable import montrable
from pilotage_xlsx.socle.tabulation import denuder, en_csv, neutraliser

DEBUTS = ["", " ", "\u00a0", "\u3000", "\t", "\r", "\n", "\ufeff", "\u200b", "\u202e", "\x00", "'"]


@pytest.mark.parametrize("signe", "=+-@＝＋－＠﹦﹢﹣﹫")
@pytest.mark.parametrize("debut", DEBUTS, ids=ascii)
def test_une_formule_est_precedee_d_une_apostrophe(debut: str, signe: str) -> None:
    assert neutraliser(f"{debut}{signe}1+1").startswith("'")


@pytest.mark.parametrize("texte", ["a=1", "Valmarin", "'92", "l'été", " a", "\ta", "– tiret", ""])
def test_un_texte_reste_le_meme(texte: str) -> None:
    assert neutraliser(texte) == texte


@pytest.mark.parametrize(("nombre", "ecrit"), [(-5, "-5"), (-1.5, "-1.5"), (0, "0")])
def test_un_nombre_reste_un_nombre(nombre: float, ecrit: str) -> None:
    assert neutraliser(nombre) == ecrit


@given(st.text(st.sampled_from("'=-＠ \u00a0a\t\n\ufeff")))
def test_ce_que_l_on_a_neutralise_se_denude(texte: str) -> None:
    assert denuder(neutraliser(texte)) == montrable(texte)


def test_les_en_tetes_aussi_sont_neutralises() -> None:
    (entetes, ligne) = csv.reader(
        io.StringIO(en_csv(["=A", "B"], [[None, "é\u202e"]]).decode("utf-8-sig")), delimiter=";"
    )
    assert entetes == ["'=A", "B"]
    assert ligne == ["", "é�"]
