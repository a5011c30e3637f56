"""Refait les images des guides (``docs/images``) d'après les PDF que les commandes écrivent.

Demande ``pdftoppm`` (poppler) et ``convert`` (ImageMagick). Les captures du classeur se font à la
main, dans LibreOffice.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from pilotage_xlsx.commandes import executer

RACINE = Path(__file__).resolve().parent.parent
IMAGES = RACINE / "docs" / "images"
EXEMPLES = RACINE / "exemples"
AU = ("--au", "24.11.2026")
_LARGEUR, _COULEURS, _HAUT = 900, 32, 76


def main() -> int:
    """Écrit les trois images, chacune la première page d'un PDF, sans son bas vide."""
    classeur = str(EXEMPLES / "valmarin-2026.xlsx")
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        rapport = ("--annee", "2026", "--precedent", str(EXEMPLES / "valmarin-2025.xlsx"))
        for nom, arguments, sortie in (
            ("fiche-urgence", ("fiche", "urgence", classeur), "urgence.pdf"),
            ("fiche-decision", ("fiche", "decision", classeur, "D-2026-003"), "decision.pdf"),
            ("rapport", ("rapport", classeur, *rapport, "--format", "pdf"), "rapport"),
        ):
            if code := executer([*arguments, "--sortie", str(dossier / sortie), *AU]):
                return code
            cible = dossier / sortie
            dessiner(cible if cible.is_file() else next(cible.glob("*.pdf")), IMAGES / f"{nom}.png")
    return 0


def dessiner(pdf: Path, image: Path) -> None:
    """La première page du PDF, en peu de couleurs, bordée d'un trait."""
    page = image.with_suffix(".tmp")
    commande = [
        "pdftoppm",
        "-png",
        "-singlefile",
        "-scale-to-x",
        str(_LARGEUR),
        "-scale-to-y",
        "-1",
    ]
    subprocess.run([*commande, str(pdf), str(page)], check=True, stderr=subprocess.DEVNULL)
    brut = page.with_name(page.name + ".png")
    haut = ["-gravity", "north", "-crop", f"100x{_HAUT}%+0+0", "+repage"]
    finition = [
        *haut,
        "-bordercolor",
        "#D3DCE6",
        "-border",
        "2",
        "-strip",
        "-colors",
        str(_COULEURS),
    ]
    subprocess.run(["convert", str(brut), *finition, f"PNG8:{image}"], check=True)
    brut.unlink()


if __name__ == "__main__":
    sys.exit(main())
