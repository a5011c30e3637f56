"""``generer --depuis CLASSEUR`` : l'année suivante, sans perdre ce qui est à la commune."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from pilotage_xlsx.lecture import lire
from tests.commandes.ligne import Sortie, classeur, jouer
from tests.tableaux import modele

AU = ("--au", "15.01.2027")


@pytest.fixture(scope="module")
def ancien(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Valmarin 2026, avec une colonne et une feuille à elle."""
    chemin = classeur(tmp_path_factory.mktemp("ancien"))
    livre = load_workbook(chemin)
    _ajouter_une_colonne(livre)
    budget = livre.create_sheet("Budget")
    budget["B2"], budget["C2"], budget["D9"] = "Bail du serveur", date(1962, 3, 1), 0.25
    budget["E9"] = "=D9*4"
    livre.save(chemin)
    return chemin


def _ajouter_une_colonne(livre: Workbook) -> None:
    feuille = livre["Outils"]
    _, entete, fin, _ = range_boundaries(feuille.tables["Outils"].ref)
    assert feuille.cell(entete, fin + 2).value is None
    feuille.cell(entete, fin + 2, "Étage")
    feuille.cell(entete + 1, fin + 2, "2e")


@pytest.fixture(scope="module")
def suivant(ancien: Path) -> tuple[Path, Sortie]:
    """Le classeur de l'année suivante, et ce que la commande en a dit."""
    neuf = ancien.with_name("suivant.xlsx")
    return neuf, jouer("generer", neuf, "--depuis", ancien, *AU)


def test_l_annee_suivante_se_prepare_et_le_dit(suivant: tuple[Path, Sortie]) -> None:
    neuf, sortie = suivant
    assert sortie.code == 0, sortie.erreur
    assert "Incidents : 4 lignes reprises, dont 3 closes mais citées ; 3 laissées." in (
        sortie.erreur.replace("\u202f", " ")
    )
    lu = lire(neuf, modele())
    assert (lu.annee, lu.nom) == (2027, "Valmarin")
    assert lu.lignes("outils")[0].propres == {"Étage": "2e"}


def test_le_nouveau_classeur_n_a_pas_de_faute_nouvelle(
    ancien: Path, suivant: tuple[Path, Sortie]
) -> None:
    controles = [
        jouer("verifier", chemin, "--format", "json", *AU).json["resume"]
        for chemin in (ancien, suivant[0])
    ]
    assert controles[1]["erreurs"] <= controles[0]["erreurs"]


def test_les_feuilles_de_la_commune_suivent_en_valeurs(suivant: tuple[Path, Sortie]) -> None:
    neuf, sortie = suivant
    assert "Feuille «\u202fBudget\u202f» : 4 cellules reprises" in sortie.erreur.replace(
        "\u202f:", " :"
    )
    budget = load_workbook(neuf)["Budget"]
    assert budget["B2"].value == "Bail du serveur"
    assert budget["C2"].value.date() == date(1962, 3, 1)
    assert (budget["D9"].value, budget["E9"].data_type) == (0.25, "s")


def test_ce_qui_est_a_elle_garde_ses_blancs(ancien: Path, tmp_path: Path) -> None:
    livre = load_workbook(ancien)
    livre["Budget"]["B2"] = "  Bail  du serveur "
    next(
        c for ligne in livre["Outils"].iter_rows() for c in ligne if c.value == "2e"
    ).value = " 2e "
    livre.save(tmp_path / "a.xlsx")
    jouer("generer", tmp_path / "b.xlsx", "--depuis", tmp_path / "a.xlsx", *AU)
    assert load_workbook(tmp_path / "b.xlsx")["Budget"]["B2"].value == "  Bail  du serveur "
    assert lire(tmp_path / "b.xlsx", modele()).lignes("outils")[0].propres == {"Étage": " 2e "}


def test_une_feuille_au_nom_impossible_en_recoit_un_et_le_dit(ancien: Path, tmp_path: Path) -> None:
    livre = load_workbook(ancien)
    livre["Budget"].title = "History"
    livre.save(tmp_path / "a.xlsx")
    sortie = jouer("generer", tmp_path / "b.xlsx", "--depuis", tmp_path / "a.xlsx", *AU)
    assert "elle se nomme «\u202fHistory (2)\u202f»" in sortie.erreur
    assert load_workbook(tmp_path / "b.xlsx")["History (2)"]["D9"].value == 0.25


def test_les_options_l_emportent(ancien: Path, tmp_path: Path) -> None:
    options = ("--annee", 2030, "--commune", "Bas-Valmarin", "--canton", "FR")
    assert jouer("generer", tmp_path / "b.xlsx", "--depuis", ancien, *options, *AU).code == 0
    lu = lire(tmp_path / "b.xlsx", modele())
    assert (lu.annee, lu.nom, lu.commune["canton"]) == (2030, "Bas-Valmarin", "FR")


def test_deux_fois_les_memes_octets(ancien: Path, tmp_path: Path) -> None:
    for nom in ("b.xlsx", "c.xlsx"):
        jouer("generer", tmp_path / nom, "--depuis", ancien, *AU)
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_l_ancien_classeur_n_est_jamais_touche(ancien: Path) -> None:
    octets = ancien.read_bytes()
    refus = jouer("generer", ancien, "--depuis", ancien, "--force", *AU)
    assert (refus.code, ancien.read_bytes()) == (2, octets)


def test_un_classeur_illisible_se_dit(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"rien")
    for nom in ("a.xlsx", "absent.ods"):
        refus = jouer("generer", tmp_path / "b.xlsx", "--depuis", tmp_path / nom, *AU)
        assert refus.code == 2
        assert nom in refus.erreur
    assert not (tmp_path / "b.xlsx").exists()


def test_un_inventaire_etranger_devient_un_classeur(tmp_path: Path) -> None:
    livre = Workbook()
    livre.active.title = "Inventaire"
    livre.active.append(["Nom", "Fournisseur", "Hébergement", "Criticité"])
    livre.active.append(["GED", "Alpha SA", "Suisse", "Important"])
    livre.save(tmp_path / "a.xlsx")
    sortie = jouer("generer", tmp_path / "b.xlsx", "--depuis", tmp_path / "a.xlsx", *AU)
    assert sortie.code == 0
    lu = lire(tmp_path / "b.xlsx", modele())
    assert (lu.annee, lu.lignes("outils")[0]["prestataire"]) == (2027, "Alpha SA")
