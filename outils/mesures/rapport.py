"""Le banc du rapport : chaque forme, les quatre, et une région, processus entiers.

    python -m outils.mesures.rapport [--passes 5] [--communes 40]

Rend 1 si une borne est passée : 0,8 s par forme, 1,5 s les quatre, 5 s une région.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from subprocess import run

from outils.mesures import region
from pilotage_xlsx.rapport import FORMES

_UNE, _QUATRE, _REGION = 0.8, 1.5, 5.0


def mesurer(entrees: list[Path], sortie: Path, formes: tuple[str, ...], passes: int) -> float:
    """Secondes médianes d'un ``rapport`` de ces classeurs, processus entier."""
    options = [f"--format={forme}" for forme in formes]
    durees = []
    for _ in range(passes):
        shutil.rmtree(sortie, ignore_errors=True)
        commande = [sys.executable, "-m", "pilotage_xlsx", "rapport", *map(str, entrees), *options]
        suite = ["--annee", "2026", "--sortie", str(sortie), "--au", "24.11.2026"]
        debut = time.perf_counter()
        run([*commande, *suite], check=True, capture_output=True)
        durees.append(time.perf_counter() - debut)
    return statistics.median(durees)


def main() -> int:
    """Imprime la table ; rend 1 si une mesure dépasse sa borne."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--passes", type=int, default=5)
    arguments.add_argument("--communes", type=int, default=40)
    choix = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporaire:
        dossier, sortie = Path(temporaire), Path(temporaire, "rapport")
        classeurs = [region.ecrire(dossier, rang) for rang in range(choix.communes)]
        essais = [(forme, classeurs[:1], (forme,), _UNE) for forme in FORMES]
        essais.append(("les quatre", classeurs[:1], FORMES, _QUATRE))
        essais.append((f"{choix.communes} communes, les quatre", classeurs, FORMES, _REGION))
        depassees = 0
        for nom, entrees, formes, borne in essais:
            duree = mesurer(entrees, sortie, formes, choix.passes)
            depassees += duree > borne
            print(f"{nom:28}{duree:7.2f} s   (borne {borne} s)")
    return int(depassees > 0)


if __name__ == "__main__":
    sys.exit(main())
