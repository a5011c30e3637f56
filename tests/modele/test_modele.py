"""Le modèle : ce qui s'y trouve, et ce qu'une faute dans ses fichiers dit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pilotage_xlsx.modele import Forme, Niveau
from pilotage_xlsx.modele.chargement import ModeleInvalide, charger, dossier_livre
from pilotage_xlsx.modele.coherence import incoherences
from pilotage_xlsx.modele.condition import (
    Condition,
    Parmi,
    Rempli,
    Sauf,
    Vide,
    decrire,
    ecrire_condition,
    lire_condition,
)
from tests.tableaux import modele

FEUILLES = ("commune", "outils", "prestataires", "decisions", "incidents", "signalements")


def test_le_modele_livre_est_coherent() -> None:
    assert [*incoherences(modele())] == []


def test_les_sept_feuilles_du_domaine() -> None:
    assert [feuille.id for feuille in modele().feuilles] == [*FEUILLES, "echanges"]
    assert modele().fiche.forme is Forme.FICHE


def test_les_essentielles_viennent_d_abord() -> None:
    for feuille in modele().registres:
        niveaux = [colonne.niveau for colonne in feuille.colonnes]
        assert niveaux == sorted(niveaux, key=[Niveau.ESSENTIELLE, Niveau.UTILE].index)


def test_les_conditionnelles_suivent_les_toujours_demandees() -> None:
    for feuille in modele().registres:
        conditionnelles = [bool(c.obligatoire_si) for c in feuille.essentielles]
        assert conditionnelles == sorted(conditionnelles)


def _copier(dossier: Path) -> Path:
    """Le modèle communal, à abîmer."""
    copie = dossier / "essai"
    shutil.copytree(dossier_livre("modeles") / "communal", copie)
    return copie


@pytest.mark.parametrize(
    ("fichier", "avant", "apres", "dit"),
    [
        ("feuilles/outils.toml", 'genre = "texte"', 'genre = "txt"', "« nom » genre"),
        ("feuilles/outils.toml", 'niveau = "E"', 'niveo = "E"', "« niveo » est inconnue"),
        ("feuilles/outils.toml", 'liste = "criticite"', 'liste = "absente"', "colonne criticite"),
        ("feuilles/outils.toml", 'colonne = "statut"', 'colonne = "statu"', "hors_vigueur"),
        ("feuilles/outils.toml", 'parmi = ["arrete",', 'parmi = ["arretee",', "« arretee »"),
        ("feuilles/outils.toml", 'reference = ["prestataires"]', 'reference = ["x"]', "« x »"),
        ("feuilles/outils.toml", 'libelle = "Domaine"', 'libelle = "Outil"', "en double"),
        ("feuilles/outils.toml", 'paragraphe = "2"', 'paragraphe = "99"', "« 99 »"),
        ("feuilles/outils.toml", "[[colonnes]]", "[[colonnes]", "mal formé"),
        ("listes.toml", 'libelle = "FR"', 'libelle = "be"', "canton : valeur en double"),
        ("modele.toml", 'version = "1.0"', "version = 1", "version"),
    ],
)
def test_une_faute_nomme_le_fichier_et_la_cle(
    tmp_path: Path, fichier: str, avant: str, apres: str, dit: str
) -> None:
    copie = _copier(tmp_path)
    texte = (copie / fichier).read_text("utf-8")
    assert avant in texte
    (copie / fichier).write_text(texte.replace(avant, apres, 1), "utf-8")
    with pytest.raises(ModeleInvalide) as faute:
        charger(copie)
    assert Path(fichier).name in str(faute.value)
    assert dit in str(faute.value)


def test_un_fichier_qui_manque_se_nomme(tmp_path: Path) -> None:
    with pytest.raises(ModeleInvalide, match=r"modele\.toml"):
        charger(tmp_path)


CONDITION = Condition(
    (
        (Parmi("portee", ("Durable",)), Sauf("statut", ("Refusée", "Abandonnée"))),
        (Rempli("date"), Vide("pv")),
    )
)


def test_une_condition_se_relit() -> None:
    assert lire_condition(ecrire_condition(CONDITION)) == CONDITION


def test_une_condition_se_dit_en_francais() -> None:
    phrase = (
        "« portee » est Durable et « statut » est rempli et n'est pas Refusée ou Abandonnée, "
        "ou « date » est rempli et « pv » est vide"
    )
    assert decrire(CONDITION, str) == phrase


@pytest.mark.parametrize(
    "donnee",
    [
        "x",
        [],
        [[]],
        [[{"colonne": "a"}]],
        [[{"colonne": "a", "parmi": []}]],
        [[{"colonne": "a", "parmi": ["b"], "vide": True}]],
        [[{"colonne": "a", "vide": False}]],
    ],
)
def test_une_condition_mal_ecrite_est_refusee(donnee: object) -> None:
    with pytest.raises(ValueError, match="une"):
        lire_condition(donnee)


@pytest.mark.parametrize(
    ("toml", "dit"),
    [
        ("a = " + "[" * 100_000 + "]" * 100_000, "l'un dans l'autre"),
        ("a = " + "{a = " * 50_000 + "1" + "}" * 50_000, "l'un dans l'autre"),
        ("a = " + "9" * 10_000, "un nombre y est trop long"),
        ("a." * 50_000 + "a = 1", "points"),
        ("#" * 600_000, "le modèle dépasse 512 ko"),
        ("é", "mal formé"),
    ],
    ids=["listes", "tables", "nombre", "points", "poids", "lettre"],
)
def test_un_modele_hostile_se_refuse_en_une_phrase(tmp_path: Path, toml: str, dit: str) -> None:
    copie = _copier(tmp_path)
    (copie / "note.toml").write_text(toml, "utf-8")
    with pytest.raises(ModeleInvalide, match=dit) as faute:
        charger(copie)
    assert "note.toml" in str(faute.value)
    assert len(str(faute.value).splitlines()) == 1


def test_la_borne_d_un_modele_vaut_pour_tous_ses_fichiers(tmp_path: Path) -> None:
    copie = _copier(tmp_path)
    for fichier in (copie / "feuilles").glob("*.toml"):
        fichier.write_bytes(fichier.read_bytes() + b"\n#" + b"x" * 60_000)
    with pytest.raises(ModeleInvalide, match="le modèle dépasse 512 ko"):
        charger(copie)


def test_un_modele_enregistre_avec_une_marque_se_lit(tmp_path: Path) -> None:
    copie = _copier(tmp_path)
    note = copie / "note.toml"
    note.write_text(note.read_text("utf-8"), "utf-8-sig")
    assert charger(copie).note == modele().note
    note.write_text(note.read_text("utf-8-sig"), "utf-16")
    with pytest.raises(ModeleInvalide, match=r"note\.toml.*UTF-8"):
        charger(copie)
