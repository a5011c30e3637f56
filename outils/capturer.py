"""Refait les captures du classeur à l'écran (``docs/images``), dans un LibreOffice réel.

    /usr/bin/python3 -m outils.capturer

À lancer avec le Python qui connaît LibreOffice. Demande ``Xvfb`` et ``import`` (ImageMagick) :
l'écran a 1366 × 768 points, et l'image n'en garde que la feuille.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bureau import bureau_de, libreoffice

_RACINE = Path(__file__).resolve().parents[1]
_IMAGES = (
    ("outils", "roche-claire-2026", "Outils"),
    ("tableau-de-bord", "valmarin-2026", "Tableau de bord"),
)
_SERVEUR, _ECRAN, _FEUILLE = ":96", "1366x768", "1304x570+0+{haut}"
_HAUTS = {"Outils": 138, "Tableau de bord": 109}
"""Où commence la feuille : plus bas, là où des colonnes se replient."""
_DELAI = 5
"""Secondes pour que l'écran se dessine."""


def _capturer(bureau: Any, classeur: Path, nom: str, image: Path) -> None:
    document = bureau.loadComponentFromURL(classeur.as_uri(), "_blank", 0, ())
    ecran = document.CurrentController
    ecran.Frame.ContainerWindow.setPosSize(0, 0, *map(int, _ECRAN.split("x")), 15)
    feuille = document.Sheets.getByName(nom)
    ecran.setActiveSheet(feuille)
    ecran.select(feuille.getCellByPosition(0, 0))
    time.sleep(_DELAI)
    coupe = _FEUILLE.format(haut=_HAUTS[nom])
    options = ("-crop", coupe, "+repage", "+dither", "-colors", "160", "-strip")
    subprocess.run(
        ["import", "-display", _SERVEUR, "-window", "root", *options, f"png8:{image}"], check=True
    )
    document.close(True)


def main() -> None:
    """Chaque image, d'après une copie de son exemple : LibreOffice pose un verrou à côté."""
    serveur = subprocess.Popen(["Xvfb", _SERVEUR, "-screen", "0", f"{_ECRAN}x24"])
    try:
        with tempfile.TemporaryDirectory() as temporaire, libreoffice(_SERVEUR) as contexte:
            bureau = bureau_de(contexte)
            for image, exemple, feuille in _IMAGES:
                copie = Path(shutil.copy(_RACINE / "exemples" / f"{exemple}.xlsx", temporaire))
                _capturer(bureau, copie, feuille, _RACINE / "docs" / "images" / f"{image}.png")
    finally:
        serveur.kill()


if __name__ == "__main__":
    main()
