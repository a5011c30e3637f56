"""STR-008 : un texte plus long qu'une cellule n'en tient se lit jusqu'à la borne, et se dit."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.verification import verifier
from tests.extremes.classeurs import EMOJI, classeur, ecrire, entete, texte
from tests.tableaux import AU, modele


def _constater(dossier: Path, colonne: int, contenu: str) -> list[tuple[str, int | None]]:
    """Les STR-008 d'un registre d'outils dont une cellule de la ligne 2 tient ce texte."""
    nom = texte(2, 1, "GED") if colonne > 1 else ""
    lignes = (entete("outils", propres=1), f'<row r="2">{nom}{texte(2, colonne, contenu)}</row>')
    lu = lire(ecrire(dossier / "a.xlsx", classeur({"Outils": lignes})), modele())
    constats = verifier(lu, modele(), AU)
    return [(c.colonne or "", c.lieu.colonne) for c in constats if c.regle == "STR-008"]


@pytest.mark.parametrize(
    ("contenu", "est_coupe"),
    [
        ("a" * 32_767, False),
        ("a" * 32_768, True),
        (EMOJI * 16_383, False),
        (EMOJI * 16_384, True),  # Excel compte en unités UTF-16 : deux par emoji
    ],
    ids=["a juste", "a de trop", "emoji juste", "emoji de trop"],
)
def test_la_borne_est_celle_d_excel(tmp_path: Path, contenu: str, est_coupe: bool) -> None:
    assert bool(_constater(tmp_path, 2, contenu)) is est_coupe


def test_une_colonne_propre_se_dit_aussi(tmp_path: Path) -> None:
    assert _constater(tmp_path, 21, "a" * 40_000) == [("", 21)]


def test_ce_qui_est_garde_tient_dans_une_cellule(tmp_path: Path) -> None:
    lignes = (entete("outils"), f'<row r="2">{texte(2, 1, "a" * 100_000)}</row>')
    lu = lire(ecrire(tmp_path / "a.xlsx", classeur({"Outils": lignes})), modele())
    (ligne,) = lu.lignes("outils")
    assert len(ligne.texte("nom") or "") == 32_767
