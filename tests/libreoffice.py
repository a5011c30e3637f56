"""LibreOffice sans écran : ce qui manque pour s'en servir, et lui faire tout enregistrer."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

FORMAT = "xlsx:Calc MS Excel 2007 XML"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RAISON = "LibreOffice (soffice) n'est pas installé"


REDEMARRER = (79, 81)
"""Le lanceur de LibreOffice recommence à ces codes : le premier démarrage d'un profil."""

ENVIRONNEMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
"""Sans quoi LibreOffice n'ouvre pas un chemin accentué, là où la langue du poste est « C »."""

_ATTENTE, _ESSAIS = 900, 4


def enregistrer(classeurs: Iterable[Path], dossier: Path) -> None:
    """Ouvre chaque classeur et l'enregistre en .xlsx dans ``dossier``, sous le même nom."""
    convertir(classeurs, dossier, FORMAT)


def convertir(classeurs: Iterable[Path], dossier: Path, forme: str) -> None:
    """Ouvre chaque classeur et l'enregistre sous une autre forme (« ods ») dans ``dossier``."""
    options = ["--headless", "--norestore", f"-env:UserInstallation={_profil()}"]
    sortie = ["--convert-to", forme, "--outdir", str(dossier)]
    _lancer([_programme(), *options, *sortie, *map(str, classeurs)])


@cache
def _profil() -> str:
    """Un profil pour tout le passage : son premier démarrage coûte dix fois les suivants."""
    _GARDES.append(TemporaryDirectory(prefix="libreoffice-", ignore_cleanup_errors=True))
    return Path(_GARDES[0].name).resolve().as_uri()


_GARDES: list[TemporaryDirectory[str]] = []
"""Effacé avec le processus des essais."""


def _programme() -> str:
    """Le programme lui-même : son lanceur ne rend parfois jamais la main (vu)."""
    if SOFFICE is None:
        raise FileNotFoundError(RAISON)
    programme = Path(SOFFICE).resolve().with_name("soffice.bin")
    return str(programme) if programme.exists() else SOFFICE


def _lancer(commande: list[str]) -> None:
    for _ in range(_ESSAIS):
        try:
            joue = subprocess.run(
                commande, capture_output=True, check=False, timeout=_ATTENTE, env=ENVIRONNEMENT
            )
        except subprocess.TimeoutExpired:
            continue
        if joue.returncode not in REDEMARRER:
            joue.check_returncode()
            return
    raise TimeoutError(f"LibreOffice ne répond pas : {' '.join(commande[:3])}")
