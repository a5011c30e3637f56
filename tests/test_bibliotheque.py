"""La bibliothèque : légère, typée, de vrais types dans les tables ; ses pages se rejouent."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pandas as pd
import pytest

import pilotage_xlsx as px
from pilotage_xlsx.commandes import pilotage
from pilotage_xlsx.modele import Genre, Modele
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER
from tests.commandes.ligne import classeur
from tests.tableaux import registre

RACINE = Path(__file__).resolve().parent.parent
AU = date(2026, 11, 24)
LISTE = b"Outil;Fournisseur\nGED;Alpha SA\n"

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
    assert (RACINE / "pilotage_xlsx" / "py.typed").exists()
    assert dir(px) == sorted(px.__all__)
    for nom in px.__all__:
        objet = getattr(px, nom)
        if callable(objet) and not isinstance(objet, type):
            assert objet.__doc__, nom
            assert not _types_tus(get_type_hints(objet)["return"]), nom
    with pytest.raises(AttributeError):
        _ = px.n_existe_pas


def _types_tus(rendu: object) -> list[str]:
    """Les types du paquet, dans ce qu'un geste rend, que `px` ne donne pas."""
    if parties := get_args(rendu):
        return [tu for partie in parties for tu in _types_tus(partie)]
    module, nom = getattr(rendu, "__module__", ""), getattr(rendu, "__name__", "")
    return [nom] if module.startswith("pilotage_xlsx") and nom not in px.__all__ else []


def test_un_verbe_un_geste() -> None:
    """Chaque verbe de la ligne de commande, sauf la démonstration, qui les joue tous."""
    ailleurs = {"envoyer": "preparer_le_courriel"}
    for verbe in set(pilotage.list_commands(None)) - {"demo"}:
        assert ailleurs.get(verbe, verbe) in px.__all__


def test_un_nom_inconnu_est_refuse_par_qui_controle_les_types(tmp_path: Path) -> None:
    essai = tmp_path / "essai.py"
    essai.write_text(
        "import pilotage_xlsx as px\n"
        "registre: px.Registre = px.lire(b'')\n"
        "constats: tuple[px.Constat, ...] = px.verifier(registre)\n"
        "px.inconnu\n",
        "utf-8",
    )
    options = ["--no-incremental", "--cache-dir", str(tmp_path / "cache"), str(essai)]
    joue = subprocess.run(
        [sys.executable, "-m", "mypy", *options], capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(RACINE)}, check=False,
    )  # fmt: skip
    assert joue.returncode == 1, joue.stderr
    (faute, _) = joue.stdout.splitlines()
    assert 'Module has no attribute "inconnu"' in faute


def test_un_nom_de_feuille_ou_de_colonne_inconnu_propose_le_voisin(fichier: Path) -> None:
    ensemble = px.consolider([fichier], au=AU)
    with pytest.raises(KeyError, match="vouliez-vous dire « outils »"):
        _ = ensemble.tables["outlis"]
    with pytest.raises(KeyError, match="vouliez-vous dire « outils »"):
        px.lire(fichier).lignes("outlis")
    with pytest.raises(KeyError, match="vouliez-vous dire « criticite »"):
        _ = px.lire(fichier).lignes("outils")[0]["critcite"]
    with pytest.raises(KeyError, match="vouliez-vous dire « decisions »"):
        _ = px.modele().par_id["decision"]
    with pytest.raises(KeyError, match="vouliez-vous dire « criticite »"):
        _ = px.modele().par_id["outils"].par_id["critcite"]


def test_une_valeur_se_montre_en_une_ligne(fichier: Path) -> None:
    octets = fichier.read_bytes()
    registre_lu = px.lire(px.EnMemoire("e" * 300 + ".xlsx", octets))
    valeurs = [
        px.modele(), registre_lu, registre_lu.lignes("outils")[0], px.lire(b""),
        *px.verifier(fichier, au=AU), px.consolider([fichier], au=AU), px.generer(au=AU),
        px.comparer(fichier, fichier, au=AU), px.annoter(fichier, au=AU), px.corriger(fichier),
        px.fiche("urgence", fichier, forme="txt", au=AU), px.mutualiser([fichier], au=AU),
        px.EnMemoire("n" * 300, octets), px.modele().par_id["outils"], *px.regles(),
        px.partager(fichier, "canton", au=AU), px.echeances(fichier, au=AU),
        px.importer(LISTE, au=AU), px.proposer_l_import(LISTE),
    ]  # fmt: skip
    longs = [repr(v) for v in valeurs if len(repr(v)) > 200 or "\n" in repr(v)]
    assert longs == []


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
