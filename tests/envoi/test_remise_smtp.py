"""Un vrai serveur local reçoit le rapport, chiffré et authentifié."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

import pytest

from pilotage_xlsx.envoi import Depart, EnvoiImpossible, Securite, Serveur, expedier
from tests.envoi.serveurs import Boite, authentifier, en_clair

Ouvrir = Callable[..., int]
Preparer = Callable[..., Depart]


@pytest.mark.usefixtures("confiance")
def test_starttls_et_authentification(
    ouvrir_serveur: Ouvrir, preparer_depart: Preparer, contexte: ssl.SSLContext
) -> None:
    boite = Boite()
    port = ouvrir_serveur(
        boite,
        tls_context=contexte,
        require_starttls=True,
        auth_required=True,
        authenticator=authentifier,
    )
    serveur = Serveur("localhost", port, Securite.STARTTLS, "greffe")
    reponse = expedier(preparer_depart(), serveur, "sesame")
    assert reponse.acceptes == ("municipalite@valmarin.example",)
    assert "4711" in reponse.texte
    assert boite.recus[0].mail_from == "greffe@valmarin.example"


@pytest.mark.usefixtures("confiance")
def test_tls_des_l_ouverture(
    ouvrir_serveur: Ouvrir, preparer_depart: Preparer, contexte: ssl.SSLContext
) -> None:
    boite = Boite()
    port = ouvrir_serveur(boite, ssl_context=contexte)
    expedier(preparer_depart(), Serveur("localhost", port, Securite.TLS))
    assert len(boite.recus) == 1


def test_ce_qui_arrive_est_ce_qui_fut_compose(
    ouvrir_serveur: Ouvrir, preparer_depart: Preparer
) -> None:
    boite, depart = Boite(), preparer_depart()
    expedier(depart, en_clair(ouvrir_serveur(boite)))
    recu = message_from_bytes(boite.recus[0].content, policy=default)
    assert recu["Message-ID"] == depart.message["Message-ID"]
    joints = {
        piece.get_filename(): piece.get_payload(decode=True) for piece in recu.iter_attachments()
    }
    assert joints == {piece.nom: piece.octets for piece in depart.contenu.pieces}


@pytest.mark.parametrize("huit_bits", [True, False])
def test_avec_ou_sans_huit_bits_le_message_arrive_entier(
    ouvrir_serveur: Ouvrir, preparer_depart: Preparer, huit_bits: bool
) -> None:
    """Le message ne demande rien de plus que l'ASCII : aucun relais ne peut l'abîmer."""
    boite, depart = Boite(), preparer_depart()
    expedier(depart, en_clair(ouvrir_serveur(boite, decode_data=not huit_bits)))
    contenu = boite.recus[0].content
    octets = contenu.encode("ascii") if isinstance(contenu, str) else contenu
    assert octets.isascii()
    assert max(map(len, octets.splitlines())) <= 998
    recu = message_from_bytes(octets, policy=default)
    corps = recu.get_body(("plain",))
    assert corps is not None
    assert "À décider." in corps.get_content()


def test_un_destinataire_refuse_se_dit_et_l_autre_recoit(
    ouvrir_serveur: Ouvrir, preparer_depart: Preparer
) -> None:
    boite = Boite(refusees=("parti@valmarin.example",))
    depart = preparer_depart("parti@valmarin.example", "syndique@valmarin.example")
    reponse = expedier(depart, en_clair(ouvrir_serveur(boite)))
    assert boite.recus[0].rcpt_tos == ["syndique@valmarin.example"]
    assert reponse.refuses == (("parti@valmarin.example", "550 5.1.1 Adresse inconnue"),)


def test_tous_les_destinataires_refuses(ouvrir_serveur: Ouvrir, preparer_depart: Preparer) -> None:
    boite = Boite(refusees=("municipalite@valmarin.example",))
    with pytest.raises(EnvoiImpossible, match="refuse tous les destinataires"):
        expedier(preparer_depart(), en_clair(ouvrir_serveur(boite)))
    assert boite.recus == []


def test_une_partie_locale_accentuee_demande_smtputf8(
    ouvrir_serveur: Ouvrir, preparer_depart: Preparer
) -> None:
    depart = preparer_depart("zoé@valmarin.example")
    with pytest.raises(EnvoiImpossible, match="accent avant le @"):
        expedier(depart, en_clair(ouvrir_serveur(Boite(), enable_SMTPUTF8=False)))
    boite = Boite()
    expedier(depart, en_clair(ouvrir_serveur(boite, enable_SMTPUTF8=True)))
    assert boite.recus[0].rcpt_tos == ["zoé@valmarin.example"]
