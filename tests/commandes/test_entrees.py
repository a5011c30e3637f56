"""Chaque option qui prend un fichier le prend par la même porte : une phrase, jamais d'attente."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from pilotage_xlsx.modele.chargement import dossier_livre
from tests.commandes.ligne import AU, Sortie, classeur, jouer
from tests.envoi.conftest import RAPPORT

POSIX = pytest.mark.skipif(os.name != "posix", reason="tubes et appareils de POSIX")
DELAI = 60
"""Bien au-delà de ce que demande une phrase ; un tube qui ferait attendre ne s'ouvrirait jamais."""

ADRESSES = ("--a", "a@valmarin.example", "--de", "b@valmarin.example")


def _depuis(recu: Path, dossier: Path) -> Sortie:
    return jouer("generer", dossier / "a.xlsx", "--depuis", recu, delai=DELAI)


def _modele(recu: Path, dossier: Path) -> Sortie:
    modele = dossier / "modele"
    shutil.copytree(dossier_livre("modeles") / "communal", modele)
    (modele / "listes.toml").unlink()
    (modele / "listes.toml").symlink_to(recu)
    return jouer("regles", "--modele", modele, delai=DELAI)


def _correspondances(recu: Path, dossier: Path) -> Sortie:
    commune = classeur(dossier)
    suite = ("--correspondances", recu, "--sortie", dossier / "c.xlsx", *AU)
    return jouer("consolider", commune, *suite, delai=DELAI)


def _piece(recu: Path, dossier: Path) -> Sortie:
    return jouer("envoyer", recu, "--essai", *ADRESSES, delai=DELAI)


def _rapport(recu: Path, dossier: Path, *, nom: str = "rapport.json") -> Sortie:
    rapport = dossier / "rapport"
    rapport.mkdir()
    (rapport / RAPPORT["texte"]).write_text("Bonjour,\n", "utf-8")
    for piece in RAPPORT["fichiers"]:
        (rapport / piece).write_text("<p>Bonjour</p>", "utf-8")
    if nom != "rapport.json":
        (rapport / "rapport.json").write_text(json.dumps(RAPPORT), "utf-8")
    (rapport / nom).symlink_to(recu)
    return jouer("envoyer", rapport, "--essai", delai=DELAI)


def _journal(recu: Path, dossier: Path) -> Sortie:
    return _rapport(recu, dossier, nom="envois.json")


PORTES = (_depuis, _modele, _correspondances, _piece, _rapport, _journal)


@POSIX
@pytest.mark.parametrize("porte", PORTES, ids=lambda porte: porte.__name__)
@pytest.mark.parametrize("genre", ["tube", "appareil", "sans fin"])
def test_ce_qui_n_est_pas_un_fichier_ou_n_a_pas_de_fin_se_dit(
    tmp_path: Path, porte: Callable[[Path, Path], Sortie], genre: str
) -> None:
    recu = tmp_path / "recu"
    match genre:
        case "tube":
            os.mkfifo(recu)
        case "appareil":
            recu.symlink_to("/dev/zero")
        case _:
            with recu.open("wb") as creux:
                creux.truncate(1 << 40)
    sortie = porte(recu, tmp_path)
    assert sortie.code == 2, sortie
    assert len(sortie.erreur.splitlines()) == 1, sortie.erreur


@POSIX
def test_un_tube_parmi_des_classeurs_ne_retient_pas_les_autres(tmp_path: Path) -> None:
    commune = classeur(tmp_path)
    os.mkfifo(tmp_path / "tube.xlsx")
    consolide = tmp_path / "sortie" / "c.xlsx"
    consolide.parent.mkdir()
    for recu in (tmp_path / "tube.xlsx", Path("/dev/zero")):
        suite = ("--sortie", consolide, "--force", *AU)
        sortie = jouer("consolider", recu, commune, *suite, delai=DELAI)
        assert sortie.code == 2
        assert "1 retenu" in sortie.texte


@POSIX
def test_un_tube_n_est_pas_un_classeur_de_l_an_passe(tmp_path: Path) -> None:
    commune, tube = classeur(tmp_path), tmp_path / "tube.xlsx"
    os.mkfifo(tube)
    rapport = ("rapport", commune, "--annee", 2026, "--precedent", tube, "--sortie", tmp_path / "r")
    for arguments in (rapport, ("comparer", tube, commune), ("generer", "b", "--depuis", tube)):
        assert jouer(*arguments, *AU, dans=tmp_path, delai=DELAI).code == 2


@POSIX
def test_l_entree_standard_s_arrete_a_sa_borne(tmp_path: Path) -> None:
    sortie = jouer("generer", tmp_path / "a.xlsx", "--depuis", "-", entree="[" * (17 << 20))
    assert sortie.code == 2
    assert "L'entrée standard dépasse 16 Mo" in sortie.erreur


def test_un_json_d_un_genre_inattendu_se_dit(tmp_path: Path) -> None:
    for texte in ("[]", "1", '"a"', "null", '{"outils": {}}'):
        (tmp_path / "a.json").write_text(texte, "utf-8")
        assert _depuis(tmp_path / "a.json", tmp_path).code == 2, texte


@pytest.mark.parametrize(
    "document",
    [{"outils": [{}] * 10_001}, {"outils": [{"nom": ["x"] * 150_001}]}],
    ids=["lignes", "valeurs"],
)
def test_un_json_plus_grand_qu_un_classeur_se_dit(tmp_path: Path, document: object) -> None:
    (tmp_path / "a.json").write_text(json.dumps(document), "utf-8")
    sortie = _depuis(tmp_path / "a.json", tmp_path)
    assert sortie.code == 2
    assert "plus de 10'000 lignes" in sortie.erreur


def test_un_classeur_plus_grand_qu_un_classeur_ne_se_continue_pas(tmp_path: Path) -> None:
    """Quatre-vingts kilo-octets suffisent à dire vingt mille outils."""
    livre = Workbook()
    page = livre.worksheets[0]
    page.title = "Outils"
    page.append(["Outil ou service", "Domaine", "Criticité", "Prestataire", "Remarques"])
    for rang in range(10_001):
        page.append([f"Outil {rang}"])
    livre.save(tmp_path / "ancien.xlsx")
    sortie = _depuis(tmp_path / "ancien.xlsx", tmp_path)
    assert sortie.code == 2
    assert "ancien.xlsx a plus de 10'000 lignes" in sortie.erreur
    assert not (tmp_path / "a.xlsx").exists()
