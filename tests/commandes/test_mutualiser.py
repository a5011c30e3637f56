"""``mutualiser`` : le classeur écrit, relu avec un autre que nous ; et ce qui peut mal aller."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.consolidation.mutualisation import GenreDOccasion
from tests.commandes.ligne import AU, classeur, jouer
from tests.conformite import fautes


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trois communes, l'une avec deux années."""
    dossier = tmp_path_factory.mktemp("communes")
    for nom in ("valmarin-2025", "valmarin-2026", "belcombe-2026", "roche-claire-2026"):
        classeur(dossier, nom)
    return dossier


def test_une_feuille_par_genre_et_une_raison_par_ligne(dossier: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "mutualisation.xlsx"
    joue = jouer("mutualiser", dossier, "--sortie", sortie, *AU)
    assert (joue.code, joue.erreur) == (0, "")
    assert "pour 3 communes" in joue.texte
    livre = load_workbook(sortie)
    assert livre.sheetnames == ["Par où commencer", *GenreDOccasion, "Communes", "Classeurs"]
    for genre in GenreDOccasion:
        feuille = livre[genre]
        (table,) = feuille.tables.values()
        entetes, *lignes = feuille[table.ref]
        pourquoi = [cellule.value for cellule in entetes].index("Pourquoi")
        remplies = [ligne for ligne in lignes if ligne[0].value]
        assert all(ligne[pourquoi].value for ligne in remplies)
        assert feuille.freeze_panes
    classeurs = [ligne[:5] for ligne in livre["Classeurs"].values if ligne[3]]
    assert ("Valmarin", "VD", 2025, "valmarin-2025.xlsx", "Non") in classeurs


def test_le_classeur_est_conforme(dossier: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "m.xlsx"
    jouer("mutualiser", dossier, "--sortie", sortie, *AU)
    assert fautes(sortie) == []


def test_le_meme_dossier_donne_les_memes_octets(dossier: Path, tmp_path: Path) -> None:
    un, autre = tmp_path / "un.xlsx", tmp_path / "autre.xlsx"
    for sortie in (un, autre):
        jouer("mutualiser", dossier, "--sortie", sortie, *AU)
    assert un.read_bytes() == autre.read_bytes()


def test_notre_sortie_ne_se_relit_pas_et_ne_s_ecrase_qu_avec_force(dossier: Path) -> None:
    sortie = dossier / "mutualisation.xlsx"
    assert jouer("mutualiser", dossier, "--sortie", sortie, *AU).code == 0
    assert jouer("mutualiser", dossier, "--sortie", sortie, *AU).code == 2
    encore = jouer("mutualiser", dossier, "--sortie", sortie, "--force", *AU)
    assert encore.code == 0
    assert "pour 3 communes" in encore.texte
    sortie.unlink()


def test_un_classeur_abime_se_dit_et_les_autres_se_lisent(dossier: Path, tmp_path: Path) -> None:
    abime, sortie = tmp_path / "abime.xlsx", tmp_path / "m.xlsx"
    abime.write_bytes(b"PK\x03\x04 tronque")
    joue = jouer("mutualiser", dossier, abime, "--sortie", sortie, *AU)
    assert joue.code == 2
    assert "abime.xlsx" in joue.erreur
    assert sortie.exists()


def test_une_seule_commune_n_a_personne_a_qui_parler(dossier: Path, tmp_path: Path) -> None:
    annees = [dossier / f"valmarin-{annee}.xlsx" for annee in (2025, 2026)]
    joue = jouer("mutualiser", *annees, "--sortie", tmp_path / "m.xlsx", *AU)
    assert joue.code == 0
    assert "une seule commune" in joue.texte


def test_aucun_classeur_lisible_n_ecrit_rien(tmp_path: Path) -> None:
    (tmp_path / "vide.xlsx").write_bytes(b"")
    sortie = tmp_path / "m.xlsx"
    joue = jouer("mutualiser", tmp_path, "--sortie", sortie, *AU)
    assert joue.code == 2
    assert not sortie.exists()


def test_un_classeur_recu_n_est_jamais_ecrase(dossier: Path) -> None:
    recu = dossier / "belcombe-2026.xlsx"
    avant = recu.read_bytes()
    assert jouer("mutualiser", dossier, "--sortie", recu, "--force", *AU).code == 2
    assert recu.read_bytes() == avant
