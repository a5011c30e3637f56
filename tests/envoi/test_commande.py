"""La commande ``envoyer`` devant une personne et un vrai serveur : mot de passe, doute, refus."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from pilotage_xlsx.commandes import envoyer, executer
from pilotage_xlsx.envoi import Securite, lire_serveur
from tests.envoi.serveurs import Boite, authentifier

Ouvrir = Callable[..., int]
EcrireRapport = Callable[..., Path]


@pytest.fixture
def boite() -> Boite:
    return Boite()


@pytest.fixture
def port(ouvrir_serveur: Ouvrir, boite: Boite, contexte: ssl.SSLContext) -> int:
    """Un serveur qui chiffre et demande de s'annoncer."""
    return ouvrir_serveur(
        boite,
        tls_context=contexte,
        require_starttls=True,
        auth_required=True,
        authenticator=authentifier,
    )


@pytest.fixture
def devant(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Une personne qui répond toujours la même chose ; rend les questions qu'on lui pose."""

    def repondre(reponse: str) -> list[str]:
        questions: list[str] = []

        def demander(question: str, **_: object) -> str:
            questions.append(question)
            return reponse

        monkeypatch.setattr(envoyer, "peut_demander", lambda: True)
        monkeypatch.setattr(click, "prompt", demander)
        return questions

    return repondre


def envoi(dossier: Path, port: int, *suite: str) -> int:
    serveur = ("--smtp", f"localhost:{port}", "--utilisateur", "greffe", "--delai", "5")
    return executer(["envoyer", str(dossier), *serveur, *suite])


@pytest.mark.usefixtures("confiance")
def test_le_mot_de_passe_vient_de_l_environnement(
    ecrire_rapport: EcrireRapport,
    port: int,
    boite: Boite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(envoyer.MOT_DE_PASSE, "sesame")
    assert envoi(ecrire_rapport(), port) == 0
    assert boite.recus[0].rcpt_tos == ["municipalite@valmarin.example"]
    dit = capsys.readouterr()
    assert "Envoyé à municipalite@valmarin.example (250 2.0.0 Bien reçu 4711)" in dit.err
    assert "sesame" not in dit.err + dit.out


@pytest.mark.usefixtures("confiance")
def test_le_mot_de_passe_se_demande(
    ecrire_rapport: EcrireRapport,
    port: int,
    boite: Boite,
    devant: Callable[[str], list[str]],
) -> None:
    questions = devant("sesame")
    assert envoi(ecrire_rapport(), port) == 0
    assert questions == ["Mot de passe de greffe"]
    assert len(boite.recus) == 1


def test_sans_personne_le_mot_de_passe_manque(
    ecrire_rapport: EcrireRapport,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(envoyer, "peut_demander", lambda: False)
    assert envoi(ecrire_rapport(), 9) == 2
    assert envoyer.MOT_DE_PASSE in capsys.readouterr().err


@pytest.mark.usefixtures("confiance")
def test_un_mauvais_mot_de_passe_ne_laisse_pas_de_trace(
    ecrire_rapport: EcrireRapport,
    port: int,
    boite: Boite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(envoyer.MOT_DE_PASSE, "faux")
    dossier = ecrire_rapport()
    assert envoi(dossier, port) == 3
    assert "mot de passe d'application" in capsys.readouterr().err
    assert json.loads((dossier / "envois.json").read_bytes())["envois"] == []
    monkeypatch.setenv(envoyer.MOT_DE_PASSE, "sesame")
    assert envoi(dossier, port) == 0
    assert len(boite.recus) == 1


@pytest.mark.usefixtures("confiance")
def test_un_refus_partiel_se_dit_et_le_refuse_seul_repart(
    ecrire_rapport: EcrireRapport,
    port: int,
    boite: Boite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(envoyer.MOT_DE_PASSE, "sesame")
    boite.refusees = ("parti@valmarin.example",)
    dossier = ecrire_rapport()
    a_deux = ("--a", "parti@valmarin.example", "--a", "syndique@valmarin.example")
    assert envoi(dossier, port, *a_deux) == 3
    dit = capsys.readouterr().err.replace("\u202f", " ")
    assert "Envoyé à syndique@valmarin.example" in dit
    assert "Refusé pour parti@valmarin.example : 550 5.1.1 Adresse inconnue." in dit
    boite.refusees = ()
    assert envoi(dossier, port, *a_deux) == 2
    assert envoi(dossier, port, "--a", "parti@valmarin.example") == 0
    assert [recu.rcpt_tos for recu in boite.recus] == [
        ["syndique@valmarin.example"],
        ["parti@valmarin.example"],
    ]


@pytest.mark.parametrize(("reponse", "code", "ecrit"), [("o", 0, True), ("n", 130, False)])
def test_un_classeur_a_erreurs_demande_a_confirmer(
    ecrire_rapport: EcrireRapport,
    devant: Callable[[str], list[str]],
    tmp_path: Path,
    reponse: str,
    code: int,
    ecrit: bool,
) -> None:
    questions = devant(reponse)
    dossier = ecrire_rapport(resume={"erreurs": 3})
    assert executer(["envoyer", str(dossier), "--brouillon", str(tmp_path / "a.eml")]) == code
    assert "3 erreurs" in questions[0]
    assert (tmp_path / "a.eml").exists() is ecrit


def test_malgre_erreurs_ne_demande_rien(
    ecrire_rapport: EcrireRapport,
    devant: Callable[[str], list[str]],
    tmp_path: Path,
) -> None:
    questions = devant("n")
    dossier = ecrire_rapport(resume={"erreurs": 3})
    brouillon = ("--brouillon", str(tmp_path / "a.eml"))
    assert executer(["envoyer", str(dossier), *brouillon, "--malgre-erreurs"]) == 0
    assert questions == []


def test_un_mauvais_certificat_n_envoie_rien(
    ecrire_rapport: EcrireRapport,
    port: int,
    boite: Boite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(envoyer.MOT_DE_PASSE, "sesame")
    assert envoi(ecrire_rapport(), port) == 3
    assert "certificat" in capsys.readouterr().err
    assert boite.recus == []


@pytest.mark.usefixtures("confiance")
def test_a_l_essai_et_au_brouillon_un_message_deja_parti_se_dit(
    ecrire_rapport: EcrireRapport,
    port: int,
    boite: Boite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(envoyer.MOT_DE_PASSE, "sesame")
    dossier, brouillon = ecrire_rapport(), tmp_path / "courriel.eml"
    assert envoi(dossier, port) == 0
    for suite in (["--essai"], ["--brouillon", str(brouillon)]):
        capsys.readouterr()
        assert executer(["envoyer", str(dossier), *suite]) == 0
        assert "déjà parti à municipalite@valmarin.example" in capsys.readouterr().err
    assert brouillon.exists()
    assert len(boite.recus) == 1


LOIN = ("--smtp", "serveur.invalid:2525", "--securite", "aucune", "--delai", "5")


def test_en_clair_vers_ailleurs_il_faut_le_vouloir(
    ecrire_rapport: EcrireRapport,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Sans --oui, rien ne part ni ne s'écrit ; avec lui, seul le serveur manque encore."""
    monkeypatch.setattr(envoyer, "peut_demander", lambda: False)
    dossier, brouillon = ecrire_rapport(), tmp_path / "a.eml"
    arguments = ["envoyer", str(dossier), *LOIN, "--brouillon", str(brouillon)]
    assert executer(arguments) == 2
    dit = capsys.readouterr().err
    assert "en clair jusqu'à serveur.invalid:2525" in dit
    assert "--oui" in dit
    assert not brouillon.exists()
    assert executer([*arguments, "--oui"]) == 3
    assert brouillon.exists()


@pytest.mark.parametrize(("reponse", "code"), [("n", 130), ("o", 3)])
def test_en_clair_devant_une_personne_on_le_lui_demande(
    ecrire_rapport: EcrireRapport,
    devant: Callable[[str], list[str]],
    reponse: str,
    code: int,
) -> None:
    questions = devant(reponse)
    assert executer(["envoyer", str(ecrire_rapport()), *LOIN]) == code
    assert "en clair" in questions[0]


def test_a_l_essai_en_clair_se_dit_seulement(
    ecrire_rapport: EcrireRapport, capsys: pytest.CaptureFixture[str]
) -> None:
    assert executer(["envoyer", str(ecrire_rapport()), *LOIN, "--essai"]) == 0
    assert "--oui" in capsys.readouterr().err


def test_en_clair_sur_cette_machine_ne_demande_rien(
    ecrire_rapport: EcrireRapport,
    ouvrir_serveur: Ouvrir,
    boite: Boite,
    devant: Callable[[str], list[str]],
) -> None:
    questions = devant("n")
    ici = f"127.0.0.1:{ouvrir_serveur(boite)}"
    arguments = ["envoyer", str(ecrire_rapport()), "--smtp", ici, "--securite", "aucune"]
    assert executer(arguments) == 0
    assert questions == []
    assert len(boite.recus) == 1


@pytest.mark.parametrize(
    ("hote", "est_en_clair"),
    [
        ("localhost", False),
        ("LOCALHOST:2525", False),
        ("127.0.0.1", False),
        ("127.9.8.7:25", False),
        ("[::1]:25", False),
        ("127.0.0.1.ailleurs.example", True),
        ("localhost.ailleurs.example", True),
        ("0.0.0.0", True),
        ("10.0.0.1", True),
        ("[fe80::1]", True),
        ("smtp.commune.example", True),
    ],
)
def test_seul_ce_qui_s_ecrit_comme_cette_machine_l_est(hote: str, est_en_clair: bool) -> None:
    assert lire_serveur(hote, Securite.AUCUNE).est_en_clair is est_en_clair
    assert not lire_serveur(hote, Securite.TLS).est_en_clair
