"""Le vocabulaire du modèle : clés, marques, versions, et la touche d'une commune."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pilotage_xlsx.chargement import ModeleInvalide, charger, dossier_livre
from pilotage_xlsx.touche import superposer
from pilotage_xlsx.vocabulaire import Marque
from tests.tableaux import modele

_IDENTITE = """
id = "communal"
base = "communal"
"""


def _toucher(dossier: Path, **fichiers: str) -> Path:
    """Une touche sur le modèle livré : un fichier par nom, « feuilles_outils » pour une feuille."""
    (dossier / "feuilles").mkdir(parents=True)
    (dossier / "modele.toml").write_text(_IDENTITE + fichiers.pop("modele", ""), "utf-8")
    for nom, texte in fichiers.items():
        (dossier / f"{nom.replace('_', '/', 1)}.toml").write_text(texte, "utf-8")
    return dossier


def _copier(dossier: Path) -> Path:
    shutil.copytree(dossier_livre("modeles") / "communal", dossier)
    return dossier


def test_une_marque_rend_les_libelles_dans_l_ordre_du_menu() -> None:
    assert modele().libelles(Marque("outils", "lieu_donnees", "hors_de_suisse")) == (
        "Autre pays",
        "Plusieurs, dont hors de Suisse",
    )


def test_une_cle_est_aussi_une_marque() -> None:
    assert modele().libelles(Marque("outils", "criticite", "indispensable")) == ("Indispensable",)
    assert modele().libelles(Marque("outils", "criticite", "a_clarifier")) == ("À clarifier",)


def test_une_mention_repond_comme_une_valeur() -> None:
    assert modele().libelles(Marque("outils", "prestataire", "interne")) == ("Géré à l'interne",)


@pytest.mark.parametrize(
    "marque", [("outils", "criticite", "x"), ("outils", "x", "y"), ("x", "y", "z")]
)
def test_ce_que_le_modele_n_a_pas_ne_repond_a_rien(marque: tuple[str, str, str]) -> None:
    assert modele().libelles(Marque(*marque)) == ()


def test_une_condition_ecrite_par_marque_devient_des_libelles(tmp_path: Path) -> None:
    copie = _copier(tmp_path / "essai")
    feuille = copie / "feuilles" / "outils.toml"
    texte = feuille.read_text("utf-8").replace('["arrete", "a_confirmer"]', '["utilise"]')
    feuille.write_text(texte, "utf-8")
    (essai,) = charger(copie).par_id["outils"].hors_vigueur.essais()  # type: ignore[union-attr]
    assert essai.valeurs == ("En service", "À remplacer")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ('cle = "important"', 'cle = "indispensable"', "criticite : cle en double"),
        ('cle = "important"', 'cle = "Important !"', "minuscules ASCII"),
        ('libelle = "Important"', 'libelle = "Important", est = ["accessoire"]', "déjà la clé"),
        (
            'libelle = "Important"',
            'libelle = "Important", synonymes = ["Accessoire"]',
            "criticite : valeur en double",
        ),
    ],
)
def test_une_liste_ambigue_est_refusee(tmp_path: Path, avant: str, apres: str, dit: str) -> None:
    copie = _copier(tmp_path / "essai")
    listes = copie / "listes.toml"
    listes.write_text(listes.read_text("utf-8").replace(avant, apres, 1), "utf-8")
    with pytest.raises(ModeleInvalide, match=dit):
        charger(copie)


def test_une_colonne_est_fermee_si_rien_n_est_dit() -> None:
    assert modele().par_id["incidents"].par_id["description"].partage == ()


def test_une_touche_ajoute_une_valeur_et_garde_le_reste(tmp_path: Path) -> None:
    touche = _toucher(
        tmp_path / "fribourg",
        listes="""
[lieu_donnees]
valeurs = [{ cle = "chine", libelle = "Chine", est = ["hors_de_suisse"] }]
""",
    )
    touche_sur_communal = charger(touche)
    marque = Marque("outils", "lieu_donnees", "hors_de_suisse")
    assert touche_sur_communal.libelles(marque) == (*modele().libelles(marque), "Chine")
    assert touche_sur_communal.listes["criticite"] == modele().listes["criticite"]


def test_une_touche_renomme_retire_et_ajoute_des_colonnes(tmp_path: Path) -> None:
    touche = _toucher(
        tmp_path / "commune",
        feuilles_outils="""
[[colonnes]]
id = "repli"
libelle = "En cas de panne"

[[colonnes]]
id = "licence"
retire = true

[[colonnes]]
id = "compte_comptable"
libelle = "Compte comptable"
genre = "texte"
niveau = "U"
paragraphe = "3.2"
aide = "Le compte où la dépense est inscrite."
""",
        modele="[seuils]\nannonce_heures = 12\n",
    )
    outils = charger(touche).par_id["outils"]
    assert outils.libelle_de("repli") == "En cas de panne"
    assert "licence" not in outils.par_id
    assert outils.colonnes[-1].id == "compte_comptable"
    assert charger(touche).identite.seuils.annonce_heures == 12


def test_une_faute_d_une_touche_nomme_son_fichier(tmp_path: Path) -> None:
    touche = _toucher(tmp_path / "jura", listes="[criticite]\na_clarifier = 3\n")
    with pytest.raises(ModeleInvalide, match=r"jura.listes\.toml : criticite a_clarifier"):
        charger(touche)


@pytest.mark.parametrize("base", ['"absent"', '"../communal"', "3"])
def test_une_base_est_un_modele_livre(tmp_path: Path, base: str) -> None:
    dossier = tmp_path / "essai"
    dossier.mkdir()
    (dossier / "modele.toml").write_text(f"base = {base}\n", "utf-8")
    with pytest.raises(ModeleInvalide, match="base : un modèle livré"):
        charger(dossier)


def test_superposer_ne_change_ni_l_un_ni_l_autre() -> None:
    base = {"a": [{"id": "x", "n": 1}], "b": {"c": 1}}
    touche = {"a": [{"id": "x", "n": 2}, {"id": "y"}], "b": {"d": 2}}
    assert superposer(base, touche) == {
        "a": [{"id": "x", "n": 2}, {"id": "y"}],
        "b": {"c": 1, "d": 2},
    }
    assert base == {"a": [{"id": "x", "n": 1}], "b": {"c": 1}}


def test_une_version_dit_ce_qui_a_change_depuis_la_precedente(tmp_path: Path) -> None:
    copie = _copier(tmp_path / "essai")
    identite = copie / "modele.toml"
    depuis = '\n[[depuis]]\nversion = "1.0.5"\nrenommes = {{ "outils.secours" = "outils.{}" }}\n'
    texte = identite.read_text("utf-8")
    identite.write_text(texte + depuis.format("repli"), "utf-8")
    assert charger(copie).identite.depuis[-1].renommes == {"outils.secours": "outils.repli"}
    identite.write_text(texte + depuis.format("absent"), "utf-8")
    with pytest.raises(ModeleInvalide, match=r"depuis 1\.0\.5 : « outils\.absent » n'existe pas"):
        charger(copie)
