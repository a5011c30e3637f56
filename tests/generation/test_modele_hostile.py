"""Un modèle adapté où un nom porte un signe rare : un classeur valide, ou un refus qui le nomme."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import ModeleInvalide, charger, dossier_livre
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Registre
from tests.campagne import combien
from tests.generation.parite import alleger
from tests.generation.tableau import en_nombre
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables
from tests.tableaux import AU

PLACES = {
    "liste": ("listes.toml", '"Facile"'),
    "feuille": ("feuilles/outils.toml", 'libelle = "Outils"'),
    "fiche": ("feuilles/commune.toml", 'libelle = "Commune"'),
    "colonne": ("feuilles/outils.toml", 'libelle = "Criticité"'),
    "cle": ("feuilles/outils.toml", 'libelle = "Outil ou service"'),
    "question": ("feuilles/commune.toml", 'libelle = "Habitants"'),
    "mention": ("feuilles/outils.toml", '"Géré à l\'interne"'),
    "table": ("feuilles/outils.toml", 'table = "Outils"'),
}
"""Où un nom se change, dans une copie du modèle communal."""

ADMIS = (
    'Dit "vite" fait', "=1+1 fois", "+41 à la main", "@tous", "Été 😀", "L'été d’ici",
    "<a> & b", "{0} ou {ligne}", "10 % &P",
)  # fmt: skip
PARTOUT = ("Un\nDeux", "a\tb", "a\x01b", "x" * 300, "", " bord ")
REFUSES = [
    *((place, nom) for place in PLACES for nom in PARTOUT),
    *(("feuille", nom) for nom in ("a/b", "[x]", "a:b", "Quoi ?", "'x", "x'", "x" * 32)),
    *(("feuille", nom) for nom in ("Contrôle", "lisez moi", "History", "Décisions")),
    *(("table", nom) for nom in ("a b", "A1", "R1C1", "1x", "decisions", "a'b", "C")),
    *(("mention", nom) for nom in ("+", "a;b")),
    ("colonne", "x" * 41),
    ("colonne", "etat"),
]
MELANGE = {
    "liste": '=1+1 "fois" l\'été 😀',
    "feuille": "=L'outil \"d'été\" @ 😀",
    "fiche": '+L\'été "dit"',
    "colonne": '=[x] #@ l\'"été" {ligne}',
    "cle": "@{0} 'nom' \"x\"",
    "question": "=\"1\"+'a' ~*?",
    "mention": '=Fait "à l\'interne" *?~',
}


def _adapter(dossier: Path, noms: Mapping[str, str]) -> Path:
    copie = dossier / "adapte"
    shutil.copytree(dossier_livre("modeles") / "communal", copie)
    for place, nom in noms.items():
        fichier, avant = PLACES[place]
        texte = (copie / fichier).read_text("utf-8")
        assert avant in texte
        apres = avant.replace(f'"{avant.split(chr(34))[1]}"', json.dumps(nom, ensure_ascii=False))
        (copie / fichier).write_text(texte.replace(avant, apres), "utf-8")
    return copie


def _remplir(modele: Modele, noms: Mapping[str, str]) -> Registre:
    ligne = {
        "nom": "GED",
        "criticite": "Indispensable",
        "prestataire": noms["mention"],
        "remplacement": noms["liste"],
    }
    registre, constats = lire_donnees({"outils": [ligne]}, modele, Path("essai.xlsx"))
    assert constats == ()
    return registre


@pytest.fixture
def petit() -> Iterator[None]:
    """Des tables courtes."""
    with petites_tables():
        yield


@pytest.mark.parametrize("decalage", range(combien(3, len(ADMIS))))
def test_un_nom_admis_se_relit(decalage: int, tmp_path: Path, petit: None) -> None:
    """Chaque place a son nom, le suivant au modèle suivant : toutes finissent par avoir chacun."""
    places = [place for place in PLACES if place != "table"]
    noms = {
        place: f"{ADMIS[(rang + decalage) % len(ADMIS)]} {place}"
        for rang, place in enumerate(places)
    }
    modele = charger(_adapter(tmp_path, noms))
    registre = _remplir(modele, noms)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        octets = generer(modele, registre, AU)
    assert {noms["feuille"], noms["fiche"]} <= set(load_workbook(BytesIO(octets)).sheetnames)
    (tmp_path / "essai.xlsx").write_bytes(octets)
    relu = lire(tmp_path / "essai.xlsx", modele)
    assert [dict(o.valeurs) for o in relu.lignes("outils")] == [
        dict(o.valeurs) for o in registre.lignes("outils")
    ]


@pytest.mark.parametrize(("place", "nom"), REFUSES)
def test_un_nom_impossible_se_refuse_et_se_nomme(place: str, nom: str, tmp_path: Path) -> None:
    copie = _adapter(tmp_path, {place: nom})
    with pytest.raises(ModeleInvalide) as refus:
        charger(copie)
    assert all("/adapte/" in phrase for phrase in str(refus.value).splitlines())
    est_pris_par_une_autre = nom in ("Décisions", "decisions")
    dit = "feuilles/decisions.toml" if est_pris_par_une_autre else PLACES[place][0]
    assert dit in str(refus.value)


def test_une_valeur_que_les_controles_comptent_se_renomme_sa_cle_restant(tmp_path: Path) -> None:
    copie = _adapter(tmp_path, {})
    for fichier in copie.rglob("*.toml"):
        texte = fichier.read_text("utf-8").replace('"Indispensable"', '"Vital"')
        fichier.write_text(texte, "utf-8")
    marque = Marque("outils", "criticite", "indispensable")
    assert charger(copie).libelles(marque) == ("Vital",)


@pytest.mark.skipif(SOFFICE is None, reason=RAISON)
def test_libreoffice_calcule_les_memes_valeurs(tmp_path: Path, petit: None) -> None:
    modele = charger(_adapter(tmp_path, MELANGE))
    octets = generer(modele, _remplir(modele, MELANGE), date.today())
    (tmp_path / "sans").mkdir()
    alleger(load_workbook(BytesIO(octets))).save(tmp_path / "sans" / "essai.xlsx")
    enregistrer([tmp_path / "sans" / "essai.xlsx"], tmp_path)
    formules, notre = (load_workbook(BytesIO(octets), data_only=d) for d in (False, True))
    leur = load_workbook(tmp_path / "essai.xlsx", data_only=True)
    vues, ecarts = 0, {}
    for page in (p for p in formules if p.title != "Tableau de bord"):
        for cellule in (c for rangee in page.iter_rows() for c in rangee if c.data_type == "f"):
            vues += 1
            ici, la = (
                en_nombre(livre[page.title][cellule.coordinate].value) for livre in (notre, leur)
            )
            if (ici or 0) != (la or 0):
                ecarts[f"{page.title}!{cellule.coordinate}"] = (ici, la)
    assert vues > 300
    assert ecarts == {}
