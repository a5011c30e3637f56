"""Ce que coûte une frappe dans LibreOffice : une cellule changée, toutes les autres relues.

    python -m outils.mesures.frappe [--lignes 60 180 500] [--classeur FICHIER]

Chaque registre a autant de lignes. Une frappe change une cellule ordinaire, une clé d'outil, un
numéro de décision ; puis toutes les feuilles se relisent, ce qui oblige à tout recalculer. La
relecture seule, mesurée à côté, s'en retranche. ``--classeur`` : mesurer aussi un classeur déjà
fait (celui d'une autre version) de ce même nombre de lignes.

Les secondes sont celles du processeur, que ce qui tourne à côté ne change guère ; LibreOffice n'y
travaille que sur un fil à la fois : une machine libre met autant au mur.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

_RACINE = Path(__file__).resolve().parents[2]
_FRAPPES = (
    ("Outils", "remarques", "une cellule ordinaire"),
    ("Outils", "criticite", "une criticité"),
    ("Outils", "nom", "le nom d'un outil"),
    ("Prestataires", "nom", "le nom d'un prestataire"),
    ("Décisions", "numero", "un numéro de décision"),
)
_FOIS = 5


def composer(dossier: Path, lignes: int) -> Path:
    """Un classeur dont chaque registre a ``lignes`` lignes, tirées au hasard."""
    from pilotage_xlsx.generation import generer
    from pilotage_xlsx.gestes.modele import en_donnees
    from pilotage_xlsx.lecture.donnees import lire_donnees
    from tests.hasard import tirer
    from tests.tableaux import AU, modele

    chemin = dossier / f"{lignes}.xlsx"
    registre, _ = lire_donnees(tirer(en_donnees(modele()), Random(1), lignes), modele(), chemin)
    chemin.write_bytes(generer(modele(), registre, AU))
    return chemin


def mesurer(chemins: list[Path]) -> None:
    """Dans le Python de LibreOffice : imprime une ligne par classeur et par frappe."""
    sys.path.insert(0, str(_RACINE / "tests"))
    from bureau import bureau_de, libreoffice, propriete  # type: ignore[import-not-found]
    from mains.gestes import Table  # type: ignore[import-not-found]

    with libreoffice() as contexte:
        bureau = bureau_de(contexte)
        for chemin in chemins:
            debut = _processeur()
            options = (propriete("Hidden", True),)
            document = bureau.loadComponentFromURL(chemin.as_uri(), "_blank", 0, options)
            print(f"{chemin.name} : ouvert en {_processeur() - debut:.2f} s", flush=True)
            _relire(document)
            relecture = _chronometrer(lambda document=document: _relire(document))
            for feuille, colonne, mots in _FRAPPES:
                cellule = Table(document, feuille).cellule(colonne, 3)
                duree = _frapper(document, cellule) - relecture
                print(f"{chemin.name} : {mots} : {max(duree, 0):.3f} s", flush=True)
            document.close(True)


def _frapper(document: Any, cellule: Any) -> float:
    avant = cellule.String

    def taper(texte: str) -> None:
        cellule.String = texte
        _relire(document)

    duree = _chronometrer(lambda: taper(f"{avant}x"))
    taper(avant)
    return duree


def _relire(document: Any) -> None:
    """Toutes les cellules utilisées : une formule à recalculer l'est."""
    for rang in range(document.Sheets.Count):
        curseur = document.Sheets.getByIndex(rang).createCursor()
        curseur.gotoEndOfUsedArea(False)
        curseur.expandToEntireColumns()
        fin = curseur.RangeAddress.EndColumn
        curseur.gotoEndOfUsedArea(False)
        bas = curseur.RangeAddress.EndRow
        document.Sheets.getByIndex(rang).getCellRangeByPosition(0, 0, fin, bas).getDataArray()


def _chronometrer(faire: Callable[[], None]) -> float:
    """La médiane de quelques fois, en secondes."""
    durees = []
    for _ in range(_FOIS):
        debut = _processeur()
        faire()
        durees.append(_processeur() - debut)
    return median(durees)


def _processeur() -> float:
    """Les secondes de processeur de nos enfants : LibreOffice, qui tourne à côté."""
    numeros = (int(processus.name) for processus in Path("/proc").glob("[0-9]*"))
    total = 0.0
    for numero in numeros:
        with suppress(OSError):  # il vient de finir
            if os.getpgid(numero) == os.getpgrp() and numero != os.getpid():
                total += time.clock_gettime(_horloge_de(numero))
    return total


def _horloge_de(processus: int) -> int:
    """L'horloge de processeur d'un autre processus, tous ses fils compris (clock_getcpuclockid)."""
    return ~processus << 3 | 2


def main() -> None:
    """Compose les classeurs, puis les confie au Python qui connaît LibreOffice."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--lignes", type=int, nargs="+", default=[60, 180, 500])
    arguments.add_argument("--classeur", type=Path, nargs="*", default=[])
    arguments.add_argument("--mesurer", type=Path, nargs="+", help=argparse.SUPPRESS)
    choix = arguments.parse_args()
    if choix.mesurer:
        mesurer(choix.mesurer)
        return
    from tests.mains.atelier import PYTHON

    if PYTHON is None:
        sys.exit("Il faut LibreOffice et son Python (python3-uno).")
    with tempfile.TemporaryDirectory() as temporaire:
        composes = [composer(Path(temporaire), lignes) for lignes in choix.lignes]
        vus = [*choix.classeur, *composes]
        subprocess.run([PYTHON, __file__, "--mesurer", *map(str, vus)], check=True)


if __name__ == "__main__":
    main()
