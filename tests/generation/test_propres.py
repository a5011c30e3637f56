"""Ce que la commune ajoute, lignes et colonnes, ne se perd pas dans le classeur généré."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.generation.propres import nommer_propres
from pilotage_xlsx.gestes.generer import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import DonneesInvalides, lire_donnees
from pilotage_xlsx.registre import FeuillePropre
from pilotage_xlsx.registre.donnees import en_donnees
from tests.generation.classeurs import octets, ouvrir
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele


def _relire(tmp_path: Path, document: dict[str, Any]) -> dict[str, Any]:
    (tmp_path / "relu.xlsx").write_bytes(octets(document))
    return en_donnees(lire(tmp_path / "relu.xlsx", modele()), modele())


def _propres(tmp_path: Path, propres: dict[str, Any]) -> dict[str, Any]:
    relu = _relire(tmp_path, {"outils": [{"nom": "GED", "propres": propres}]})
    return dict(relu["outils"][0]["propres"])


def test_les_questions_de_la_commune_se_relisent(tmp_path: Path) -> None:
    propres = {"Syndic": "Paul Favre", "Élu le": "2026-03-01", "Bureaux": 3, "Commune": "fusion"}
    relu = _relire(tmp_path, {"commune": {"commune": "Valmarin", "propres": propres}})
    assert relu["commune"]["commune"] == "Valmarin"
    assert relu["commune"]["propres"] == {
        "Syndic": "Paul Favre", "Élu le": "2026-03-01", "Bureaux": 3, "Commune (2)": "fusion"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("donnes", "relus"),
    [
        ({"Domaine": "a", "CRITICITÉ": "b"}, {"Domaine (2)": "a", "CRITICITÉ (2)": "b"}),
        ({"Perso": "a", "perso": "b"}, {"Perso": "a", "perso (2)": "b"}),
        ({"": "a", " \n": "b"}, {"Colonne": "a", "Colonne (2)": "b"}),
        ({"h" * 300: "a", "h" * 400: "b"}, {"h" * 240: "a", "h" * 240 + " (2)": "b"}),
        ({"Note\x01\ufffe": "v\x01\uffff", "Deux\nlignes": "w"}, {"Note": "v", "Deux lignes": "w"}),
        ({"Compte": 10**400, "Solde": -1.5}, {"Compte": str(10**400), "Solde": -1.5}),
    ],
)
def test_un_en_tete_deja_pris_ou_impossible_en_recoit_un(
    tmp_path: Path, donnes: dict[str, Any], relus: dict[str, Any]
) -> None:
    assert _propres(tmp_path, donnes) == relus


def test_la_table_reste_une_table() -> None:
    livre = ouvrir({"outils": [{"nom": "GED", "propres": {"Perso": "1", "PERSO": "2"}}]})
    assert list(livre["Outils"].tables) == ["Outils"]


@pytest.mark.parametrize("nom", ["Outils", "OUTILS", "Lisez-moi", "Fiche papier incident"])
def test_une_feuille_de_la_commune_n_en_remplace_aucune(nom: str) -> None:
    nos_feuilles = ouvrir({}).sheetnames
    (nommee,) = nommer_propres(modele(), [FeuillePropre(nom, {})])
    assert nommee.nom == f"{nom} (2)"
    assert nommer_propres(modele(), [nommee]) == (nommee,)
    pris = {*map(str.casefold, nos_feuilles)}
    for nom_pris in nos_feuilles:
        (voisine,) = nommer_propres(modele(), [FeuillePropre(nom_pris, {})])
        assert voisine.nom.casefold() not in pris


def test_trop_de_colonnes_se_dit() -> None:
    propres = {f"c{rang}": "x" for rang in range(17_000)}
    with pytest.raises(DonneesInvalides, match="16384 colonnes"):
        lire_donnees({"outils": [{"nom": "GED", "propres": propres}]}, modele(), Path("a.xlsx"))


def test_un_nom_interminable_tient_dans_le_pied_de_page(recwarn: pytest.WarningsRecorder) -> None:
    pied = ouvrir({"commune": {"commune": "Bas & Haut " * 60}})["Outils"].oddFooter
    assert "Interne · Bas" in str(pied.left)
    assert not recwarn.list


def test_un_signe_de_commande_n_abime_pas_le_classeur(tmp_path: Path) -> None:
    document = json.loads('{"commune": {"commune": "Val\\u0001\\ufffe"}, "outils": []}')
    assert _relire(tmp_path, document)["commune"]["commune"] == "Val"


def test_ce_qui_n_est_que_dans_une_colonne_de_la_commune_suit() -> None:
    """Une ligne sans aucune réponse n'inscrit rien ; ce qui y est écrit ne se perd pas."""
    donnees = {"outils": [{"nom": "GED", "propres": {"Étage": "2e"}}]}
    with petites_tables():
        livre = load_workbook(BytesIO(generer(donnees=donnees, au=AU).octets))
        feuille = livre["Outils"]
        [etage] = [c.column for rangee in feuille.iter_rows() for c in rangee if c.value == "2e"]
        feuille.cell(12, etage).value = "à l'archive"
        livre.save(recu := BytesIO())
        suite = generer(recu.getvalue(), au=AU)
    propre = load_workbook(BytesIO(suite.octets))["Outils, en marge"]
    assert [*propre.values] == [("Étage",), ("à l'archive",)]
    assert any("« Outils, en marge »" in remarque for remarque in suite.remarques)
