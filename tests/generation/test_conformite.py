"""Les classeurs générés sont conformes au format, vides et remplis."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.generation.classeurs import octets
from tests.mesures.donnees import remplir
from tests.tableaux import modele

DOCUMENTS: dict[str, dict[str, Any]] = {
    "vierge": {},
    "plein": remplir(modele(), {feuille.id: 30 for feuille in modele().registres}),
    "signes": {
        "outils": [{"nom": "\"Outil\" <& 'd’été' =1 @ 😀\nligne", "remarques": "x" * 40_000}]
    },
}


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_openxml_audit_ne_trouve_rien(nom: str, tmp_path: Path) -> None:
    chemin = tmp_path / f"{nom}.xlsx"
    chemin.write_bytes(octets(DOCUMENTS[nom]))
    programme = Path(sys.executable).with_name("openxml-audit")
    audit = subprocess.run([programme, chemin], capture_output=True, text=True, check=False)
    assert "Errors: 0" in audit.stdout, audit.stdout
