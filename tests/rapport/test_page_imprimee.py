"""La première page tient sur une feuille A4, telle qu'un vrai navigateur l'imprime."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.rendus import html
from tests.rapport.communes import VALMARIN, chargee, demesuree, rapporter
from tests.rapport.imprimer import bords, imprimable, imprimer

DROITE = 595 - 15 / 25.4 * 72
"""Le bord du texte sur une feuille A4, en points : quinze millimètres de marge."""

pytestmark = imprimable


@pytest.mark.parametrize(
    "commune",
    ["", VALMARIN, chargee(), demesuree()],
    ids=["vide", "petite", "chargée", "démesurée"],
)
def test_la_premiere_page_tient_sur_une_feuille(commune: str, tmp_path: Path) -> None:
    page = html.rendre(composer(rapporter(commune, erreurs=3)))
    feuilles = imprimer(page, tmp_path)
    assert "procès-verbal" in re.sub(r"\s+", " ", feuilles[0].partition("Cinq chiffres")[2])
    assert feuilles[1].lstrip().startswith(("Annexe", "À décider (suite)"))
    assert all(bord < DROITE for bord in bords("reporté", tmp_path))


@pytest.mark.parametrize("police", ["DejaVu Sans", "Liberation Sans"])
def test_une_police_plus_large_ne_la_fait_pas_deborder(police: str, tmp_path: Path) -> None:
    """Une machine sans Calibri ni Carlito en prend une autre, à la même hauteur d'œil."""
    page = html.rendre(composer(rapporter(chargee(), erreurs=3))).decode()
    forcee = re.sub(r"--police: [^;]+;", f"--police: '{police}';", page)
    assert forcee != page
    feuilles = imprimer(forcee.encode(), tmp_path)
    assert "prend acte" in re.sub(r"\s+", " ", feuilles[0])
    assert feuilles[1].lstrip().startswith("À décider (suite)")
