"""Des noms de fichiers, des arguments et des cellules qui voudraient commander l'écran."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from pilotage_xlsx.commandes.verifier import FORMES
from pilotage_xlsx.socle.montrable import TROMPEURS
from tests.commandes.ligne import AU, DONNEES, Sortie, jouer, lire_le_terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows refuse ces noms")

SIGNES = "\x1b[2J\u202egpj\u009b31m\u2066\u200f"
NOM = f"a\nErreur, faux{SIGNES}.xlsx"
COMMUNE = f"＝Val{SIGNES}"
PRESTATAIRE = f"＠Presta{SIGNES}"
_TROMPEUR = re.compile(f"[{TROMPEURS}]")


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deux années d'une commune au nom trompeur, dans des fichiers de noms trompeurs."""
    dossier = tmp_path_factory.mktemp("communes")
    for annee, nom in ((2025, "avant.xlsx"), (2026, NOM)):
        donnees = json.loads((DONNEES / f"valmarin-{annee}.json").read_text("utf-8"))
        donnees["commune"]["commune"] = COMMUNE
        donnees["outils"][0]["nom"] = f"Outil{SIGNES}"
        donnees["outils"][0]["prestataire"] = PRESTATAIRE
        donnees["prestataires"][0]["nom"] = PRESTATAIRE
        source = dossier / f"{annee}.json"
        source.write_text(json.dumps(donnees), "utf-8")
        assert jouer("generer", dossier / nom, "--depuis", source, *AU).code == 0
    return dossier


@pytest.fixture(scope="module")
def recu(dossier: Path) -> Path:
    """Le classeur de l'année."""
    return dossier / NOM


def sans_piege(texte: str) -> str:
    assert _TROMPEUR.search(texte.replace("\r\n", "\n")) is None, ascii(texte)
    assert "\nErreur, faux" not in texte
    return texte


def sure(sortie: Sortie) -> Sortie:
    sans_piege(sortie.texte)
    sans_piege(sortie.erreur)
    return sortie


@pytest.mark.parametrize("forme", FORMES)
def test_verifier_dans_ses_quatre_formes(forme: str, recu: Path, tmp_path: Path) -> None:
    lu = sure(jouer("verifier", recu, "--format", forme, *AU)).texte
    assert "gpj" in lu
    fichier = tmp_path / "controle"
    assert jouer("verifier", recu, "--format", forme, "--sortie", fichier, *AU).code < 2
    assert fichier.read_bytes() == lu.encode()


def test_le_json_ne_perd_rien(recu: Path) -> None:
    (vu,) = jouer("verifier", recu, "--format", "json", *AU).json["classeurs"]
    assert vu["fichier"] == str(recu)
    assert vu["commune"] == COMMUNE.replace("\x1b", "")


def test_un_terminal_garde_ses_couleurs_et_elles_seules(recu: Path) -> None:
    maitre, esclave = os.openpty()
    subprocess.run(
        [sys.executable, "-m", "pilotage_xlsx", "verifier", str(recu), "absent\x1b[31;8m", *AU],
        stdin=esclave, stdout=esclave, stderr=esclave, check=False,
        env={**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.close(esclave)
    montre = lire_le_terminal(maitre).decode()
    assert "\x1b[1m" in montre
    sans_piege(re.sub(r"\x1b\[(?:0|1|2|31|33)m", "", montre))


@pytest.mark.parametrize("forme", ["csv", "json"])
def test_consolider(forme: str, dossier: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "ensemble"
    arguments = ("--format", forme, "--sortie", sortie, "--annee", 2026, *AU)
    assert sure(jouer("consolider", dossier, *arguments)).code == 0
    fichiers = [sortie] if sortie.is_file() else sorted(sortie.iterdir())
    lus = [sans_piege(fichier.read_text("utf-8-sig")) for fichier in fichiers]
    assert any("gpj" in lu for lu in lus)
    if forme == "csv":
        assert any(";'＠Presta" in lu for lu in lus)


def test_les_correspondances_retrouvent_un_nom_trompeur(dossier: Path, tmp_path: Path) -> None:
    fichier, sortie = tmp_path / "c.csv", tmp_path / "e"
    arguments = (dossier, "--format", "csv", "--annee", 2026, "--correspondances", fichier, *AU)
    assert jouer("consolider", *arguments, "--sortie", tmp_path / "f").code == 0
    ecrits = sans_piege(fichier.read_text("utf-8-sig")).splitlines()
    (ecrit,) = (ligne.split(";")[0] for ligne in ecrits if "＠Presta" in ligne)
    fichier.write_text(f"Écrit;Prestataire\n{ecrit};Retenu SA\n", "utf-8-sig")
    assert jouer("consolider", *arguments, "--sortie", sortie).code == 0
    assert any("Retenu SA" in f.read_text("utf-8-sig") for f in sortie.iterdir())


def test_rapport_puis_envoi(recu: Path, tmp_path: Path) -> None:
    sortie = tmp_path / f"rapport{SIGNES}\n"
    formes = ("--format", "txt", "--format", "html")
    assert sure(jouer("rapport", recu, "--annee", 2026, "--sortie", sortie, *formes, *AU)).code == 0
    for fichier in sortie.iterdir():
        assert "gpj" in sans_piege(fichier.read_text("utf-8"))
    piece = tmp_path / f"piece{SIGNES}\n.txt"
    piece.write_text(
        f"De : a@valmarin.example\nÀ : b@valmarin.example\nObjet : {SIGNES}\n\n{SIGNES}"
    )
    for entree in (sortie, piece):
        assert sure(jouer("envoyer", entree, "--essai", "--malgre-erreurs")).code == 0
    brouillon = tmp_path / "a.eml"
    joindre = ("--brouillon", brouillon, "--malgre-erreurs")
    assert sure(jouer("envoyer", piece, recu, *joindre)).code == 0
    message = message_from_bytes(brouillon.read_bytes(), policy=policy.default)
    sans_piege(str(message["Subject"]))
    for partie in message.iter_attachments():
        sans_piege(partie.get_filename() or "")
    corps = message.get_body(("plain",))
    assert corps is not None
    sans_piege(corps.get_content())


@pytest.mark.parametrize("forme", ["texte", "json", "html"])
def test_comparer(forme: str, dossier: Path, recu: Path) -> None:
    lu = sure(jouer("comparer", dossier / "avant.xlsx", recu, "--format", forme, *AU))
    assert lu.code == 0
    assert "gpj" in lu.texte


@pytest.mark.parametrize("forme", ["html", "txt"])
def test_une_fiche(forme: str, recu: Path, tmp_path: Path) -> None:
    sortie = tmp_path / f"fiche\n{SIGNES}.{forme}"
    assert sure(jouer("fiche", "urgence", recu, "--sortie", sortie, *AU)).code == 0
    sans_piege(sortie.read_text("utf-8"))


def test_une_copie_annotee_dit_le_texte_sans_piege(recu: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert sure(jouer("verifier", recu, "--annoter", tmp_path / "n", *AU)).code < 2
    (copie,) = (tmp_path / "n").glob("*.xlsx")
    for rangee in load_workbook(copie)["À corriger"].iter_rows(values_only=True):
        for contenu in rangee:
            sans_piege(str(contenu or ""))


@pytest.mark.parametrize(
    "arguments",
    [
        (f"verif{SIGNES}\nErreur, faux",),
        ("verifier", f"--form{SIGNES}\nErreur, faux", "a"),
        ("verifier", "--format", f"x{SIGNES}\nErreur, faux", "a"),
        ("verifier", "a", "--modele", f"bad{SIGNES}\nErreur, faux"),
        ("verifier", "a", "--au", f"1{SIGNES}\nErreur, faux"),
        ("verifier", f"absent{SIGNES}\nErreur, faux.xlsx"),
        ("rapport", f"absent{SIGNES}\nErreur, faux.xlsx", "--annee", 2026, "--sortie", "r"),
        ("comparer", f"b{SIGNES}\nErreur, faux.xlsx", "c\n", "--sortie", "d"),
        ("generer", f"a{SIGNES}\nErreur, faux/b.xlsx"),
        ("generer", "b.xlsx", "--depuis", f"a{SIGNES}\nErreur, faux.json"),
        ("fiche", f"x{SIGNES}\nErreur, faux", "a", "--sortie", "b"),
        ("regles", f"X{SIGNES}\nErreur, faux"),
        ("envoyer", f"a{SIGNES}\nErreur, faux", "--essai"),
        ("corriger", f"a{SIGNES}\nErreur, faux"),
    ],
    ids=lambda arguments: str(arguments[0])[:5],
)
def test_un_refus_cite_sans_obeir(arguments: tuple[object, ...], tmp_path: Path) -> None:
    assert sure(jouer(*arguments, dans=tmp_path)).code == 2


def test_la_ligne_de_progression(monkeypatch: pytest.MonkeyPatch) -> None:
    from pilotage_xlsx.commandes import progression

    maitre, esclave = os.openpty()
    with os.fdopen(esclave, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(progression, "_PATIENCE", 0.0)
        list(progression.suivre([1, 2], [Path(NOM), Path("b.xlsx")]))
    montre = lire_le_terminal(maitre).decode()
    assert "1/2 a" in montre
    assert "\n" not in montre
    assert _TROMPEUR.search(montre.replace("\r", "")) is None
