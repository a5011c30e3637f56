"""Les adresses : ce qui se lit, ce qui se refuse, ce qui n'est pas demandé ne reçoit rien."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.envoi import EnvoiRefuse, choisir_destinataires, choisir_expediteur, lire_contenu
from pilotage_xlsx.envoi.adresses import lire_adresse, lire_adresses

EcrireRapport = Callable[..., Path]


@pytest.mark.parametrize(
    ("ecrite", "nom", "adresse"),
    [
        ("greffe@valmarin.example", "", "greffe@valmarin.example"),
        (" Greffe <greffe@valmarin.example> ", "Greffe", "greffe@valmarin.example"),
        ('"Délèze, Zoé" <z.d+x@valmarin.example>', "Délèze, Zoé", "z.d+x@valmarin.example"),
        ('Zoé "la greffière" <z@valmarin.example>', 'Zoé "la greffière"', "z@valmarin.example"),
        (r'"Zoé \"Zo\" D" <z@valmarin.example>', 'Zoé "Zo" D', "z@valmarin.example"),
        ("Zoé\r\nBcc: x@y.example <z@v.example>", "Zoé Bcc: x@y.example", "z@v.example"),
        ("greffe@Évian.example", "", "greffe@xn--vian-9oa.example"),
        ("zoé@valmarin.example", "", "zoé@valmarin.example"),
    ],
)
def test_une_adresse_se_lit(ecrite: str, nom: str, adresse: str) -> None:
    lue = lire_adresse(ecrite)
    assert (lue.display_name, lue.addr_spec) == (nom, adresse)


@pytest.mark.parametrize(
    "ecrite",
    [
        "",
        "greffe",
        "greffe@",
        "@valmarin.example",
        "greffe@valmarin",
        "a b@valmarin.example",
        "a..b@valmarin.example",
        "a@b@valmarin.example",
        "a@-valmarin.example",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a\u202eb@valmarin.example",
        "x" * 65 + "@valmarin.example",
        "greffe@valmarin.example>",
    ],
)
def test_une_adresse_mal_formee_est_refusee(ecrite: str) -> None:
    with pytest.raises(EnvoiRefuse, match="n'est pas une adresse"):
        lire_adresse(ecrite)


@settings(deadline=None)
@given(st.text())
def test_une_adresse_tient_sur_une_ligne_ou_se_refuse(ecrite: str) -> None:
    try:
        lue = lire_adresse(ecrite)
    except EnvoiRefuse as refus:
        assert len(str(refus).splitlines()) == 1
    else:
        assert len(str(lue).splitlines()) == 1


def test_une_adresse_donnee_deux_fois_recoit_une_fois() -> None:
    assert len(lire_adresses(["a@b.example", "A@B.example", "c@b.example"])) == 2


def test_le_rapport_va_a_l_executif(ecrire_rapport: EcrireRapport) -> None:
    contenu = lire_contenu([ecrire_rapport()])
    adresses = choisir_destinataires(contenu, [])
    assert [adresse.addr_spec for adresse in adresses] == ["municipalite@valmarin.example"]


def test_les_adresses_demandees_remplacent_celle_de_l_executif(
    ecrire_rapport: EcrireRapport,
) -> None:
    contenu = lire_contenu([ecrire_rapport()])
    adresses = choisir_destinataires(contenu, ["syndique@valmarin.example"])
    assert [adresse.addr_spec for adresse in adresses] == ["syndique@valmarin.example"]


@pytest.mark.parametrize("executif", [None, ""])
def test_sans_adresse_d_executif_il_faut_en_donner_une(
    ecrire_rapport: EcrireRapport, executif: str | None
) -> None:
    contenu = lire_contenu([ecrire_rapport(adresses={"executif": executif})])
    with pytest.raises(EnvoiRefuse, match="--a ADRESSE"):
        choisir_destinataires(contenu, [])


def test_l_expediteur_est_le_referent_ou_celui_demande(ecrire_rapport: EcrireRapport) -> None:
    contenu = lire_contenu([ecrire_rapport()])
    assert str(choisir_expediteur(contenu, None)) == "Zoé Délèze <greffe@valmarin.example>"
    assert str(choisir_expediteur(contenu, "x@y.example")) == "x@y.example"


def test_sans_adresse_de_referent_il_faut_en_donner_une(ecrire_rapport: EcrireRapport) -> None:
    contenu = lire_contenu([ecrire_rapport(adresses={})])
    with pytest.raises(EnvoiRefuse, match="--de ADRESSE"):
        choisir_expediteur(contenu, None)
