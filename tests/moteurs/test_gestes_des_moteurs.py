"""Après des gestes, chaque moteur calcule encore ce que nous jugeons de ce qui est là.

LibreOffice fait des gestes et enregistre ; tous les moteurs calculent ce qu'il laisse. IronCalc en
fait aussi, à sa façon de déplacer les références. ``GESTES_IMPOSSIBLES`` dit qui n'en fait pas.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mains.atelier import PYTHON, RAISON, Mains, ouvrir_les_mains
from tests.moteurs.bilan import comparer
from tests.moteurs.fichiers import lire_classeur
from tests.moteurs.moteurs import CAMPAGNE, IRONCALC, Moteur, faire_par_ironcalc, par_moteur
from tests.moteurs.verifier import Epreuve, jugees, verifier
from tests.tableaux import AU

PREPAREES, LIGNES = (14, 4, 60), 10
"""Lignes prêtes, de réserve, au-delà ; lignes remplies : peu, et chaque geste y trouve sa place."""

CHAINES = (
    "recopier_une_ligne_inseree+effacer_une_ligne_au_milieu+trier+deplacer_une_essentielle",
    "inserer_une_premiere_ligne+taper_sous_la_table+inserer_une_colonne_au_milieu",
)
"""Ce que la porte enchaîne : une ligne insérée dans une table, d'autres effacées, un tri, une
colonne déplacée ; puis une ligne insérée en tête, d'autres tapées sous la table."""

SEULS = (
    "inserer_une_premiere_ligne",
    "inserer_une_ligne_au_milieu",
    "recopier_une_ligne_inseree",
    "recopier_l_etat_seul",
    "effacer_la_premiere_ligne",
    "effacer_une_ligne_au_milieu",
    "trier",
    "taper_sous_la_table",
    "deplacer_une_colonne",
    "deplacer_une_essentielle",
    "deplacer_la_cle",
    "couper_des_cellules",
    "inserer_des_lignes_de_tete",
    "inserer_une_colonne_a_gauche",
    "renommer_un_en_tete",
)
"""Ce qu'une longue campagne fait aussi, un geste à la fois."""

GESTES = (*CHAINES, *SEULS) if CAMPAGNE else CHAINES


@pytest.fixture(scope="module")
def mains(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mains]:
    """Un seul LibreOffice pour tous les gestes."""
    if PYTHON is None:
        pytest.skip(RAISON)
    with ouvrir_les_mains(tmp_path_factory.mktemp("mains"), PREPAREES, LIGNES) as mains:
        yield mains


@par_moteur
def test_apres_les_gestes_de_libreoffice(moteur: Moteur, mains: Mains, tmp_path: Path) -> None:
    for geste in GESTES:
        mains.faire(geste)
    epreuves = [Epreuve(mains.dossier / f"{geste}.xlsx", jugees) for geste in GESTES]
    verifier(moteur, epreuves, tmp_path / "calcul")


PREMIERE = 7
"""La première ligne de données d'un registre."""

_INSERER = ["inserer_des_lignes", "Prestataires", PREMIERE + 2, 1]
_EFFACER = ["supprimer_des_lignes", "Outils", PREMIERE + 3, 2]
_EFFACER_LA_PREMIERE = ["supprimer_des_lignes", "Outils", PREMIERE, 1]

PAR_IRONCALC: dict[str, list[Any]] = {
    "à la suite": [_INSERER, _EFFACER, _EFFACER_LA_PREMIERE],
    "insérer au milieu": [_INSERER],
    "effacer au milieu": [_EFFACER],
    "effacer la première": [_EFFACER_LA_PREMIERE],
}
"""Sur des lignes : IronCalc ne déplace pas un nom défini avec la colonne qu'il désigne."""


@pytest.mark.parametrize("geste", PAR_IRONCALC if CAMPAGNE else [*PAR_IRONCALC][:1])
def test_apres_les_gestes_d_ironcalc(geste: str, mains: Mains, tmp_path: Path) -> None:
    """Les valeurs sont celles qu'IronCalc enregistre, où il a lui-même déplacé les références."""
    if absence := IRONCALC.absence():
        pytest.skip(absence)
    source = mains.dossier / "source.xlsx"
    apres = faire_par_ironcalc(source, PAR_IRONCALC[geste], tmp_path, AU)
    classeur = lire_classeur(apres)
    attendues = jugees(apres, classeur)
    assert attendues
    bilan = comparer(IRONCALC, classeur, attendues, classeur.valeurs)
    assert not bilan.ecarts, bilan.dire()
