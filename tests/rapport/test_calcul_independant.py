"""Les chiffres du rapport contre un calcul écrit d'après le domaine, sans notre code."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from outils.mesures.donnees import remplir
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.modele import Genre
from pilotage_xlsx.modele.chargement import dossier_livre
from pilotage_xlsx.rapport import calculer, composer
from pilotage_xlsx.rapport.rendus import html
from tests.campagne import combien
from tests.rapport import extraire
from tests.rapport.calcul_independant import compter, mesurer_les_delais
from tests.rapport.completude_independante import REMISES
from tests.tableaux import AU, modele

EXEMPLES = dossier_livre("exemples")
NOMS = ("valmarin-2026", "valmarin-2025", "belcombe-2026", "roche-claire-2026")
LIGNES = {
    "outils": 60,
    "prestataires": 20,
    "decisions": 25,
    "incidents": 40,
    "signalements": 30,
    "echanges": 15,
}


def _rendre(chemin: Path, annee: int) -> bytes:
    registre = lire(chemin, modele())
    rapport = calculer(registre, modele(), annee=annee, au=AU, constats=Resume())
    return html.rendre(composer(rapport))


def _ressortir(chemin: Path, annee: int) -> dict[str, str]:
    """Les chiffres que montre la page du rapport."""
    return extraire.chiffres_html(_rendre(chemin, annee))


@pytest.mark.parametrize("nom", NOMS)
def test_les_chiffres_d_un_exemple(nom: str) -> None:
    chemin, annee = EXEMPLES / f"{nom}.xlsx", int(nom[-4:])
    assert _ressortir(chemin, annee) == compter(chemin, annee, AU)


@pytest.mark.parametrize("nom", NOMS)
def test_les_delais_d_un_exemple(nom: str) -> None:
    chemin, annee = EXEMPLES / f"{nom}.xlsx", int(nom[-4:])
    page = extraire.lire_html(_rendre(chemin, annee))
    lus = {r[0]: r[4:6] for t in page.tableaux for r in t if r[0].startswith("I-")}
    assert lus == mesurer_les_delais(chemin, annee)


@pytest.mark.parametrize("graine", range(combien(2, 4)))
def test_les_chiffres_d_une_commune_remplie_au_hasard(graine: int, tmp_path: Path) -> None:
    """Soixante outils, quarante incidents, chaque réponse de liste tirée au sort, ou vide."""
    _confronter(_varier(remplir(modele(), LIGNES, graine), random.Random(graine)), tmp_path)


@pytest.mark.parametrize("graine", range(combien(2, 4)))
def test_une_ligne_fautive_n_est_pas_complete(graine: int, tmp_path: Path) -> None:
    """Réponse remise ou à clarifier, date ou montant en mots, nom perdu, clé en double."""
    _confronter(_abimer(remplir(modele(), LIGNES, graine), random.Random(graine)), tmp_path)


def _confronter(donnees: dict[str, Any], tmp_path: Path) -> None:
    registre, _ = lire_donnees(donnees, modele(), tmp_path / "d.json")
    chemin = tmp_path / "commune.xlsx"
    chemin.write_bytes(generer(modele(), registre, AU))
    assert _ressortir(chemin, 2026) == compter(chemin, 2026, AU)


def _varier(donnees: dict[str, Any], hasard: random.Random) -> dict[str, Any]:
    for feuille in modele().registres:
        listes = [c for c in feuille.saisies if c.genre is Genre.LISTE]
        for ligne in donnees[feuille.id]:
            for colonne in listes:
                ligne[colonne.id] = hasard.choice((*modele().choix(colonne), None))
    return donnees


def _abimer(donnees: dict[str, Any], hasard: random.Random) -> dict[str, Any]:
    """Une cellule d'une ligne sur trois, et deux clés."""
    for feuille in modele().registres:
        colonnes = [c for c in feuille.saisies if not c.unique and c.genre in _ABIMABLES]
        for ligne in hasard.sample(donnees[feuille.id], LIGNES[feuille.id] // 3 if colonnes else 0):
            colonne = hasard.choice(colonnes)
            remises = REMISES if colonne.est_essentielle else ()
            ligne[colonne.id] = hasard.choice(("À clarifier", "bientôt", *remises))
        donnees[feuille.id][1][feuille.cle or ""] = donnees[feuille.id][0][feuille.cle or ""]
    return donnees


_ABIMABLES = (Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT, Genre.REFERENCE)
