"""Le message : ses en-têtes, ses parties, et les mêmes octets à chaque fois."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import compat32, default
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.envoi import (
    Contenu,
    Depart,
    EnvoiRefuse,
    composer,
    ecrire_brouillon,
    montrer,
    octets_du_brouillon,
)
from pilotage_xlsx.envoi.adresses import lire_adresse, nommer
from pilotage_xlsx.envoi.bordereau import Bordereau
from pilotage_xlsx.envoi.contenu import PieceJointe
from pilotage_xlsx.socle.ecriture import SortieImpossible
from tests.envoi.conftest import INSTANT

Preparer = Callable[..., Depart]


def relire(message: EmailMessage) -> EmailMessage:
    relu = message_from_bytes(message.as_bytes(), policy=default)
    assert isinstance(relu, EmailMessage)
    return relu


def composer_avec(sujet: str = "Rapport", nom: str = "", fichier: str = "a.xlsx") -> EmailMessage:
    contenu = Contenu(sujet, "Bonjour", None, (PieceJointe(fichier, b"octets"),))
    expediteur = lire_adresse("greffe@valmarin.example")
    nomme = type(expediteur)(nom, expediteur.username, expediteur.domain)
    return composer(contenu, nomme, [lire_adresse("a@b.example")], INSTANT)


def test_les_en_tetes(preparer_depart: Preparer) -> None:
    message = relire(preparer_depart().message)
    assert message["From"] == "Zoé Délèze <greffe@valmarin.example>"
    assert message["To"] == "municipalite@valmarin.example"
    assert message["Subject"] == "Rapport 2026 du pilotage numérique (Valmarin)"
    assert message["Date"].datetime == INSTANT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message["Message-ID"].endswith("@valmarin.example>")


def test_le_texte_puis_la_page(preparer_depart: Preparer) -> None:
    message = relire(preparer_depart().message)
    texte, page = message.get_body(("plain",)), message.get_body(("html",))
    assert texte is not None
    assert page is not None
    assert texte.get_content().splitlines() == ["Madame la Syndique,", "À décider."]
    assert page.get_content().strip() == "<p>À décider</p>"


def test_tous_les_fichiers_sont_joints_avec_leur_genre(preparer_depart: Preparer) -> None:
    joints = list(relire(preparer_depart().message).iter_attachments())
    assert [joint.get_filename() for joint in joints] == [
        "rapport-valmarin-2026.html",
        "rapport-valmarin-2026.xlsx",
    ]
    assert joints[1].get_content_type().endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("fichier", ["été à l'œil.xlsx", "a" * 150 + "é.pdf", "a;b=c%20.txt"])
def test_un_nom_de_fichier_rare_se_relit(fichier: str) -> None:
    joint = next(relire(composer_avec(fichier=fichier)).iter_attachments())
    assert joint.get_filename() == fichier


@pytest.mark.parametrize(("fichier", "sur"), [('a":b.txt', "a__b.txt"), ("\u202e", "fichier")])
def test_un_nom_que_windows_refuse_se_remplace(fichier: str, sur: str) -> None:
    joint = next(relire(composer_avec(fichier=fichier)).iter_attachments())
    assert joint.get_filename() == sur


def test_un_autre_analyseur_relit_le_message(preparer_depart: Preparer) -> None:
    message = BytesParser(policy=compat32).parsebytes(preparer_depart().message.as_bytes())
    assert not any(partie.defects for partie in message.walk())
    assert len([partie for partie in message.walk() if not partie.is_multipart()]) == 4


def test_memes_entrees_memes_octets(preparer_depart: Preparer) -> None:
    un, autre = preparer_depart(), preparer_depart()
    assert octets_du_brouillon(un.message) == octets_du_brouillon(autre.message)


def test_un_deuxieme_envoi_a_son_propre_identifiant(preparer_depart: Preparer) -> None:
    demain = preparer_depart(instant=INSTANT + timedelta(days=1)).message
    assert preparer_depart().message["Message-ID"] != demain["Message-ID"]


def test_le_brouillon_s_ouvre_en_redaction(preparer_depart: Preparer, tmp_path: Path) -> None:
    message = preparer_depart().message
    ecrire_brouillon(message, tmp_path / "courriel.eml", remplacer=False)
    relu = message_from_bytes((tmp_path / "courriel.eml").read_bytes(), policy=default)
    assert relu["X-Unsent"] == "1"
    assert relu["Auto-Submitted"] is None
    assert "X-Unsent" not in message
    assert message["Auto-Submitted"] == "auto-generated"


def test_un_brouillon_existant_n_est_pas_ecrase(preparer_depart: Preparer, tmp_path: Path) -> None:
    chemin = tmp_path / "courriel.eml"
    chemin.write_bytes(b"mon travail")
    with pytest.raises(SortieImpossible):
        ecrire_brouillon(preparer_depart().message, chemin, remplacer=False)
    assert chemin.read_bytes() == b"mon travail"


def test_l_apercu_montre_tout(preparer_depart: Preparer) -> None:
    apercu = montrer(preparer_depart())
    assert "municipalite@valmarin.example" in apercu
    assert "rapport-valmarin-2026.xlsx (1 Ko" in apercu
    assert "Madame la Syndique" in apercu


@settings(deadline=None)
@given(sujet=st.text(), nom=st.text(), fichier=st.text(min_size=1))
def test_aucun_texte_n_ajoute_un_en_tete(sujet: str, nom: str, fichier: str) -> None:
    message = relire(composer_avec(sujet=sujet, nom=en_nom(nom), fichier=fichier))
    attendus = relire(composer_avec())
    assert sorted(message.keys()) == sorted(attendus.keys())
    assert [adresse.addr_spec for adresse in message["From"].addresses] == [
        "greffe@valmarin.example"
    ]
    assert len(list(message.iter_attachments())) == 1


def en_nom(texte: str) -> str:
    """Le nom tel que l'envoi le garde, quoi que porte la cellule du référent."""
    try:
        return nommer(texte, "a", "b.example").display_name
    except EnvoiRefuse:
        return ""


@pytest.mark.parametrize(
    "coupure", ["\r\n", "\r", "\n", "\x0b", "\x85", "\u2028", "\u2029", "=?utf-8?q?=0d=0a?= "]
)
def test_aucune_coupure_n_ajoute_un_en_tete(coupure: str) -> None:
    """Un mot encodé (RFC 2047) se défait à la composition : il ne doit pas y entrer entier."""
    hostile = f"Rapport{coupure}Bcc: x"
    encode = "=?utf-8?q?Rapport=0d=0aBcc:_x?="
    for texte in (hostile, encode):
        relu = relire(composer_avec(sujet=texte, nom=en_nom(texte), fichier=f"{texte}.txt"))
        assert relu["Bcc"] is None
        assert sorted(relu.keys()) == sorted(relire(composer_avec()).keys())


def test_un_nom_encode_ne_montre_pas_une_autre_adresse() -> None:
    encode = "=?utf-8?b?Y2hlZkBjb21tdW5lLmV4YW1wbGU=?="
    assert "chef@commune.example" not in relire(composer_avec(nom=en_nom(encode)))["From"]


def test_un_objet_sans_fin_se_coupe() -> None:
    bordereau = Bordereau(format=1, commune="a " * 50_000, annee=2026, texte="", fichiers=())
    assert len(bordereau.sujet) < 260


def test_un_sujet_hostile_reste_un_sujet() -> None:
    message = relire(composer_avec(sujet="Rapport\r\nBcc: pirate@ailleurs.example\r\n\r\nPerdu"))
    assert message["Bcc"] is None
    assert message["Subject"] == "Rapport Bcc: pirate@ailleurs.example Perdu"


def test_la_date_garde_son_fuseau() -> None:
    contenu = Contenu("Rapport", "Bonjour", None, ())
    adresse = lire_adresse("a@b.example")
    message = composer(contenu, adresse, [adresse], datetime(2026, 11, 24, tzinfo=UTC))
    assert message["Date"] == "Tue, 24 Nov 2026 00:00:00 +0000"
