"""Le classeur du rapport est conforme au format, pour une commune et pour une région."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pilotage_xlsx.rapport import composer, region, reunir
from pilotage_xlsx.rapport.document import Document
from pilotage_xlsx.rapport.rendus import classeur
from tests.conformite import fautes
from tests.rapport.communes import VALMARIN, chargee, demesuree, rapporter
from tests.rapport.test_ecarts import APRES, AVANT
from tests.tableaux import AU


@cache
def _documents() -> dict[str, Document]:
    deux_ans = rapporter(APRES, precedent=AVANT)
    return {
        "vide": composer(rapporter()),
        "chargée": composer(rapporter(chargee(), precedent=VALMARIN)),
        "démesurée": composer(rapporter(demesuree())),
        "deux ans": composer(deux_ans),
        "région": region.composer(reunir([deux_ans, rapporter(VALMARIN)], annee=2026, au=AU)),
    }


@pytest.mark.parametrize("nom", ["vide", "chargée", "démesurée", "deux ans", "région"])
def test_openxml_audit_ne_trouve_rien(nom: str, tmp_path: Path) -> None:
    chemin = tmp_path / "rapport.xlsx"
    chemin.write_bytes(classeur.rendre(_documents()[nom], AU))
    assert fautes(chemin) == []
