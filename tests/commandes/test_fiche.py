"""``fiche``, puis ``envoyer`` : la séance, le dossier, le mur, l'avis qui part."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.commandes.ligne import AU, DONNEES, classeur, jouer
from tests.envoi.serveurs import Boite, port_libre


@pytest.fixture(scope="module")
def valmarin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Le classeur d'exemple de Valmarin."""
    return classeur(tmp_path_factory.mktemp("fiche"))


@pytest.fixture
def boite() -> Boite:
    return Boite()


@pytest.fixture
def serveur(boite: Boite) -> Iterator[str]:
    """L'adresse d'un vrai serveur de courrier local, en clair."""
    controleur = Controller(boite, "127.0.0.1", port_libre())
    controleur.start()
    yield f"127.0.0.1:{controleur.port}"
    controleur.stop()


@pytest.mark.parametrize(
    ("arguments", "nom", "debut"),
    [
        (("decision", "D-2026-003"), "d.pdf", b"%PDF-1.7"),
        (("Décision", "D-2026-003"), "d.pdf", b"%PDF-1.7"),
        (("incident", "i-2026-002"), "i.html", b"<!DOCTYPE html>"),
        (("urgence",), "u.txt", "À AFFICHER".encode()),
        (("avis", "I-2026-001"), "a.txt", b"De : Sylvie Montvernay <secretariat@"),
        (("urgence",), "sans-extension", b"%PDF-1.7"),
        (("Note",), "n.pdf", b"%PDF-1.7"),
        (("note",), "n.html", b"<!DOCTYPE html>"),
        (("note",), "n.txt", "ADOPTÉE LE 20.01.2025".encode()),
    ],
)
def test_une_fiche_s_ecrit_dans_la_forme_de_son_nom(
    valmarin: Path, tmp_path: Path, arguments: tuple[str, ...], nom: str, debut: bytes
) -> None:
    sujet, *numero = arguments
    vu = jouer("fiche", sujet, valmarin, *numero, "--sortie", tmp_path / nom, *AU)
    assert vu.code == 0, vu.erreur
    assert vu.texte.strip() == str(tmp_path / nom)
    assert (tmp_path / nom).read_bytes().startswith(debut)


def test_format_l_emporte_sur_le_nom(valmarin: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "u.txt"
    jouer("fiche", "urgence", valmarin, "--sortie", sortie, "--format", "html", *AU)
    assert sortie.read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("decision", "D-2026-03"), "vouliez-vous dire « D-2026-003 »"),
        (("incident", "zzz"), "relisez la feuille Incidents"),
        (("incident",), "les derniers inscrits :"),
        (("urgence", "D-2026-003"), "retirez « D-2026-003 »"),
        (("avis", "I-2025-002"), "ne touche ni service ni données"),
        (("note", "D-2026-003"), "retirez « D-2026-003 »"),
        (("autre", "D-2026-003"), "dites decision, incident, avis, urgence, note ou passation"),
        (("urgances",), "vouliez-vous dire « urgence »"),
    ],
)
def test_une_fiche_impossible_dit_pourquoi(
    valmarin: Path, tmp_path: Path, arguments: tuple[str, ...], phrase: str
) -> None:
    sujet, *numero = arguments
    vu = jouer("fiche", sujet, valmarin, *numero, "--sortie", tmp_path / "f.txt", *AU)
    assert vu.code == 2
    assert phrase in " ".join(vu.erreur.replace("\u202f", " ").split())
    assert not (tmp_path / "f.txt").exists()


def test_une_fiche_n_ecrase_rien(valmarin: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "u.txt"
    sortie.write_text("à moi", "utf-8")
    assert jouer("fiche", "urgence", valmarin, "--sortie", sortie, *AU).code == 2
    assert sortie.read_text("utf-8") == "à moi"
    assert jouer("fiche", "urgence", valmarin, "--sortie", sortie, "--force", *AU).code == 0
    assert jouer("fiche", "urgence", valmarin, "--sortie", valmarin, "--force", *AU).code == 2
    assert jouer("fiche", "urgence", valmarin, "--sortie", tmp_path / "non" / "u.txt").code == 2


def test_un_classeur_illisible_se_dit(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    vu = jouer("fiche", "urgence", tmp_path / "a.xlsx", "--sortie", tmp_path / "u.pdf")
    assert vu.code == 2
    assert "pas lu" in vu.erreur


def test_l_avis_devient_un_brouillon(valmarin: Path, tmp_path: Path) -> None:
    avis, fiche, brouillon = (tmp_path / nom for nom in ("avis.txt", "i.pdf", "avis.eml"))
    vu = jouer("fiche", "avis", valmarin, "I-2026-002", "--sortie", avis, *AU)
    assert f"envoyer {avis}" in vu.erreur
    jouer("fiche", "incident", valmarin, "I-2026-002", "--sortie", fiche, *AU)
    assert jouer("envoyer", avis, fiche, "--brouillon", brouillon, *AU).code == 0
    message = email.message_from_bytes(brouillon.read_bytes(), policy=email.policy.default)
    assert message["To"] == "municipalite@valmarin.example"
    assert message["Subject"].startswith("Avis d'incident I-2026-002")
    assert message["X-Unsent"] == "1"
    assert [piece.get_filename() for piece in message.iter_attachments()] == ["i.pdf"]


def test_l_avis_part_une_fois(valmarin: Path, tmp_path: Path, boite: Boite, serveur: str) -> None:
    avis = tmp_path / "avis.txt"
    jouer("fiche", "avis", valmarin, "I-2026-001", "--sortie", avis, *AU)
    envoi = ("envoyer", avis, "--smtp", serveur, "--securite", "aucune")
    assert jouer(*envoi).code == 0
    encore = jouer(*envoi)
    assert encore.code == 2
    assert "déjà parti" in encore.erreur
    assert len(boite.recus) == 1
    assert jouer(*envoi, "--encore").code == 0
    assert len(boite.recus) == 2


def test_un_avis_sans_adresse_dit_ce_qui_manque(tmp_path: Path) -> None:
    donnees = json.loads((DONNEES / "valmarin-2026.json").read_text("utf-8"))
    for colonne in ("executif_courriel", "referent_courriel"):
        del donnees["commune"][colonne]
    (tmp_path / "a.json").write_text(json.dumps(donnees), "utf-8")
    jouer("generer", tmp_path / "a.xlsx", "--depuis", tmp_path / "a.json", *AU)
    avis = tmp_path / "avis.txt"
    vu = jouer("fiche", "avis", tmp_path / "a.xlsx", "I-2026-001", "--sortie", avis, *AU)
    assert vu.code == 0
    assert "--a ADRESSE" in vu.erreur
    assert "--de ADRESSE" in vu.erreur
    assert jouer("envoyer", avis, "--essai").code == 2
    vu = jouer("envoyer", avis, "--essai", "--a", "x@y.example", "--de", "z@y.example")
    assert "À : x@y.example" in " ".join(vu.texte.replace("\u202f", " ").split())


def test_un_brouillon_dans_un_dossier_absent_se_dit(valmarin: Path, tmp_path: Path) -> None:
    avis = tmp_path / "avis.txt"
    jouer("fiche", "avis", valmarin, "I-2026-001", "--sortie", avis, *AU)
    vu = jouer("envoyer", avis, "--brouillon", tmp_path / "non" / "a.eml")
    assert vu.code == 2
    assert "n'existe pas" in vu.erreur
