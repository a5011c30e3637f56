"""Imprimer une page HTML comme un vrai navigateur, et relire chaque feuille."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
PDFTOTEXT = shutil.which("pdftotext")
POLICES = {"Carlito", "Calibri"}
"""La police que les pages demandent d'abord, sous ses deux noms ; plus large, elle déborderait."""


def _raison_de_renoncer() -> str:
    """Ce qui manque sur cette machine pour imprimer et relire ; vide si tout est là."""
    if not (CHROMIUM and PDFTOTEXT):
        return "demande Chromium et pdftotext, pour imprimer et relire"
    if not POLICES & _familles():
        return "demande la police Carlito (ou Calibri), dont la page est faite"
    return ""


def _familles() -> set[str]:
    lister = shutil.which("fc-list")
    if lister is None:
        return set()
    vues = subprocess.run([lister, ":", "family"], capture_output=True, text=True, check=False)
    return {famille.strip() for ligne in vues.stdout.splitlines() for famille in ligne.split(",")}


_RAISON = _raison_de_renoncer()
imprimable = pytest.mark.skipif(bool(_RAISON), reason=_RAISON)


def imprimer(page: bytes, dossier: Path) -> list[str]:
    """Le texte de chaque feuille imprimée."""
    (dossier / "page.html").write_bytes(page)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profil = f"--user-data-dir={dossier / 'profil'}"
    sortie = f"--print-to-pdf={dossier / 'page.pdf'}"
    commande = [str(CHROMIUM), *options, profil, sortie, str(dossier / "page.html")]
    subprocess.run(commande, check=True, capture_output=True, timeout=60)
    lecture = [str(PDFTOTEXT), "-layout", str(dossier / "page.pdf"), "-"]
    relu = subprocess.run(lecture, check=True, capture_output=True, timeout=60, encoding="utf-8")
    return relu.stdout.removesuffix("\f").split("\f")


def bords(mot: str, dossier: Path) -> list[float]:
    """Sur la feuille imprimée par `imprimer`, où finit chaque ``mot``, en points de la gauche."""
    lecture = [str(PDFTOTEXT), "-bbox", str(dossier / "page.pdf"), "-"]
    relu = subprocess.run(lecture, check=True, capture_output=True, timeout=60, encoding="utf-8")
    return [float(x) for x in re.findall(rf'xMax="([\d.]+)"[^>]*>{mot}<', relu.stdout)]
