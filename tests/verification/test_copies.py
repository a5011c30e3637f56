"""Deux copies d'un même classeur, données ensemble : ce qui diffère se dit, cellule par cellule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.copies import comparer, reunir
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification import verifier_ensemble
from tests.commandes.ligne import AU as LE
from tests.commandes.ligne import jouer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele, nommer, registre

TETE = "commune | commune | annee\n | Valmarin | 2026\noutils | nom | lieu_donnees | domaine\n"


def _lus(*outils: str) -> list[Registre]:
    noms = ("valmarin.xlsx", "valmarin (1).xlsx")
    return [registre(TETE + o, fichier=nom) for nom, o in zip(noms, outils, strict=True)]


def _constats(un: Registre, autre: Registre) -> list[tuple[str, str, str]]:
    copies = ((un, autre, comparer(modele(), un, autre)),)
    vus = verifier_ensemble(Ensemble(modele(), (un, autre), copies=copies), modele())
    return [(c.regle, nommer(c), c.message.replace("\u202f", " ")) for c in vus]


def test_ce_qui_differe_se_dit_cellule_par_cellule() -> None:
    lus = _lus(" | GED | Suisse |\n | Eau | Suisse |", " | eau | Suisse |\n | GED | UE/EEE | Autre")
    double, domaine, lieu = _constats(*lus)
    assert double[0] == "ENS-002"
    assert double[2].endswith("ils diffèrent en 2 endroits.")
    assert [(c[0], c[1]) for c in (domaine, lieu)] == [
        ("ENS-008", "outils.domaine 7"),
        ("ENS-008", "outils.lieu_donnees 7"),
    ]
    assert "« UE/EEE » dans « valmarin (1).xlsx », « Suisse » dans « valmarin.xlsx »" in lieu[2]
    assert "rien dans « valmarin.xlsx »" in domaine[2]


def test_une_ligne_d_une_seule_copie_se_dit_dans_la_sienne() -> None:
    lus = _lus(" | GED | Suisse |\n | Eau | Suisse |", " | GED | Suisse |\n | Gaz | Suisse |")
    dits = [c[2] for c in _constats(*lus) if c[0] == "ENS-008"]
    assert len(dits) == 2
    assert any("« Gaz » dans « valmarin (1).xlsx », aucune ligne de ce nom" in dit for dit in dits)
    assert any("« Eau » dans « valmarin.xlsx », aucune ligne de ce nom" in dit for dit in dits)


def test_deux_copies_pareilles_le_disent() -> None:
    ((regle, _, message),) = _constats(*_lus(" | GED | Suisse |", " | ged | Suisse |"))
    assert (regle, message.endswith("ils disent la même chose.")) == ("ENS-002", True)


@pytest.mark.parametrize(
    ("nom", "ensemble"),
    [
        ("a (1).xlsx", True),
        ("a - Copie.xlsx", True),
        ("a (conflit de Zoé 2026-11-02).xlsx", True),
        ("a.sync-conflict-20261102-101010-ABC.xlsx", True),
        ("a 2025.xlsx", False),
        ("b.xlsx", False),
    ],
)
def test_sans_commune_encore_c_est_le_nom_du_fichier_qui_le_dit(
    nom: str, *, ensemble: bool
) -> None:
    lus = [registre(fichier="a.xlsx"), registre(fichier=nom)]
    assert bool(reunir(lus)) is ensemble


def test_deux_communes_ou_deux_annees_ne_sont_pas_des_copies() -> None:
    autres = ("commune | commune | annee\n | Valmarin | 2025", "commune | commune\n | Belcombe")
    lus = [
        registre(TETE, fichier="a.xlsx"),
        *(registre(autre, fichier="a (1).xlsx") for autre in autres),
    ]
    assert reunir(lus) == ()


def test_de_bout_en_bout_les_deux_fichiers_se_relisent(tmp_path: Path) -> None:
    for nom, lieu in (("c.xlsx", "Suisse"), ("c (1).xlsx", "UE/EEE")):
        commune = {"commune": "Valmarin", "annee": 2026}
        donnees = {"commune": commune, "outils": [{"nom": "GED", "lieu_donnees": lieu}]}
        lu, _ = lire_donnees(donnees, modele(), tmp_path / nom)
        with petites_tables():
            (tmp_path / nom).write_bytes(generer(modele(), lu, AU))
    dit = jouer("verifier", "c.xlsx", "c (1).xlsx", "--format", "json", *LE, dans=tmp_path)
    ecarts = [c for c in json.loads(dit.texte)["ensemble"] if c["regle"] == "ENS-008"]
    assert [(c["colonne"], c["valeur"], c["cellule"]) for c in ecarts] == [
        ("lieu_donnees", "UE/EEE", "H7")
    ]
    assert ecarts[0]["aussi"][0]["fichier"].endswith("c.xlsx")
