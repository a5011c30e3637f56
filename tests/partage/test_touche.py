"""Un partage se relit comme le classeur entier, même touché ; le reste de la touche n'y est pas."""

from __future__ import annotations

from pathlib import Path

import pytest

import pilotage_xlsx as px
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import charger
from pilotage_xlsx.modele.porte import deballer
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.entree import EnMemoire
from tests.partage.test_partager import _tout
from tests.petites_tables import petites_tables
from tests.porteurs import adapter
from tests.tableaux import AU

_COLONNES = """
[[colonnes]]
id = "assurance"
libelle = "Couvert par l'assurance"
genre = "liste"
niveau = "E"
paragraphe = "3.2"
liste = "couvertures"
partage = ["region"]
aide = "Zqxwv de l'aide."

[[colonnes]]
id = "police"
libelle = "Zqxwv de la police"
genre = "texte"
niveau = "U"
paragraphe = "3.2"
aide = "Le numéro de la police."
"""
_LISTES = """
[statut_outil]
valeurs = [
  { cle = "en_veille", libelle = "En veille", est = ["utilise"], ailleurs = ["Zqxwv d'ailleurs"] },
  { cle = "zqxwv", libelle = "Zqxwv du menu" },
]

[couvertures]
valeurs = [{ cle = "pleine", libelle = "Pleine" }, { cle = "rien", libelle = "Zqxwv de liste" }]
"""
_NIVEAUX = ("region", "canton", "public")


@pytest.fixture(scope="module")
def touche(tmp_path_factory: pytest.TempPathFactory) -> Modele:
    dossier = adapter(tmp_path_factory.mktemp("touche"), "zqxwv_vaud", _COLONNES)
    (dossier / "listes.toml").write_text(_LISTES, "utf-8")
    return charger(dossier)


def _classeur(modele: Modele | None, nom: str = "Valmarin") -> bytes:
    outil = {"nom": "GED", "domaine": "archivage", "statut": "en_service"}
    if modele is not None:
        outil |= {"statut": "en_veille", "assurance": "pleine", "police": "Zqxwv 44"}
    donnees = {"commune": {"commune": nom, "canton": "VD", "annee": 2026}, "outils": [outil]}
    with petites_tables():
        return px.generer(donnees=donnees, au=AU, modele=modele).octets


def _partage(octets: bytes, niveau: str) -> Registre:
    return px.lire(EnMemoire("p.xlsx", px.partager(octets, niveau, au=AU).octets))


def test_une_valeur_et_une_colonne_ouvertes_se_relisent(touche: Modele) -> None:
    entier = px.lire(EnMemoire("c.xlsx", _classeur(touche))).lignes("outils")[0]
    [relue] = _partage(_classeur(touche), "region").lignes("outils")
    assert {nom: relue[nom] for nom in ("statut", "assurance")} == {
        nom: entier[nom] for nom in ("statut", "assurance")
    }
    assert relue.propres == {}


def test_une_colonne_fermee_a_ce_niveau_n_y_est_pas(touche: Modele) -> None:
    [relue] = _partage(_classeur(touche), "canton").lignes("outils")
    assert relue["statut"] == "En veille"
    assert "assurance" not in relue.valeurs


@pytest.mark.parametrize("niveau", _NIVEAUX)
def test_rien_d_autre_de_la_touche_n_est_dans_aucun_octet(touche: Modele, niveau: str) -> None:
    """Ce que le classeur porte est comprimé : cela se cherche aussi une fois rouvert."""
    octets = px.partager(_classeur(touche), niveau, au=AU).octets
    porte = px.lire(EnMemoire("p.xlsx", octets)).porte
    ouvert = encoder(deballer(porte.texte)) if porte else b""
    assert b"zqxwv" not in (_tout(octets) + ouvert).lower()
    assert (porte is None) == (niveau == "public")


def test_sans_rien_de_la_touche_le_partage_ne_porte_rien() -> None:
    assert _partage(_classeur(None), "region").porte is None


def test_touches_et_non_touches_se_joignent(touche: Modele) -> None:
    """Deux communes de la même touche, et une du modèle livré : les colonnes de toutes."""
    partages = [
        px.partager(_classeur(modele, nom), "region", au=AU).octets
        for nom, modele in (("Valmarin", touche), ("Belcombe", None), ("Aubemont", touche))
    ]
    entiers = [_classeur(touche), _classeur(None, "Belcombe"), _classeur(touche, "Aubemont")]
    lus = [
        px.consolider(
            [EnMemoire(f"{rang}.xlsx", octets) for rang, octets in enumerate(recus)], au=AU
        ).tables["outils"]
        for recus in (partages, entiers)
    ]
    for nom in ("statut", "assurance"):
        assert lus[0][nom].tolist() == lus[1][nom].tolist()


def test_une_touche_qui_ne_se_pose_pas_n_empeche_pas_de_partager(tmp_path: Path) -> None:
    """Une valeur livrée, remplacée par une autre du même nom : le partage part sans elle."""
    dossier = adapter(tmp_path, "vaud", _COLONNES)
    change = '{ cle = "libre", retire = true }, { cle = "neuve", libelle = "Libre" }'
    texte = f"[licence]\nvaleurs = [{change}]\n\n[couvertures]{_LISTES.split('[couvertures]')[1]}"
    (dossier / "listes.toml").write_text(texte, "utf-8")
    outil = {"nom": "GED", "licence": "neuve", "domaine": "archivage"}
    donnees = {"commune": {"commune": "V", "annee": 2026}, "outils": [outil]}
    with petites_tables():
        octets = px.generer(donnees=donnees, au=AU, modele=charger(dossier)).octets
    [relue] = _partage(octets, "region").lignes("outils")
    assert relue["licence"] == "Libre"
