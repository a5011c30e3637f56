"""Des classeurs pleins à craquer, et chaque commande : son code, sans trace, en temps compté.

Une cellule de saisie sur six, de chaque feuille, y tient 32'767 signes hostiles. Le temps est
celui du processeur : une machine chargée n'y change rien.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pilotage_xlsx.commandes.verifier import FORMES
from tests.campagne import EST_LONGUE
from tests.commandes.ligne import AU, jouer
from tests.textes.classeur import remplir_de_textes_longs

SECONDES = 10
"""Par commande ; il en faut le quart."""

_AVANT, _ICI, _VOISINE = "valmarin-2025", "valmarin-2026", "belcombe-2026"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deux années d'une commune, et sa voisine."""
    classeurs = tmp_path_factory.mktemp("longs")
    for rang, nom in enumerate((_AVANT, _ICI, _VOISINE)):
        remplir_de_textes_longs(classeurs / f"{nom}.xlsx", nom, 15 * rang)
    return classeurs


def _jouer(code: int, *arguments: object) -> None:
    sortie = jouer(*arguments, *AU)
    assert sortie.code == code, sortie.erreur[:500]
    assert sortie.secondes < SECONDES


@pytest.mark.parametrize("forme", FORMES)
def test_verifier(dossier: Path, forme: str) -> None:
    _jouer(1, "verifier", dossier / f"{_ICI}.xlsx", "--format", forme)


def test_annoter_puis_corriger(dossier: Path, tmp_path: Path) -> None:
    classeur = dossier / f"{_ICI}.xlsx"
    _jouer(1, "verifier", classeur, "--annoter", tmp_path / "copies")
    _jouer(0, "corriger", classeur, "--sortie", tmp_path / "corrige.xlsx")


@pytest.mark.parametrize("forme", ["xlsx", "json", *(["csv", "parquet"] if EST_LONGUE else [])])
def test_consolider(dossier: Path, tmp_path: Path, forme: str) -> None:
    deux = [dossier / f"{nom}.xlsx" for nom in (_ICI, _VOISINE)]
    _jouer(0, "consolider", *deux, "--format", forme, "--sortie", tmp_path / f"ensemble-{forme}")


@pytest.mark.parametrize(
    "arguments",
    [
        ("rapport", f"{_ICI}.xlsx", f"{_VOISINE}.xlsx", "--annee", 2026, "--format", "html"),
        ("mutualiser", f"{_ICI}.xlsx", f"{_VOISINE}.xlsx"),
        ("generer", "--depuis", f"{_ICI}.xlsx"),
        *(
            ("fiche", *sujet, "--format", forme)
            for sujet in (
                ("decision", f"{_ICI}.xlsx", "D-2026-001"),
                ("incident", f"{_ICI}.xlsx", "I-2026-001"),
                ("urgence", f"{_ICI}.xlsx"),
            )
            for forme in ("pdf", *(("html", "txt") if EST_LONGUE else ()))
        ),
        ("fiche", "avis", f"{_ICI}.xlsx", "I-2026-001"),
        *(
            ("comparer", f"{_AVANT}.xlsx", f"{_ICI}.xlsx", "--format", forme)
            for forme in ("html", *(("texte", "json") if EST_LONGUE else ()))
        ),
    ],
    ids=lambda arguments: " ".join(map(str, arguments)),
)
def test_une_commande_qui_ecrit(dossier: Path, tmp_path: Path, arguments: Sequence[object]) -> None:
    chemins = [dossier / str(un) if str(un).endswith(".xlsx") else un for un in arguments]
    sortie = tmp_path / ("sortie.xlsx" if arguments[0] in ("generer", "mutualiser") else "sortie")
    ou = (sortie,) if arguments[0] == "generer" else ("--sortie", sortie)
    _jouer(0, chemins[0], *ou, *chemins[1:])
    assert sortie.exists()


def test_le_rapport_s_envoie_a_l_essai(dossier: Path, tmp_path: Path) -> None:
    rapport = tmp_path / "rapport"
    _jouer(0, "rapport", dossier / f"{_ICI}.xlsx", "--annee", 2026, "--sortie", rapport)
    _jouer(0, "envoyer", rapport, "--essai", "--malgre-erreurs")
