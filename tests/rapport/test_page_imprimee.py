"""La première page tient sur une feuille A4, telle qu'un vrai navigateur l'imprime."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.rendus import html
from tests.rapport.communes import VALMARIN, chargee, rapporter

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
PDFTOTEXT = shutil.which("pdftotext")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and PDFTOTEXT), reason="demande Chromium et pdftotext, pour imprimer et relire"
)


def _imprimer(page: bytes, dossier: Path) -> list[str]:
    """Le texte de chaque feuille imprimée."""
    (dossier / "page.html").write_bytes(page)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profil = f"--user-data-dir={dossier / 'profil'}"
    sortie = f"--print-to-pdf={dossier / 'page.pdf'}"
    commande = [str(CHROMIUM), *options, profil, sortie, str(dossier / "page.html")]
    subprocess.run(commande, check=True, capture_output=True, timeout=60)
    lecture = [str(PDFTOTEXT), "-layout", str(dossier / "page.pdf"), "-"]
    relu = subprocess.run(lecture, check=True, capture_output=True, timeout=60, encoding="utf-8")
    return relu.stdout.split("\f")


@pytest.mark.parametrize("commune", ["", VALMARIN, chargee()], ids=["vide", "petite", "chargée"])
def test_la_premiere_page_tient_sur_une_feuille(commune: str, tmp_path: Path) -> None:
    page = html.rendre(composer(rapporter(commune, erreurs=3)))
    feuilles = _imprimer(page, tmp_path)
    assert "procès-verbal" in re.sub(r"\s+", " ", feuilles[0].partition("Cinq chiffres")[2])
    assert feuilles[1].lstrip().startswith("Annexe")
