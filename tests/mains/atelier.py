"""LibreOffice prêt à faire des gestes sur un classeur rempli : un seul les fait tous."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Font

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from tests.libreoffice import SOFFICE
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

TESTS = Path(__file__).resolve().parent.parent
DONNEES = TESTS.parent / "exemples" / "donnees" / "valmarin-2026.json"
PYTHONS = ("/usr/bin/python3", "python3")
RAISON = "LibreOffice et son Python (python3-uno) ne sont pas installés"

PREPAREES = (12, 6, 60)
"""Lignes prêtes, de réserve, au-delà : assez pour que chaque geste y trouve sa place."""


def _python_de_libreoffice() -> str | None:
    """Le Python qui connaît LibreOffice, s'il est là."""
    for python in filter(shutil.which, PYTHONS):
        essai = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
        if essai.returncode == 0:
            return python
    return None


PYTHON = _python_de_libreoffice() if SOFFICE else None


class Mains(NamedTuple):
    """Le dossier des classeurs, et les mains de LibreOffice, à qui demander un geste."""

    dossier: Path
    programme: subprocess.Popen[str]

    def faire(self, geste: str) -> None:
        """Fait un geste, sauf s'il l'est déjà."""
        if (self.dossier / f"{geste}.xlsx").exists():
            return
        entree, sortie = self.programme.stdin, self.programme.stdout
        assert entree
        assert sortie
        print(geste, file=entree, flush=True)
        assert sortie.readline().strip() == geste


@contextmanager
def ouvrir_les_mains(
    ici: Path, preparees: tuple[int, int, int] = PREPAREES, lignes: int | None = None
) -> Iterator[Mains]:
    """Le classeur rempli (« source.xlsx »), et de quoi y faire chaque geste.

    ``lignes`` : combien au plus de chaque registre ; toutes, sinon.
    """
    donnees = json.loads(DONNEES.read_text("utf-8"))
    courtes = {nom: d[:lignes] if isinstance(d, list) else d for nom, d in donnees.items()}
    registre, _ = lire_donnees(courtes, modele(), DONNEES)
    with petites_tables(*preparees):
        (ici / "source.xlsx").write_bytes(generer(modele(), registre, AU))
    _ecrire_un_etranger(ici / "etranger.xlsx")
    gestes = [str(PYTHON), str(TESTS / "mains" / "gestes.py")]
    arguments = [str(ici / "source.xlsx"), str(ici / "etranger.xlsx"), str(ici)]
    environnement = {**os.environ, "PYTHONPATH": str(TESTS)}
    with subprocess.Popen(
        [*gestes, *arguments], env=environnement, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as programme:  # fmt: skip
        yield Mains(ici, programme)
        programme.communicate(timeout=60)
    assert programme.returncode == 0


def _ecrire_un_etranger(chemin: Path) -> None:
    """Un autre classeur, avec ses formats à lui."""
    livre = Workbook()
    page = livre.worksheets[0]
    for rangee in (["Vélos", "Autre", "Accessoire"], ["Drone", "autre", "Vital"], ["Borne"]):
        page.append(rangee)
    page["A1"].font, page["C1"].number_format = Font(name="Comic Sans MS", size=20), "0.00%"
    livre.save(chemin)
