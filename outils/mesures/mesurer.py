"""Le banc de mesure : ``verifier`` et ses pairs, processus entiers, dans la même passe.

    python -m outils.mesures.mesurer [--passes 7]

Chaque commande se joue à tour de rôle ; la table donne les médianes du temps de processeur, les
rapports à openpyxl et la mémoire la plus haute. Une machine bruyante change peu ces rapports.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PREPARER = Path(__file__).with_name("preparer.py")
_FEUILLES = ("Outils", "Prestataires", "Décisions", "Incidents", "Signalements", "Échanges")
_OPENPYXL = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1])"
LECTURE_SEULE = (
    "import openpyxl, sys\n"
    "livre = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)\n"
    "for feuille in livre: [None for ligne in feuille.iter_rows(values_only=True)]"
)
_PANDAS = "import pandas, sys; pandas.read_excel(sys.argv[1], sheet_name=None, engine='calamine')"
_FRICTIONLESS = (
    "import os, sys\n"
    "from frictionless import Dialect, Resource, formats\n"
    "os.chdir(os.path.dirname(sys.argv[1]))\n"
    "for nom in sys.argv[2:]:\n"
    "    dialecte = Dialect(header_rows=[6], controls=[formats.ExcelControl(sheet=nom)])\n"
    "    rapport = Resource(path=os.path.basename(sys.argv[1]), dialect=dialecte).validate()\n"
    "    assert rapport.stats['errors'] >= 0 and rapport.tasks[0].stats.get('rows'), nom"
)


@dataclass(frozen=True)
class Mesure:
    """Secondes médianes et mémoire la plus haute (Mo) d'un processus entier."""

    secondes: float
    memoire: float


def mesurer(commandes: Mapping[str, list[str]], passes: int) -> dict[str, Mesure]:
    """Joue les commandes à tour de rôle, une passe d'échauffement d'abord."""
    temps: dict[str, list[float]] = {nom: [] for nom in commandes}
    memoire = dict.fromkeys(commandes, 0.0)
    for passe in range(passes + 1):
        for nom, commande in commandes.items():
            duree, mega = _jouer(commande)
            if passe:
                temps[nom].append(duree)
            memoire[nom] = max(memoire[nom], mega)
    return {nom: Mesure(statistics.median(temps[nom]), memoire[nom]) for nom in commandes}


def comme_installe() -> None:
    """Chaque module se compile une fois, comme à l'installation, même là où rien ne se garde."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _jouer(commande: list[str]) -> tuple[float, float]:
    """Secondes de processeur et Mo d'un processus ; sans POSIX, sa durée seulement."""
    debut = time.perf_counter()
    if not hasattr(os, "posix_spawn"):
        joue = subprocess.run(commande, capture_output=True, check=False)
        return _exiger(commande, joue.returncode, time.perf_counter() - debut), 0.0
    sorties = [(os.POSIX_SPAWN_OPEN, rang, os.devnull, os.O_WRONLY, 0) for rang in (1, 2)]
    pid = os.posix_spawn(commande[0], commande, os.environ, file_actions=sorties)
    _, code, usage = os.wait4(pid, 0)
    duree = usage.ru_utime + usage.ru_stime
    return _exiger(commande, os.waitstatus_to_exitcode(code), duree), usage.ru_maxrss / 1024


def _exiger(commande: list[str], code: int, duree: float) -> float:
    if code not in (0, 1):
        raise SystemExit(f"{commande} : code {code}")
    return duree


def imprimer(titre: str, mesures: Mapping[str, Mesure], pair: str) -> None:
    """La table d'une mesure ; ``pair`` est celui auquel on se rapporte."""
    print(f"\n{titre}\n{'':34}{'médiane':>10}{'rapport':>10}{'mémoire':>10}")
    for nom, mesure in mesures.items():
        rapport = mesure.secondes / mesures[pair].secondes
        print(f"{nom:34}{mesure.secondes:9.3f}s{rapport:10.2f}{mesure.memoire:8.0f} Mo")


def preparer(dossier: Path, outils: int, fautes: int = 0) -> str:
    """Un classeur généré, par un autre processus : celui-ci doit rester petit pour mesurer."""
    chemin = str(dossier / f"{outils}.xlsx")
    subprocess.run([sys.executable, str(_PREPARER), chemin, str(outils), str(fautes)], check=True)
    return chemin


def hanter(classeur: str, dossier: str) -> str:
    """Le même classeur, un million de lignes fantômes en plus, écrit par un autre processus."""
    chemin = f"{dossier}/fantomes.xlsx"
    programme = (
        "import sys; from pathlib import Path; from outils.mesures.fantomes import hanter; "
        "hanter(Path(sys.argv[1]), Path(sys.argv[2]), 'Outils')"
    )
    racine = str(_PREPARER.parents[2])
    subprocess.run([sys.executable, "-c", programme, classeur, chemin], check=True, cwd=racine)
    return chemin


def mesurer_le_vierge(dossier: str, verifier: list[str], passes: int) -> dict[str, Mesure]:
    """Le classeur vierge : le générer, le contrôler, et le même lu par openpyxl."""
    vierge = f"{dossier}/vierge.xlsx"
    generer = [sys.executable, "-m", "pilotage_xlsx", "generer", vierge, "--force"]
    subprocess.run(generer, check=True, capture_output=True)
    commandes = {
        "pilotage-xlsx generer": generer,
        "pilotage-xlsx verifier": [*verifier, vierge],
        "openpyxl load_workbook": [sys.executable, "-c", _OPENPYXL, vierge],
    }
    return mesurer(commandes, passes)


def main() -> None:
    """Mesure le classeur vierge, 60 lignes par registre, puis 10'000 outils, puis hanté."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--passes", type=int, default=7)
    passes = arguments.parse_args().passes
    comme_installe()
    python = [sys.executable, "-c"]
    verifier = [sys.executable, "-m", "pilotage_xlsx", "verifier", "--format", "json"]
    with tempfile.TemporaryDirectory() as temporaire:
        vierge = mesurer_le_vierge(temporaire, verifier, passes)
        imprimer("Vierge", vierge, "openpyxl load_workbook")
        petit = preparer(Path(temporaire), 60)
        commandes = {
            "pilotage-xlsx verifier": [*verifier, petit],
            "openpyxl load_workbook": [*python, _OPENPYXL, petit],
            "pandas + calamine": [*python, _PANDAS, petit],
            "frictionless validate": [*python, _FRICTIONLESS, petit, *_FEUILLES],
        }
        mesures = mesurer(commandes, passes)
        imprimer("7 feuilles × 60 lignes", mesures, "openpyxl load_workbook")
        rapport = (
            mesures["pilotage-xlsx verifier"].secondes / mesures["frictionless validate"].secondes
        )
        print(f"verifier / frictionless : {rapport:.2f}")
        grand = preparer(Path(temporaire), 10_000)
        commandes = {
            "pilotage-xlsx verifier": [*verifier, grand],
            "openpyxl read_only": [*python, LECTURE_SEULE, grand],
            "pandas + calamine": [*python, _PANDAS, grand],
        }
        imprimer("10'000 outils", mesurer(commandes, max(3, passes // 2)), "openpyxl read_only")
        hante = hanter(petit, temporaire)
        commandes = {"sans": [*verifier, petit], "avec": [*verifier, hante]}
        imprimer("Un million de lignes fantômes", mesurer(commandes, max(3, passes // 2)), "sans")


if __name__ == "__main__":
    main()
