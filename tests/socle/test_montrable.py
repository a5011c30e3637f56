"""La porte des textes : ce qui trompe devient visible, ce qu'une personne écrit reste."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.montrable import (
    SUBSTITUT,
    en_octets,
    montrable,
    nommer_le_fichier,
    sur_une_ligne,
)

TROMPEURS = [
    "\x00", "\x07", "\x08", "\x1b", "\x7f", "\x80", "\x9b", "\x9d",
    *(chr(signe) for signe in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F))),
    *(chr(signe) for signe in (*range(0x2066, 0x2070), 0xFFF9, 0xFFFE, 0xFFFF)),
    "\ud800", "\udcff", "\U000e0001", "\U000e0041",
]  # fmt: skip

ECOSSE = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
LEGITIMES = [
    "Élise Délèze, « Là-bas » – l’été…",
    "CHF\u00a01'234.50\u202f: 2\u2009%",
    "👩\u200d👩\u200d👧 ❤\ufe0f 🇨🇭",
    f"🏴 {ECOSSE}",
    "مرحبا שלום",
    "नमस्ते 村 한국",
    "une ligne\nune autre\tune colonne",
]


@pytest.mark.parametrize("signe", TROMPEURS, ids=ascii)
def test_un_signe_trompeur_se_voit(signe: str) -> None:
    assert montrable(f"a{signe}b") == f"a{SUBSTITUT}b"


@pytest.mark.parametrize("texte", LEGITIMES, ids=ascii)
def test_ce_qu_une_personne_ecrit_reste(texte: str) -> None:
    assert montrable(texte) == texte


@pytest.mark.parametrize("fin", ["\r\n", "\r", "\n"], ids=ascii)
def test_une_fin_de_ligne_en_est_une(fin: str) -> None:
    assert montrable(f"a{fin}b") == "a\nb"


@pytest.mark.parametrize("fin", ["\u2028", "\u2029", "\x85"], ids=ascii)
def test_une_fin_de_ligne_que_personne_ne_tape_n_ouvre_pas_de_ligne(fin: str) -> None:
    assert montrable(f"a{fin}b") == "a b"


def test_une_etiquette_cachee_hors_d_un_drapeau_se_voit() -> None:
    assert montrable("🏴\U000e0067 x") == f"🏴{SUBSTITUT} x"


def test_une_phrase_tient_sur_une_ligne() -> None:
    assert sur_une_ligne("a\nb\tc\r\nd") == "a b c d"


@pytest.mark.parametrize(
    "signe", ["\n", "\r", "\t", "\u200b", "\ufeff", "\u00ad", "\x1b"], ids=ascii
)
def test_rien_ne_se_cache_dans_un_nom_de_fichier(signe: str) -> None:
    assert nommer_le_fichier(f"a{signe}.xlsx") == f"a{SUBSTITUT}.xlsx"


@given(st.text(st.characters()))
def test_montrer_deux_fois_ne_change_rien(texte: str) -> None:
    net = montrable(texte)
    assert montrable(net) == net
    assert en_octets(texte).decode() == net
    assert not any(
        unicodedata.category(signe) in ("Cc", "Cs") for signe in net if signe not in "\n\t"
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_le_json_echappe_et_ne_perd_rien(texte: str) -> None:
    octets = encoder({texte: [texte, 1, None]}, retrait=2)
    assert json.loads(octets) == {texte: [texte, 1, None]}
    assert montrable(octets.decode()) == octets.decode()


def test_le_json_echappe_par_un_numero() -> None:
    assert encoder("\x1b\x9b\u202e\U000e0041é") == '"\\u001b\\u009b\\u202e\\udb40\\udc41é"'.encode()


def test_un_demi_signe_du_json_se_voit() -> None:
    assert json.loads(encoder({"a\udcff": ("\ud800",)})) == {f"a{SUBSTITUT}": [SUBSTITUT]}
