"""La bibliothèque : légère, typée, de vrais types dans les tables ; ses pages se rejouent."""

from __future__ import annotations

import doctest
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pandas as pd
import pytest

import pilotage_xlsx as px
from pilotage_xlsx import bibliotheque
from pilotage_xlsx.modele import Genre, Modele
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER
from tests.commandes.ligne import classeur
from tests.tableaux import registre

RACINE = Path(__file__).resolve().parent.parent
AU = date(2026, 11, 24)

TYPES = {
    Genre.TEXTE: "string",
    Genre.REFERENCE: "string",
    Genre.TELEPHONE: "string",
    Genre.COURRIEL: "string",
    Genre.IDE: "string",
    Genre.LISTE: "category",
    Genre.ENTIER: "Int64",
    Genre.MONTANT: "Float64",
    Genre.DATE: "datetime64[s]",
    Genre.DATE_HEURE: "datetime64[s]",
    Genre.CALCULE: "datetime64[s]",
}
"""Ce que la page promet, genre par genre."""


@pytest.fixture(scope="module")
def fichier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classeur(tmp_path_factory.mktemp("bibliotheque"))


@pytest.mark.parametrize("page", ["bibliotheque.md", "promenade.md"])
def test_les_exemples_de_la_page_se_jouent(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(RACINE)
    texte = (RACINE / "docs" / page).read_text("utf-8")
    essai = doctest.DocTestParser().get_doctest(texte, {}, page, page, 0)
    assert len(essai.examples) > 15
    dit: list[str] = []
    doctest.DocTestRunner(verbose=False).run(essai, out=dit.append)
    assert not dit, "".join(dit)


def test_l_import_est_leger() -> None:
    lourds = "{'pandas', 'xlsxwriter', 'jinja2', 'click', 'lxml', 'typst', 'rapidfuzz', 'msgspec'}"
    programme = f"import sys, pilotage_xlsx; print(sorted(sys.modules.keys() & {lourds}))"
    joue = subprocess.run([sys.executable, "-c", programme], capture_output=True, check=True)
    assert joue.stdout.decode().strip() == "[]"


def test_lire_et_verifier_ne_chargent_pas_pandas(fichier: Path) -> None:
    programme = (
        f"import sys, pilotage_xlsx as px; px.verifier(px.lire({str(fichier)!r})); "
        "print('pandas' in sys.modules)"
    )
    joue = subprocess.run([sys.executable, "-c", programme], capture_output=True, check=True)
    assert joue.stdout.decode().strip() == "False"


def test_modele_reste_une_fonction_meme_une_fois_le_module_charge() -> None:
    programme = (
        "import pilotage_xlsx.modele, pilotage_xlsx as px; "
        "from pilotage_xlsx.modele import Modele; print(isinstance(px.modele(), Modele))"
    )
    joue = subprocess.run([sys.executable, "-c", programme], capture_output=True, check=True)
    assert joue.stdout.decode().strip() == "True"


def test_tout_ce_qui_est_promis_existe_et_est_type() -> None:
    assert set(bibliotheque.__all__) | {"__version__"} == set(px.__all__)
    assert (RACINE / "pilotage_xlsx" / "py.typed").exists()
    types = {"Consolidation": object}
    for nom in bibliotheque.__all__:
        fonction = getattr(px, nom)
        assert fonction.__doc__
        assert "return" in get_type_hints(fonction, localns=types)
    with pytest.raises(AttributeError):
        _ = px.n_existe_pas


def test_chaque_colonne_a_le_type_de_son_genre(fichier: Path) -> None:
    modele: Modele = px.modele()
    tables = px.consolider([fichier], au=AU).tables
    for feuille in modele.feuilles:
        for colonne in feuille.colonnes:
            serie = tables[feuille.id][colonne.id]
            attendu = TYPES[colonne.genre]
            assert str(serie.dtype) == attendu, (feuille.id, colonne.id)
            if colonne.genre is Genre.LISTE:
                assert serie.cat.ordered
                choix = [mot for mot in modele.choix(colonne) if mot != A_CLARIFIER]
                assert list(serie.cat.categories)[: len(choix)] == choix


def test_chaque_valeur_d_une_table_est_celle_du_registre(fichier: Path) -> None:
    lu = px.lire(fichier)
    table = px.consolider([lu], au=AU).tables["outils"]
    assert table["nom"].tolist() == [ligne["nom"] for ligne in lu.lignes("outils")]
    assert table["source_ligne"].tolist() == [ligne.numero for ligne in lu.lignes("outils")]
    couts = [ligne.nombre("cout_annuel") for ligne in lu.lignes("outils")]
    assert [None if pd.isna(c) else c for c in table["cout_annuel"]] == couts


def test_un_fichier_ou_son_registre_donnent_la_meme_consolidation(fichier: Path) -> None:
    par_fichier = px.consolider([str(fichier)], au=AU).tables["decisions"]
    par_registre = px.consolider([px.lire(fichier)], au=AU).tables["decisions"]
    pd.testing.assert_frame_equal(par_fichier, par_registre)


def test_une_mention_ne_change_pas_le_type_de_sa_colonne() -> None:
    lu = registre("incidents | numero | prestataire_contacte_le\n | I-2026-001 | Pas nécessaire\n")
    table = px.consolider([lu], au=AU).tables["incidents"]
    assert table["prestataire_contacte_le"].isna().all()
    assert table["prestataire_contacte_le.texte"].tolist() == ["Pas nécessaire"]


def test_un_classeur_illisible_n_est_pas_une_exception(tmp_path: Path) -> None:
    absent = tmp_path / "absent.xlsx"
    assert px.lire(absent).refus is not None
    assert [constat.regle for constat in px.verifier(absent)] == ["FIC-001"]
    ensemble = px.consolider([absent], au=AU)
    assert ensemble.provenance["sort"].tolist() == ["Refusé"]
    with pytest.raises(ValueError, match=r"absent\.xlsx"):
        px.comparer(absent, absent)


def test_rien_a_consolider_donne_des_tables_vides() -> None:
    assert len(px.consolider([], au=AU).tables["outils"]) == 0
