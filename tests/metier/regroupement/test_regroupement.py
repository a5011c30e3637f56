"""Les façons d'écrire un prestataire : réunies d'office, proposées, ou laissées à part."""

from __future__ import annotations

from itertools import permutations

import pytest

from pilotage_xlsx.metier.regroupement import Regroupement, regrouper
from tests.metier.regroupement.jeu import charger, mesurer

UN_IDE, AUTRE_IDE = "CHE-123.456.788", "CHE-109.322.551"


def _groupes(*inscriptions: str | tuple[str, str]) -> list[set[str]]:
    """Les groupes de plus d'une écriture."""
    return [
        {membre.nom for membre in groupe.membres}
        for groupe in _regrouper(*inscriptions).groupes
        if len(groupe.membres) > 1
    ]


def _regrouper(*inscriptions: str | tuple[str, str]) -> Regroupement:
    return regrouper([(i, "") if isinstance(i, str) else i for i in inscriptions])


@pytest.mark.parametrize(
    ("nom", "ecritures"), [("reglage", 45), ("epreuve", 150), ("contre_epreuve", 200)]
)
def test_le_jeu_etiquete_est_tenu(nom: str, ecritures: int) -> None:
    mesure = mesurer(charger(nom))
    assert mesure.ecritures >= ecritures
    assert mesure.precision >= 0.98, mesure.fausses
    assert mesure.rappel >= 0.9, mesure.manquees


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Alpha SA", "ALPHA S.A."),
        ("Alpha SA", "Alpha Sàrl"),
        ("Alpha Réseaux", "alpha reseaux"),
        ("Alpha & Fils", "Alpha et Fils"),
        ("Info-Tech", "InfoTech SA"),
        ("Alpha Informatique SA", "Alpha Informatique SA, succursale de Bulle"),
        ("Alpha Informatique SA", "Alpha Informatqiue SA"),
        ("Alpha Informatique", "Alpha Inf. SA"),
        ("Serv. industriels de Lausanne", "Services industriels de Lausanne"),
        ("Services industriels de Bulle SIB", "Services industriels de Bulle"),
        ("SIB Services industriels de Bulle", "Services industriels de Bulle (SIB)"),
        ("Alpha Réseaux (raison individuelle)", "Alpha Réseaux"),
        ("Alpha Réseaux (Sàrl)", "Alpha Réseaux"),
        ("Alpha du Plateau, société coopérative", "Alpha du Plateau"),
        ("Bureau d'ing. Mercanton", "Bureau d'ingénieurs Mercanton SA"),
    ],
)
def test_est_reuni_d_office(un: str, autre: str) -> None:
    assert _groupes(un, autre) == [{un, autre}]


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Services industriels de Lausanne", "Services industriels de Genève"),
        ("Pharmacie de Bulle", "Pharmacie de Sion"),
        ("Alpha Conseil", "Alpha Réseaux"),
        ("Dupont Informatique", "Dupond Informatique"),
        ("Martin & Fils", "Marin & Fils"),
        ("Data 2 SA", "Data 3 SA"),
        ("Alpine Informatique", "Alpina Informatique"),
        ("Canton de Vaud", "Canton du Valais"),
        ("Alpha Informatique", "Beta Informatique"),
        ("Bureau d'ing. Mercanton", "Bureau d'architectes Mercanton"),
        ("Alpha Romandie SA", "Alpha SA"),
        ("Groupe Alpha Technologies", "Alpha Technologies"),
    ],
)
def test_reste_a_part(un: str, autre: str) -> None:
    assert _groupes(un, autre) == []


def test_ce_qui_ressemble_est_propose_avec_sa_confiance() -> None:
    (proposition,) = _regrouper("Dupont Informatique", "Dupond Informatique").propositions
    assert {proposition.un, proposition.autre} == {"Dupont Informatique", "Dupond Informatique"}
    assert 0.7 <= proposition.confiance < 0.9
    assert proposition.raison


def test_le_meme_ide_reunit_deux_noms() -> None:
    assert _groupes(("Hydralis", UN_IDE), ("Groupe H", UN_IDE)) == [{"Hydralis", "Groupe H"}]


def test_un_ide_au_controle_faux_ne_reunit_rien() -> None:
    assert _groupes(("Hydralis", "CHE-123.456.789"), ("Groupe H", "CHE-123.456.789")) == []


def test_deux_ide_ne_se_melent_pas_meme_par_un_tiers() -> None:
    regroupement = _regrouper(("Alpha SA", UN_IDE), ("Alpha Sàrl", AUTRE_IDE), "Alpha")
    assert all(len({m.ide for m in g.membres} - {""}) <= 1 for g in regroupement.groupes)
    assert len(regroupement.groupes) == 3


def test_deux_entreprises_de_meme_nom_se_montrent_differentes() -> None:
    regroupement = _regrouper(("Alpha SA", UN_IDE), ("Alpha SA", AUTRE_IDE))
    assert len({groupe.nom for groupe in regroupement.groupes}) == 2


def test_un_tiers_ambigu_ne_reunit_pas() -> None:
    (groupe,) = _groupes("Alpha Tech", "Alpha Technique", "Alpha Technologies")
    assert groupe != {"Alpha Tech", "Alpha Technique", "Alpha Technologies"}


def test_le_nom_montre_est_le_plus_ecrit() -> None:
    regroupement = _regrouper("alpha info.", "Alpha Informatique SA", "Alpha Informatique SA")
    assert regroupement.nom("ALPHA INFO.") == "Alpha Informatique SA"


def test_l_ordre_recu_ne_change_rien() -> None:
    noms = ["Alpha SA", "Alpha Sàrl", "Alpha Infromatique", "Alpha Informatique"]
    resultats = {
        tuple(groupe for groupe in _regrouper(*ordre).groupes) for ordre in permutations(noms)
    }
    assert len(resultats) == 1


def test_la_correspondance_de_la_personne_l_emporte() -> None:
    regroupement = regrouper(
        [("Alpha SA", ""), ("Alpha Sàrl", ""), ("Omega", "")],
        {"Alpha SA": "Alpha Sion", "Alpha Sàrl": "Alpha Bulle", "omega": "Alpha Bulle"},
    )
    assert [(g.nom, {m.nom for m in g.membres}) for g in regroupement.groupes] == [
        ("Alpha Bulle", {"Alpha Sàrl", "Omega"}),
        ("Alpha Sion", {"Alpha SA"}),
    ]
    assert regroupement.propositions == ()


@pytest.mark.parametrize(
    "noms", [[], [""], ["SA"], ["(", "---"], ["Alpha"] * 3, ["🏔"], ["a" * 5000]]
)
def test_rien_ne_fait_tomber(noms: list[str]) -> None:
    assert _regrouper(*noms).propositions == ()
