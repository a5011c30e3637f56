"""Le kit du modèle : ce qu'il propose, et ce qu'une faute dans ``kit.toml`` dit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pilotage_xlsx.modele import Genre, Modele
from pilotage_xlsx.modele.chargement import ModeleInvalide, charger, dossier_livre
from pilotage_xlsx.modele.vocabulaire import Marque
from tests.tableaux import modele

PROPOSEES = {"nom", "domaine", "criticite", "donnees_personnelles", "utilite"}
NOM = 'nom = "Contrôle des habitants"'


def _copier(dossier: Path) -> Path:
    copie = dossier / "essai"
    shutil.copytree(dossier_livre("modeles") / "communal", copie)
    return copie


def _abimer(dossier: Path, fichier: str, avant: str, apres: str) -> Modele:
    copie = _copier(dossier)
    texte = (copie / fichier).read_text("utf-8")
    assert avant in texte
    (copie / fichier).write_text(texte.replace(avant, apres, 1), "utf-8")
    return charger(copie)


def test_le_kit_livre_tient_en_vingt_cinq_outils_usuels_ou_presque() -> None:
    kit = modele().kit
    assert kit is not None
    assert 23 <= len(kit.lignes) <= 28
    assert all(set(ligne.cellules) == PROPOSEES for ligne in kit.lignes)


def test_le_kit_livre_ne_se_contredit_pas_une_fois_confirme() -> None:
    """Un domaine qui n'admet qu'un outil par commune n'en propose qu'un."""
    assert modele().kit is not None
    uniques = set(modele().libelles(Marque("outils", "domaine", "unique_par_commune")))
    domaines = [
        modele().libelles(Marque("outils", "domaine", ligne.cellules["domaine"]))[0]
        for ligne in modele().kit.lignes  # type: ignore[union-attr]
    ]
    proposes = [domaine for domaine in domaines if domaine in uniques]
    assert sorted(proposes) == sorted(uniques)


def test_le_kit_livre_ne_propose_ni_prestataire_ni_chiffre() -> None:
    genres = {modele().par_id["outils"].par_id[nom].genre for nom in PROPOSEES}
    assert genres == {Genre.TEXTE, Genre.LISTE}


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ('registre = "outils"', 'registre = "logiciels"', "« logiciels » n'est pas un registre"),
        ('registre = "outils"', 'registre = "commune"', "« commune » n'est pas un registre"),
        ('registre = "outils"', 'registre = "prestataires"', "ne dit pas « a_confirmer »"),
        ('cle = "habitants"', 'cle = "Habitants"', "« Habitants » : cle : minuscules"),
        ('cle = "messagerie"', 'cle = "habitants"', "cle en double, « habitants »"),
        ('nom = "Salaires"', 'nom = "COMPTABILITE"', "nom en double, « comptabilite »"),
        (f"{NOM}, ", "", "« habitants » : cellules : il manque « nom »"),
        (NOM, 'nom = " "', "« habitants » : nom : le texte est vide"),
        (NOM, 'nom = "A ; B"', "« habitants » : nom : « ; » sépare"),
        (NOM, 'nom = "A", statut = "en_service"', "statut : le programme l'écrit"),
        (NOM, 'nom = "A", dommaine = "x"', "la colonne « dommaine » n'existe pas"),
        (NOM, 'nom = "A", cout_annuel = "12"', "cout_annuel : seuls un texte"),
        (NOM, 'nom = "A", prestataire = "interne"', "prestataire : seuls un texte"),
        ('"indispensable"', '"vitale"', "criticite : « vitale » n'est pas une clé de la liste"),
        ('"indispensable"', '"Indispensable"', "« Indispensable » n'est pas une clé"),
        ('"indispensable"', "3", "attendu : un texte, lu : un nombre entier"),
        ('cle = "habitants"', 'clef = "habitants"', "lignes"),
        ("[[lignes]]", "[[lignes]", "mal formé"),
    ],
)
def test_une_faute_du_kit_se_dit(tmp_path: Path, avant: str, apres: str, dit: str) -> None:
    with pytest.raises(ModeleInvalide) as faute:
        _abimer(tmp_path, "kit.toml", avant, apres)
    assert "kit.toml : " in str(faute.value)
    assert dit in str(faute.value)


@pytest.mark.parametrize(
    ("apres", "dit"),
    [
        ('{ colonne = "statut", vide = true }', "un seul essai"),
        ('{ colonne = "statut", parmi = ["a_confirmee"] }', "« a_confirmee »"),
        (
            '{ colonne = "statut", parmi = ["en_projet"] }',
            "« En projet » doit aussi être dans hors",
        ),
        ('{ colonne = "domaine", parmi = ["autre"] }', "« Autre » doit aussi être dans hors"),
    ],
)
def test_une_ligne_proposee_est_toujours_hors_vigueur(tmp_path: Path, apres: str, dit: str) -> None:
    avant = 'a_confirmer = [[{ colonne = "statut", parmi = ["a_confirmer"] }]]'
    with pytest.raises(ModeleInvalide) as faute:
        _abimer(tmp_path, "feuilles/outils.toml", avant, f"a_confirmer = [[{apres}]]")
    assert "outils.toml : a_confirmer : " in str(faute.value)
    assert dit in str(faute.value)


def test_une_feuille_datee_ne_propose_rien(tmp_path: Path) -> None:
    hors = 'hors_vigueur = [[{ colonne = "statut", parmi = ["clos"] }]]'
    with pytest.raises(ModeleInvalide, match="une feuille datée"):
        _abimer(
            tmp_path,
            "feuilles/incidents.toml",
            hors,
            f"{hors}\n{hors.replace('hors_vigueur', 'a_confirmer')}",
        )


def test_un_modele_sans_kit_est_un_modele(tmp_path: Path) -> None:
    copie = _copier(tmp_path)
    (copie / "kit.toml").unlink()
    assert charger(copie).kit is None


def _toucher(dossier: Path, kit: str) -> Modele:
    dossier.mkdir()
    (dossier / "modele.toml").write_text('id = "essai"\nbase = "communal"\n', "utf-8")
    if kit:
        (dossier / "kit.toml").write_text(kit, "utf-8")
    return charger(dossier)


@pytest.mark.parametrize(
    ("kit", "cles"),
    [
        ("", ["habitants", "taches"]),
        ('[[lignes]]\ncle = "habitants"\nretire = true', ["messagerie", "taches"]),
        ('[[lignes]]\ncle = "bus"\ncellules = { nom = "Bus" }', ["habitants", "bus"]),
    ],
)
def test_une_touche_garde_complete_ou_retire(tmp_path: Path, kit: str, cles: list[str]) -> None:
    touche = _toucher(tmp_path / "essai", kit)
    assert touche.kit is not None
    assert [touche.kit.lignes[0].cle, touche.kit.lignes[-1].cle] == cles


def test_une_touche_peut_ne_rien_proposer(tmp_path: Path) -> None:
    touche = _toucher(tmp_path / "essai", "lignes = []")
    assert touche.kit is not None
    assert touche.kit.lignes == ()
