"""Écrire dans un dossier où quelqu'un travaille : rien de ce qui est à elle ne change."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commandes.ligne import AU, classeur, jouer

POSIX = pytest.mark.skipif(os.name != "posix", reason="liens et modes de POSIX")


@pytest.fixture(scope="module")
def recu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Le classeur d'une commune, généré une fois."""
    return classeur(tmp_path_factory.mktemp("recus"))


def _a_elle(dossier: Path) -> Mapping[str, str]:
    return {nom: (dossier / nom).read_text() for nom in ("lettre.odt", "photos/mairie.jpg")}


@pytest.mark.parametrize(
    ("sortie", "dans"), [("Documents", "."), (".", "Documents"), ("../Documents/", "Documents")]
)
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_consolider_dans_ses_documents_n_en_efface_rien(
    recu: Path, documents: Path, sortie: str, dans: str, force: tuple[str, ...]
) -> None:
    avant = _a_elle(documents)
    arguments = ("consolider", recu, "--format", "csv", "--sortie", sortie, *AU)
    for suite in (force, ("--force",)):
        assert jouer(*arguments, *suite, dans=documents.parent / dans).code == 0
    assert _a_elle(documents) == avant
    assert (documents / "outils.csv").exists()


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_un_refus_ne_conseille_jamais_de_detruire(
    recu: Path, documents: Path, force: tuple[str, ...]
) -> None:
    (documents / "outils.csv").write_text("à elle")
    sortie = jouer("consolider", recu, "--format", "csv", "--sortie", documents, *force, *AU)
    assert (sortie.code, (documents / "outils.csv").read_text()) == (2, "à elle")
    assert "outils.csv" in sortie.erreur
    assert "ajoutez --force" not in sortie.erreur
    assert not (documents / "communes.csv").exists()


@POSIX
def test_un_lien_donne_comme_sortie_reste_un_lien(
    recu: Path, documents: Path, tmp_path: Path
) -> None:
    lien = tmp_path / "lien"
    lien.symlink_to("Documents", target_is_directory=True)
    arguments = ("--sortie", lien, "--force", *AU)
    assert jouer("consolider", recu, "--format", "csv", *arguments).code == 0
    assert jouer("rapport", recu, "--annee", 2026, *arguments).code == 0
    assert lien.is_symlink()
    assert (documents / "lettre.odt").read_text() == "Madame"
    assert {"outils.csv", "rapport.json"} <= {chemin.name for chemin in documents.iterdir()}


def test_un_rapport_et_des_tables_dans_le_meme_dossier(recu: Path, documents: Path) -> None:
    suite = ("--sortie", documents, "--force", *AU)
    for _ in range(2):
        assert jouer("consolider", recu, "--format", "csv", *suite).code == 0
        assert jouer("rapport", recu, "--annee", 2026, "--format", "html", *suite).code == 0
    noms = {chemin.name for chemin in documents.iterdir()}
    assert {"outils.csv", "rapport-valmarin-2026.html", "lettre.odt"} <= noms


def test_un_classeur_recu_au_nom_d_une_table_n_est_pas_remplace(recu: Path, tmp_path: Path) -> None:
    deguise = tmp_path / "outils.csv"
    deguise.write_bytes(recu.read_bytes())
    arguments = ("--format", "csv", "--sortie", tmp_path, "--force", *AU)
    sortie = jouer("consolider", deguise, *arguments)
    assert (sortie.code, "classeur reçu" in sortie.erreur) == (2, True)
    assert list(tmp_path.iterdir()) == [deguise]


@pytest.fixture
def prive(recu: Path, tmp_path: Path) -> Path:
    """Le classeur, que personne d'autre ne peut lire."""
    chemin = tmp_path / "valmarin.xlsx"
    chemin.write_bytes(recu.read_bytes())
    chemin.chmod(0o600)
    return chemin


@POSIX
def test_ce_qui_est_tire_d_un_classeur_prive_est_prive(prive: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "sorties"
    dossier.mkdir()
    json_ = tmp_path / "d.json"
    json_.write_text(json.dumps({"outils": [{"nom": "GED"}]}))
    json_.chmod(0o600)
    adresses = ("--a", "a@valmarin.example", "--de", "b@valmarin.example")
    for commande in (
        ("corriger", prive, "--sortie", dossier / "corrige.xlsx"),
        ("generer", dossier / "suivant.xlsx", "--depuis", prive, *AU),
        ("generer", dossier / "autre.xlsx", "--depuis", json_, *AU),
        ("verifier", prive, "--format", "csv", "--sortie", dossier / "controle.csv", *AU),
        ("verifier", prive, "--annoter", dossier, *AU),
        ("verifier", dossier / "valmarin-annote.xlsx", "--retirer"),
        ("comparer", prive, prive, "--sortie", dossier / "ecarts.txt", *AU),
        ("mutualiser", prive, "--sortie", dossier / "occasions.xlsx", *AU),
        ("consolider", prive, "--sortie", dossier / "ensemble.xlsx", *AU,
         "--correspondances", dossier / "noms.csv"),
        ("consolider", prive, "--sortie", dossier / "ensemble.json", "--format", "json", *AU),
        ("consolider", prive, "--sortie", dossier, "--format", "csv", *AU),
        ("fiche", "urgence", prive, "--sortie", dossier / "urgence.txt", *AU),
        ("rapport", prive, "--annee", 2026, "--sortie", dossier, *AU),
        ("envoyer", dossier, "--brouillon", dossier / "a.eml", *adresses, "--malgre-erreurs"),
    ):  # fmt: skip
        assert jouer(*commande).code in (0, 1), commande
    modes = {c.name: oct(stat.S_IMODE(c.stat().st_mode)) for c in dossier.iterdir()}
    assert {nom: mode for nom, mode in modes.items() if mode != "0o600"} == {}
    assert len(modes) > 25


@POSIX
def test_sans_dossier_temporaire_une_phrase(recu: Path, tmp_path: Path) -> None:
    """Le dossier temporaire manque : ni trace, ni reste."""
    programme = "import tempfile; tempfile._candidate_tempdir_list = lambda: ['/absent']"
    (tmp_path / "sitecustomize.py").write_text(programme)
    sortie = tmp_path / "sorties"
    sortie.mkdir()
    for commande in (("consolider", recu, "--sortie", sortie / "c.xlsx"), ("demo", sortie)):
        vu = jouer(*commande, *AU, chemins=[tmp_path])
        assert (vu.code, "TMPDIR" in vu.erreur) == (2, True)
        assert not list(sortie.iterdir())
