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
