"""LibreOffice sans écran : ce qui manque pour s'en servir, et lui faire tout enregistrer."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

FORMAT = "xlsx:Calc MS Excel 2007 XML"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RAISON = "LibreOffice (soffice) n'est pas installé"


def enregistrer(classeurs: Iterable[Path], dossier: Path) -> None:
    """Ouvre chaque classeur et l'enregistre en .xlsx dans ``dossier``, sous le même nom."""
    if SOFFICE is None:
        raise FileNotFoundError(RAISON)
    profil = (dossier / "profil").resolve().as_uri()
    commande = [SOFFICE, "--headless", "--norestore", f"-env:UserInstallation={profil}"]
    sortie = ["--convert-to", FORMAT, "--outdir", str(dossier)]
    subprocess.run(
        [*commande, *sortie, *map(str, classeurs)], check=True, capture_output=True, timeout=600
    )
