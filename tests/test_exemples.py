"""Les exemples livrés : lus comme openpyxl les lit, sans faute, et fictifs d'un bout à l'autre."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from stdnum.ch import uid

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.constats import Constat, Gravite, cellule
from pilotage_xlsx.verification import verifier
from tests.lecture.test_oracle import comparer
from tests.tableaux import modele

AU = date(2026, 11, 24)
EXEMPLES = Path(__file__).resolve().parent.parent / "exemples"
CLASSEURS = sorted(chemin.name for chemin in EXEMPLES.rglob("*.xlsx"))
COMMUNES = sorted(chemin.stem for chemin in (EXEMPLES / "donnees").glob("*.json"))
A_LA_MAIN = "les-essarts-2026-libreoffice.xlsx"

FAUTES_DE_LA_MAIN = {
    ("STR-006", "", None): "rempli sur la version 1.0 du modèle",
    ("CEL-001", "Outils", "J8"): "la sauvegarde de la comptabilité manque",
    ("CEL-004", "Outils", "X11"): "« env. 500 » n'est pas un montant",
    ("CEL-002", "Outils", "D12"): "« Indispensabel », collé, n'est pas dans la liste",
    ("CEL-006", "Outils", "E13"): "la fiduciaire n'est pas inscrite",
    ("CEL-016", "Outils", "X13"): "LibreOffice a compris « 1'500.- » comme un nombre négatif",
    ("CEL-005", "Outils", "B16"): "la messagerie est inscrite deux fois",
    ("CEL-011", "Outils", "B15"): "une ligne est commencée sans nom",
    ("CEL-012", "Outils", "B20"): "un total est tapé sous la liste",
    ("CEL-007", "Prestataires", "E8"): "le téléphone n'a pas d'indicatif",
    ("CEL-008", "Prestataires", "H10"): "l'adresse de courriel n'a pas d'arobase",
    ("CEL-017", "Décisions", "C7"): "« 12/03/2026 », tapé, est un texte",
    ("DEC-001", "Décisions", "K8"): "le secrétariat a décidé seul",
    ("INC-001", "Incidents", "N8"): "l'exécutif n'a pas été informé",
    ("CEL-003", "Incidents", "C9"): "le 31 septembre n'existe pas",
}


@pytest.mark.parametrize("nom", CLASSEURS)
def test_chaque_cellule_est_celle_qu_openpyxl_lit(nom: str) -> None:
    (chemin,) = EXEMPLES.rglob(nom)
    comparer(chemin)


@pytest.mark.parametrize("commune", COMMUNES)
def test_une_commune_d_exemple_n_a_ni_erreur_ni_avertissement(commune: str) -> None:
    fautes = [c for c in _constats(f"{commune}.xlsx") if c.gravite is not Gravite.ATTENTION]
    assert [(faute.regle, faute.message) for faute in fautes] == []


def test_le_classeur_tape_a_la_main_montre_ses_fautes_et_elles_seules() -> None:
    constats = _constats(A_LA_MAIN)
    fautes = [
        (constat.regle, constat.lieu.feuille, cellule(constat.lieu))
        for constat in constats
        if constat.gravite is not Gravite.ATTENTION
    ]
    assert sorted(fautes, key=str) == sorted(FAUTES_DE_LA_MAIN, key=str)


def test_une_date_tapee_avec_des_barres_est_un_texte_compris_comme_une_date() -> None:
    (decision, *_) = lire(EXEMPLES / A_LA_MAIN, modele()).lignes("decisions")
    tapee = cellule(decision.emplacement("date")) or ""
    assert openpyxl.load_workbook(EXEMPLES / A_LA_MAIN)["Décisions"][tapee].value == "12/03/2026"
    assert decision.date("date") == date(2026, 3, 12)


def test_la_colonne_ajoutee_a_la_main_est_gardee() -> None:
    outils = lire(EXEMPLES / A_LA_MAIN, modele()).lignes("outils")
    (cimetiere,) = [outil for outil in outils if outil["nom"] == "Registre du cimetière"]
    assert cimetiere.propres == {"Emplacement": "Armoire de la cure"}


def test_une_ligne_laissee_vide_n_arrete_pas_la_lecture() -> None:
    numeros = [outil.numero for outil in lire(EXEMPLES / A_LA_MAIN, modele()).lignes("outils")]
    assert 10 not in numeros
    assert max(numeros) == 20


@pytest.mark.parametrize("commune", COMMUNES)
def test_tout_est_fictif(commune: str) -> None:
    donnees = _donnees(commune)
    texte = json.dumps(donnees, ensure_ascii=False)
    domaines = re.findall(r"[\w-]+@([\w.-]+)", texte)
    assert domaines
    assert {domaine.rsplit(".", 1)[-1] for domaine in domaines} == {"example"}
    assert donnees["commune"]["numero_ofs"] in range(9990, 10000)
    assert all(" 555 01 " in numero for numero in re.findall(r"\b0\d\d(?: \d+)+", texte))


@pytest.mark.parametrize("commune", COMMUNES)
def test_les_ide_ont_un_chiffre_de_controle_juste(commune: str) -> None:
    ides = [p["ide"] for p in _donnees(commune)["prestataires"] if "ide" in p]
    assert ides
    assert all(uid.is_valid(ide) for ide in ides)


def test_le_brouillon_et_les_rapports_ne_disent_rien_du_poste_qui_les_a_faits() -> None:
    textes = [f for f in EXEMPLES.rglob("*") if f.suffix in (".txt", ".json", ".html", ".eml")]
    assert textes
    for fichier in textes:
        assert str(EXEMPLES.parent) not in fichier.read_text("utf-8"), fichier.name


def _constats(nom: str) -> tuple[Constat, ...]:
    registre = lire(EXEMPLES / nom, modele())
    assert registre.refus is None, registre.refus
    return verifier(registre, modele(), AU)


def _donnees(commune: str) -> dict[str, Any]:
    donnees: dict[str, Any] = json.loads(
        (EXEMPLES / "donnees" / f"{commune}.json").read_text("utf-8")
    )
    return donnees
