"""Les adresses : ce qui se lit, ce qui se refuse, ce qui n'est pas demandé ne reçoit rien."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.envoi import EnvoiRefuse, choisir_destinataires, choisir_expediteur, lire_contenu
from pilotage_xlsx.envoi.adresses import lire_adresse, lire_adresses
from pilotage_xlsx.socle.systeme import Moyen
from pilotage_xlsx.verification.regles.cel import est_un_courriel
from tests.campagne import combien

EcrireRapport = Callable[..., Path]


@pytest.mark.parametrize(
    ("ecrite", "nom", "adresse"),
    [
        ("greffe@valmarin.example", "", "greffe@valmarin.example"),
        (" Greffe <greffe@valmarin.example> ", "Greffe", "greffe@valmarin.example"),
        ('"Délèze, Zoé" <z.d+x@valmarin.example>', "Délèze, Zoé", "z.d+x@valmarin.example"),
        ('Zoé "la greffière" <z@valmarin.example>', 'Zoé "la greffière"', "z@valmarin.example"),
        (r'"Zoé \"Zo\" D" <z@valmarin.example>', 'Zoé "Zo" D', "z@valmarin.example"),
        ("Délèze, Zoé <z@valmarin.example>", "Délèze, Zoé", "z@valmarin.example"),
        ("z@valmarin.example <Z@Valmarin.example>", "z@valmarin.example", "Z@valmarin.example"),
        ("\u200b\u00a0z@valmarin.example\ufeff", "", "z@valmarin.example"),
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
        "a@b.example\r\nBcc: c@d.example",
        "a\u202eb@valmarin.example",
        "x" * 65 + "@valmarin.example",
        "greffe@valmarin.example>",
        "greffe@valmarin.c",
        "greffe@127.0.0.1",
        "greffe@val_marin.example",
        "greffe@valmarin\n.example",
        "Zoé\r\nBcc: x@y.example <z@v.example>",
        "a\u200bb@valmarin.example",
        "a@val\u00admarin.example",
        "a\u2028b@valmarin.example",
        "a\u3164@valmarin.example",
        "Zoé \u202e<a@valmarin.example>",
        '"chef@valmarin.example" <pirate@ailleurs.example>',
        "chef@valmarin.example <pirate@ailleurs.example>",
        "Zoé (chef@valmarin.example) <pirate@ailleurs.example>",
        "chef＠valmarin.example <pirate@ailleurs.example>",
        "<chef@valmarin.example> <pirate@ailleurs.example>",
        "x" * 6000 + "@valmarin.example",
    ],
)
def test_une_adresse_mal_formee_est_refusee(ecrite: str) -> None:
    with pytest.raises(EnvoiRefuse, match="n'est pas une adresse"):
        lire_adresse(ecrite)


@pytest.mark.parametrize(
    ("ecrite", "mots"),
    [
        ("a\u200bb@valmarin.example", "signe invisible"),
        ("chef@valmarin.example <pirate@ailleurs.example>", "en montre une autre"),
        ("greffe", "écrivez par exemple"),
    ],
)
def test_le_refus_dit_ce_qui_trompe(ecrite: str, mots: str) -> None:
    with pytest.raises(EnvoiRefuse, match=mots):
        lire_adresse(ecrite)


@pytest.mark.parametrize("entre", [";", ",", "\n", "\r\n", " ; ", ";\n", ",,"])
def test_plusieurs_adresses_se_separent_de_plusieurs_facons(entre: str) -> None:
    ecrites = ('"Dupont, Anne; greffe" <a@b.example>', "c@d.example", "Max <e@f.example>")
    lues = lire_adresses([entre.join(ecrites)])
    assert [adresse.addr_spec for adresse in lues] == ["a@b.example", "c@d.example", "e@f.example"]
    assert lues[0].display_name == "Dupont, Anne; greffe"


def test_l_expediteur_est_seul(ecrire_rapport: EcrireRapport) -> None:
    plusieurs = "a@b.example; c@d.example"
    contenu = lire_contenu([ecrire_rapport(adresses={"referent": plusieurs})])
    for demande in (None, plusieurs):
        with pytest.raises(EnvoiRefuse, match="plusieurs adresses"):
            choisir_expediteur(contenu, demande)


def test_le_nom_du_referent_ne_montre_pas_une_autre_adresse(ecrire_rapport: EcrireRapport) -> None:
    contenu = lire_contenu([ecrire_rapport(referent="chef@ailleurs.example")])
    with pytest.raises(EnvoiRefuse, match="en montre une autre"):
        choisir_expediteur(contenu, None)


def test_l_executif_peut_avoir_plusieurs_adresses(ecrire_rapport: EcrireRapport) -> None:
    executif = 'a@b.example\n"Dupont, Anne" <c@d.example>'
    contenu = lire_contenu([ecrire_rapport(adresses={"executif": executif})])
    adresses = choisir_destinataires(contenu, [])
    assert [adresse.addr_spec for adresse in adresses] == ["a@b.example", "c@d.example"]


def test_un_message_n_est_pas_une_liste_de_diffusion(ecrire_rapport: EcrireRapport) -> None:
    demandes = [f"a{rang}@b.example" for rang in range(101)]
    with pytest.raises(EnvoiRefuse, match="101 adresses"):
        choisir_destinataires(lire_contenu([ecrire_rapport()]), demandes)


@pytest.mark.parametrize("demandes", [[";"], [""], [" , "]])
def test_une_demande_vide_n_est_pas_un_destinataire(
    ecrire_rapport: EcrireRapport, demandes: list[str]
) -> None:
    with pytest.raises(EnvoiRefuse, match="Aucun destinataire"):
        choisir_destinataires(lire_contenu([ecrire_rapport()]), demandes)


_SIGNES = st.sampled_from('aé9.@<>;,"\\ \n\u200b-_') | st.characters()


@settings(deadline=None, max_examples=combien(150, 500))
@given(
    st.text(_SIGNES, max_size=30)
    | st.emails()
    | st.builds("{} <{}>".format, st.text(), st.emails())
)
def test_le_controle_admet_ce_que_l_envoi_admet(ecrite: str) -> None:
    """Sauf l'accent devant le « @ », que peu de serveurs prennent : le contrôle le dit."""
    try:
        lues = lire_adresses([ecrite])
    except EnvoiRefuse:
        lues = ()
    est_sur = bool(lues) and all(adresse.addr_spec.isascii() for adresse in lues)
    assert est_un_courriel(ecrite) == est_sur


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
    with pytest.raises(EnvoiRefuse) as leve:
        choisir_destinataires(contenu, [])
    assert leve.value.moyens == (Moyen.DESTINATAIRE,)


def test_l_expediteur_est_le_referent_ou_celui_demande(ecrire_rapport: EcrireRapport) -> None:
    contenu = lire_contenu([ecrire_rapport()])
    assert str(choisir_expediteur(contenu, None)) == "Zoé Délèze <greffe@valmarin.example>"
    assert str(choisir_expediteur(contenu, "x@y.example")) == "x@y.example"


def test_sans_adresse_de_referent_il_faut_en_donner_une(ecrire_rapport: EcrireRapport) -> None:
    contenu = lire_contenu([ecrire_rapport(adresses={})])
    with pytest.raises(EnvoiRefuse) as leve:
        choisir_expediteur(contenu, None)
    assert leve.value.moyens == (Moyen.EXPEDITEUR,)
