"""Refait les images des guides (``docs/images``) d'après ce que les commandes écrivent.

Demande ``soffice`` (LibreOffice), ``pdftoppm`` (poppler) et ``convert`` (ImageMagick). Les captures
du classeur à l'écran : `outils.capturer`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from pilotage_xlsx.commandes import executer

RACINE = Path(__file__).resolve().parent.parent
IMAGES = RACINE / "docs" / "images"
EXEMPLES = RACINE / "exemples"
AU = ("--au", "24.11.2026")
_LARGEUR, _COULEURS = 900, 32
_VALMARIN, _PASSE = EXEMPLES / "valmarin-2026.xlsx", EXEMPLES / "valmarin-2025.xlsx"
_ESSARTS = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"


def urgence(dossier: Path) -> Path:
    """La fiche d'urgence."""
    return _jouer("fiche", "urgence", _VALMARIN, "--sortie", dossier / "urgence.pdf")


def decision(dossier: Path) -> Path:
    """La fiche d'une décision."""
    sortie = dossier / "decision.pdf"
    return _jouer("fiche", "decision", _VALMARIN, "D-2026-003", "--sortie", sortie)


def rapport(dossier: Path) -> Path:
    """La première page du rapport."""
    annee = ("--annee", "2026", "--precedent", _PASSE)
    _jouer("rapport", _VALMARIN, *annee, "--format", "pdf", "--sortie", dossier)
    return dossier / "rapport-valmarin-2026.pdf"


def a_corriger(dossier: Path) -> Path:
    """La feuille « À corriger » d'une copie annotée, telle que LibreOffice l'imprime."""
    _jouer("verifier", _ESSARTS, "--annoter", dossier)
    profil = f"-env:UserInstallation={(dossier / 'profil').as_uri()}"
    options = ("--headless", "--convert-to", "pdf", "--outdir", str(dossier))
    (copie,) = dossier.glob("*-annote.xlsx")
    subprocess.run(
        ["soffice", profil, *options, str(copie)], check=True, capture_output=True, timeout=120
    )
    return copie.with_suffix(".pdf")


_IMAGES: dict[str, tuple[Callable[[Path], Path], int]] = {
    "fiche-urgence": (urgence, 76),
    "fiche-decision": (decision, 76),
    "rapport": (rapport, 76),
    "a-corriger": (a_corriger, 70),
}
"""Chaque image : le PDF dont elle est la première page, et la part du haut qui en est gardée."""


def main() -> int:
    """Écrit toutes les images."""
    for nom, (ecrire, part) in _IMAGES.items():
        with tempfile.TemporaryDirectory() as temporaire:
            dessiner(ecrire(Path(temporaire)), IMAGES / f"{nom}.png", part)
    return 0


def _jouer(*arguments: object) -> Path:
    """Joue une commande ; rend son dernier argument, sa sortie."""
    if executer([*map(str, arguments), *AU]) > 1:
        raise SystemExit(f"{arguments[0]} n'a pas abouti.")
    return Path(str(arguments[-1]))


def dessiner(pdf: Path, image: Path, part: int) -> None:
    """Le haut de la première page, en peu de couleurs, bordé d'un trait."""
    page = pdf.with_suffix("")
    taille = ["-scale-to-x", str(_LARGEUR), "-scale-to-y", "-1"]
    commande = ["pdftoppm", "-png", "-singlefile", *taille, str(pdf), str(page)]
    subprocess.run(commande, check=True, stderr=subprocess.DEVNULL)
    haut = ["-gravity", "north", "-crop", f"100x{part}%+0+0", "+repage"]
    trait = ["-bordercolor", "#D3DCE6", "-border", "2", "-strip", "-colors", str(_COULEURS)]
    subprocess.run(["convert", f"{page}.png", *haut, *trait, f"PNG8:{image}"], check=True)


if __name__ == "__main__":
    sys.exit(main())
