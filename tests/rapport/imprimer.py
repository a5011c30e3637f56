"""Imprimer une page HTML comme un vrai navigateur, et relire chaque feuille."""

from __future__ import annotations

import atexit
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.navigateur.chromium import Chromium, Page, trouver

PDFTOTEXT = shutil.which("pdftotext")
POLICES = {"Carlito", "Calibri"}
"""La police que les pages demandent d'abord, sous ses deux noms ; plus large, elle déborderait."""


def _raison_de_renoncer() -> str:
    """Ce qui manque sur cette machine pour imprimer et relire ; vide si tout est là."""
    if not (trouver() and PDFTOTEXT):
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
    (dossier / "page.pdf").write_bytes(_onglet().imprimer(dossier / "page.html"))
    lecture = [str(PDFTOTEXT), "-layout", str(dossier / "page.pdf"), "-"]
    relu = subprocess.run(lecture, check=True, capture_output=True, timeout=60, encoding="utf-8")
    return relu.stdout.removesuffix("\f").split("\f")


@cache
def _onglet() -> Page:
    """L'onglet où toutes s'impriment, l'une après l'autre."""
    _GARDES.append(TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True))
    chromium = Chromium(Path(_GARDES[0].name))
    atexit.register(chromium.fermer)
    return chromium.ouvrir("about:blank")


_GARDES: list[TemporaryDirectory[str]] = []
"""Effacé avec le processus des essais."""


def bords(mot: str, dossier: Path) -> list[float]:
    """Sur la feuille imprimée par `imprimer`, où finit chaque ``mot``, en points de la gauche."""
    lecture = [str(PDFTOTEXT), "-bbox", str(dossier / "page.pdf"), "-"]
    relu = subprocess.run(lecture, check=True, capture_output=True, timeout=60, encoding="utf-8")
    return [float(x) for x in re.findall(rf'xMax="([\d.]+)"[^>]*>{mot}<', relu.stdout)]
