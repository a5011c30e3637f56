"""Chaque panne d'un serveur : une phrase, rien d'envoyé, ou un doute avoué."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

import pytest

from pilotage_xlsx.envoi import (
    Depart,
    EnvoiImpossible,
    EnvoiRefuse,
    Securite,
    Serveur,
    lire_serveur,
)
from pilotage_xlsx.envoi.pannes import expliquer_panne
from pilotage_xlsx.envoi.serveur import remettre
from tests.envoi.serveurs import (
    Boite,
    authentifier,
    couper_au_milieu,
    en_clair,
    port_libre,
    se_taire_apres_le_message,
    serveur_brutal,
)

Ouvrir = Callable[..., int]


@pytest.fixture
def refus(preparer_depart: Callable[..., Depart]) -> Callable[..., EnvoiImpossible]:
    """La faute que lève la remise du rapport à ce serveur."""

    def remise(
        serveur: Serveur, mot_de_passe: str | None = None, **options: Any
    ) -> EnvoiImpossible:
        with pytest.raises(EnvoiImpossible) as faute:
            remettre(preparer_depart().message, serveur, mot_de_passe, **options)
        return faute.value

    return remise


Refus = Callable[..., EnvoiImpossible]


def test_un_certificat_inconnu(
    refus: Refus, ouvrir_serveur: Ouvrir, contexte: ssl.SSLContext
) -> None:
    port = ouvrir_serveur(Boite(), tls_context=contexte)
    assert "autorité reconnue" in str(refus(Serveur("localhost", port)))


@pytest.mark.usefixtures("confiance")
def test_un_certificat_pour_un_autre_nom(
    refus: Refus, ouvrir_serveur: Ouvrir, contexte: ssl.SSLContext
) -> None:
    port = ouvrir_serveur(Boite(), tls_context=contexte)
    assert "d'un autre nom" in str(refus(Serveur("127.0.0.1", port)))


@pytest.mark.usefixtures("confiance")
def test_tls_d_emblee_verifie_aussi_le_nom(
    refus: Refus, ouvrir_serveur: Ouvrir, contexte: ssl.SSLContext
) -> None:
    port = ouvrir_serveur(Boite(), ssl_context=contexte)
    faute = refus(Serveur("127.0.0.1", port, Securite.TLS))
    assert "d'un autre nom. Rien n'a été envoyé" in str(faute)


def test_un_certificat_perime() -> None:
    panne = ssl.SSLCertVerificationError()
    panne.verify_code = 10
    phrase = expliquer_panne("smtp.valmarin.example:587", panne)
    assert "n'est pas valable aujourd'hui" in phrase


@pytest.mark.usefixtures("confiance")
def test_un_mauvais_mot_de_passe_explique_le_mot_de_passe_d_application(
    refus: Refus, ouvrir_serveur: Ouvrir, contexte: ssl.SSLContext
) -> None:
    port = ouvrir_serveur(Boite(), tls_context=contexte, authenticator=authentifier)
    faute = refus(Serveur("localhost", port, utilisateur="greffe"), "faux")
    assert "mot de passe d'application" in str(faute)
    assert "535" in str(faute)


@pytest.mark.usefixtures("confiance")
def test_un_mot_de_passe_accentue(
    refus: Refus, ouvrir_serveur: Ouvrir, contexte: ssl.SSLContext
) -> None:
    port = ouvrir_serveur(Boite(), tls_context=contexte, authenticator=authentifier)
    faute = refus(Serveur("localhost", port, utilisateur="greffe"), "sésame")
    assert "accent" in str(faute)


@pytest.mark.usefixtures("confiance")
def test_un_serveur_qui_exige_de_s_annoncer(
    refus: Refus, ouvrir_serveur: Ouvrir, contexte: ssl.SSLContext
) -> None:
    port = ouvrir_serveur(
        Boite(), tls_context=contexte, auth_required=True, authenticator=authentifier
    )
    assert "--utilisateur" in str(refus(Serveur("localhost", port)))


def test_un_serveur_sans_starttls(refus: Refus, ouvrir_serveur: Ouvrir) -> None:
    assert "STARTTLS" in str(refus(Serveur("127.0.0.1", ouvrir_serveur(Boite()))))


def test_tls_sur_un_port_qui_ne_le_parle_pas(refus: Refus, ouvrir_serveur: Ouvrir) -> None:
    serveur = Serveur("127.0.0.1", ouvrir_serveur(Boite()), Securite.TLS)
    assert "ne parle pas TLS" in str(refus(serveur))


def test_un_serveur_muet(refus: Refus) -> None:
    with serveur_brutal(lambda liaison: liaison.recv(1)) as port:
        assert "ne répond pas à temps" in str(refus(en_clair(port), delai=0.2))


def test_un_port_ferme(refus: Refus) -> None:
    assert "n'accepte pas de liaison" in str(refus(en_clair(port_libre())))


def test_un_serveur_qui_coupe_d_emblee(refus: Refus) -> None:
    with serveur_brutal(lambda liaison: None) as port:
        faute = refus(en_clair(port))
    assert "a coupé la liaison" in str(faute)
    assert not faute.est_incertain


@pytest.mark.parametrize("dialogue", [couper_au_milieu, se_taire_apres_le_message])
def test_une_rupture_pendant_le_message_laisse_un_doute(
    refus: Refus, dialogue: Callable[[socket.socket], None]
) -> None:
    with serveur_brutal(dialogue) as port:
        faute = refus(en_clair(port), delai=0.3)
    assert faute.est_incertain
    assert "peut-être parti" in str(faute)


def test_un_nom_introuvable() -> None:
    panne = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert "introuvable" in expliquer_panne("smtp.valmarin.example:587", panne)


def test_un_service_sans_mot_de_passe() -> None:
    panne = smtplib.SMTPException("No suitable authentication method found.")
    assert "--brouillon" in expliquer_panne("smtp.valmarin.example:587", panne)


def test_un_service_qui_n_admet_plus_de_mot_de_passe() -> None:
    """La réponse des services où seule l'authentification moderne est permise."""
    panne = smtplib.SMTPAuthenticationError(
        535, b"5.7.139 Authentication unsuccessful, basic authentication is disabled."
    )
    phrase = expliquer_panne("smtp.valmarin.example:587", panne)
    assert "n'admet plus aucun mot de passe" in phrase
    assert "--brouillon" in phrase


def test_un_serveur_qui_parle_une_autre_langue(refus: Refus) -> None:
    with serveur_brutal(lambda liaison: liaison.sendall(b"HTTP/1.1 400 Bad Request\r\n")) as port:
        assert not refus(en_clair(port)).est_incertain


@pytest.mark.parametrize(
    ("reponse", "attendu"),
    [
        ("552 5.3.4 Too big", "trop gros"),
        ("451 4.7.1 Greylisted", "réessayez"),
        ("554 5.7.1 Spam", "rien n'a été envoyé"),
    ],
)
def test_un_message_refuse_apres_lecture(
    refus: Refus, ouvrir_serveur: Ouvrir, reponse: str, attendu: str
) -> None:
    faute = refus(en_clair(ouvrir_serveur(Boite(reponse=reponse))))
    assert attendu in str(faute)
    assert not faute.est_incertain


@pytest.mark.parametrize(
    ("ecrit", "securite", "port"),
    [
        ("smtp.valmarin.example", Securite.STARTTLS, 587),
        ("smtp.valmarin.example", Securite.TLS, 465),
        ("smtp.valmarin.example:2525", Securite.TLS, 2525),
        ("[::1]:25", Securite.AUCUNE, 25),
    ],
)
def test_le_port_suit_la_securite(ecrit: str, securite: Securite, port: int) -> None:
    assert lire_serveur(ecrit, securite).port == port


@pytest.mark.parametrize("ecrit", ["", "a b", "smtp:99999", "smtp:", "a..b", "smtp\r\nRCPT", "x@y"])
def test_un_serveur_mal_ecrit(ecrit: str) -> None:
    with pytest.raises(EnvoiRefuse, match="n'est pas un serveur"):
        lire_serveur(ecrit)


def test_pas_de_mot_de_passe_en_clair() -> None:
    with pytest.raises(EnvoiRefuse, match="en clair"):
        lire_serveur("smtp.valmarin.example", Securite.AUCUNE, "greffe")


def _lettre_a_lettre(prise: socket.socket) -> None:
    with suppress(OSError):
        while True:
            prise.sendall(b"2")
            sleep(0.1)


def _sans_fin(prise: socket.socket) -> None:
    with suppress(OSError):
        while True:
            prise.sendall(b"220-encore\r\n" * 100)


@pytest.mark.parametrize("dialogue", [_lettre_a_lettre, _sans_fin])
def test_une_reponse_qui_n_en_finit_pas(
    refus: Refus, dialogue: Callable[[socket.socket], None]
) -> None:
    debut = monotonic()
    with serveur_brutal(dialogue) as port:
        assert "127.0.0.1" in str(refus(en_clair(port), delai=0.5))
    assert monotonic() - debut < 4


def test_un_nom_de_serveur_trop_long() -> None:
    with pytest.raises(EnvoiRefuse, match="n'est pas un serveur"):
        lire_serveur("x" * 300)
