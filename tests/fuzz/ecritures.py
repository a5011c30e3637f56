"""Les commandes qui écrivent, prêtes à jouer dans un dossier neuf : arguments, départ, sorties."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copy
from typing import NamedTuple

from pilotage_xlsx.generation import generer
from pilotage_xlsx.modele.chargement import dossier_livre
from pilotage_xlsx.registre import Registre
from tests.petites_tables import petites_tables
from tests.tableaux import AU as AUJOURD_HUI
from tests.tableaux import modele

AU = ("--au", "24.11.2026", "--force")
_EXEMPLES = dossier_livre("exemples")
_CLASSEUR, _AVANT = "valmarin-2026.xlsx", "valmarin-2025.xlsx"
_BEAUCOUP = 16
"""Avec l'exemple, assez de classeurs pour que l'atelier démarre ses processus."""


class Verbe(NamedTuple):
    """Une commande : ses arguments, joués dans un dossier que ``depart`` a rempli.

    ``changeantes`` : les sorties qui portent un instant ou un nombre au hasard. ``journaux`` : les
    fichiers reçus que la commande complète.
    """

    nom: str
    arguments: tuple[str, ...]
    depart: Callable[[Path], None]
    changeantes: tuple[str, ...] = ()
    journaux: tuple[str, ...] = ()
    est_long: bool = False

    def est_bonne(self, nom: str, octets: bytes, attendus: bytes) -> bool:
        """Vrai pour la sortie entière : la même, à l'octet près si elle ne change pas."""
        if nom.endswith(self.changeantes) and self.changeantes:
            return len(octets) > 0.9 * len(attendus) and octets[-1:] == attendus[-1:]
        return octets == attendus


def preparer(verbe: Verbe, dossier: Path) -> Path:
    """Remplit un dossier neuf de ce que la commande reçoit."""
    dossier.mkdir()
    verbe.depart(dossier)
    return dossier


def _un(dossier: Path) -> None:
    copy(_EXEMPLES / _CLASSEUR, dossier)


def _deux(dossier: Path) -> None:
    for nom in (_CLASSEUR, _AVANT):
        copy(_EXEMPLES / nom, dossier)


def _donnees(dossier: Path) -> None:
    copy(_EXEMPLES / "donnees" / "valmarin-2026.json", dossier / "donnees.json")


def _beaucoup(dossier: Path) -> None:
    (dossier / "communes").mkdir()
    for rang in range(_BEAUCOUP):
        (dossier / "communes" / f"{rang:02}.xlsx").write_bytes(_vierge())
    copy(_EXEMPLES / _CLASSEUR, dossier / "communes")


@cache
def _vierge() -> bytes:
    with petites_tables():
        return generer(modele(), Registre(Path("vierge.xlsx")), AUJOURD_HUI)


def _annote(dossier: Path) -> None:
    _un(dossier)
    _jouer(dossier, "verifier", _CLASSEUR, "--annoter", ".", *AU)
    (dossier / _CLASSEUR).unlink()


def _a_corriger(dossier: Path) -> None:
    """Un classeur où il y a de quoi réparer : un blanc en bord et une date tapée en texte."""
    from openpyxl import load_workbook

    livre = load_workbook(_EXEMPLES / _CLASSEUR)
    livre["Outils"]["B7"] = f"  {livre['Outils']['B7'].value} "
    livre["Outils"]["B8"] = f"{livre['Outils']['B8'].value}  "
    livre.save(dossier / _CLASSEUR)


def _rapport(dossier: Path) -> None:
    _un(dossier)
    _jouer(dossier, "rapport", _CLASSEUR, "--annee", "2026", "--sortie", "rapport", *AU)


def _jouer(dossier: Path, *arguments: str) -> None:
    commande = [sys.executable, "-m", "pilotage_xlsx", *arguments]
    joue = subprocess.run(commande, cwd=dossier, capture_output=True, check=False)
    assert joue.returncode in (0, 1), joue.stderr.decode()


VERBES = (
    Verbe("generer", ("generer", "neuf.xlsx", "--depuis", "donnees.json", *AU), _donnees),
    Verbe("verifier", ("verifier", "communes", "--format", "json", "--sortie", "c.json", *AU),
          _beaucoup),
    Verbe("annoter", ("verifier", "communes", "--annoter", "copies", *AU), _beaucoup),
    Verbe("retirer", ("verifier", "valmarin-2026-annote.xlsx", "--retirer", *AU), _annote),
    Verbe("corriger", ("corriger", _CLASSEUR, "--force"), _a_corriger),
    Verbe("consolider", ("consolider", "communes", "--sortie", "c.xlsx", *AU), _beaucoup),
    Verbe("consolider-csv",
          ("consolider", "communes", "--format", "csv", "--sortie", "c", *AU), _beaucoup),
    Verbe("consolider-parquet",
          ("consolider", "communes", "--format", "parquet", "--sortie", "c", *AU), _beaucoup),
    Verbe("mutualiser", ("mutualiser", "communes", "--sortie", "m.xlsx", *AU), _beaucoup),
    Verbe("rapport",
          ("rapport", _CLASSEUR, "--annee", "2026", "--sortie", "rapport", *AU), _un),
    Verbe("fiche", ("fiche", "urgence", _CLASSEUR, "--sortie", "urgence.pdf", *AU), _un),
    Verbe("echeances", ("echeances", "communes", "--sortie", "e.ics", *AU), _beaucoup),
    Verbe("envoyer", ("envoyer", "rapport", "--brouillon", "courriel.eml", *AU), _rapport,
          changeantes=(".eml",)),
    Verbe("comparer",
          ("comparer", _AVANT, _CLASSEUR, "--format", "html", "--sortie", "e.html", *AU), _deux),
    Verbe("demo", ("demo", "demo", *AU), lambda dossier: None, changeantes=(".eml",),
          est_long=True),
)  # fmt: skip
