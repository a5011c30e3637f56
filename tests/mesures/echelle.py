"""Consolider une région et la même chose par pandas, dans la même passe : temps, mémoire.

    python -m tests.mesures.echelle DOSSIER [--passes 1] [--sans-pandas] [--format xlsx]

La mémoire est la somme des processus, relevée vingt fois par seconde. Le pair lit les mêmes
feuilles avec calamine et les concatène ; il ne contrôle rien et n'écrit rien.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_PANDAS = """
import sys
from pathlib import Path
import pandas as pd
feuilles = ["Commune", "Outils", "Prestataires", "Décisions", "Incidents", "Signalements",
            "Échanges"]
lues = {nom: [] for nom in feuilles}
for chemin in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    for nom, table in pd.read_excel(chemin, sheet_name=feuilles, header=5,
                                    engine="calamine").items():
        lues[nom].append(table.assign(fichier=chemin.name))
tables = {nom: pd.concat(parts, ignore_index=True) for nom, parts in lues.items()}
print({nom: len(table) for nom, table in tables.items()})
"""


class Mesure(NamedTuple):
    """Secondes passées, secondes de processeur, Mo (pointe de la somme), ce qui a été dit."""

    secondes: float
    processeur: float
    memoire: float
    dit: str

    def phrase(self, nom: str) -> str:
        """Une ligne de la table, puis ce que la commande a dit."""
        temps = f"{self.secondes:6.1f} s, processeur {self.processeur:6.1f} s"
        return f"{nom:11}: {temps}, {self.memoire:5.0f} Mo\n{self.dit}"


def _processeur() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def mesurer(commande: list[str]) -> Mesure:
    """Joue une commande entière, ses processus compris."""
    debut, pointe, deja = time.perf_counter(), 0.0, _processeur()
    joue = subprocess.Popen(commande, stdout=subprocess.PIPE, text=True)
    while joue.poll() is None:
        pointe = max(pointe, sum(map(_memoire, _famille(joue.pid))))
        time.sleep(0.05)
    duree = time.perf_counter() - debut
    dit = joue.stdout.read() if joue.stdout else ""
    if joue.returncode:
        raise SystemExit(f"{commande} : code {joue.returncode}\n{dit}")
    return Mesure(duree, _processeur() - deja, pointe, dit)


def _famille(pid: int) -> list[int]:
    """Un processus et ses descendants."""
    trouves = [pid]
    for parent in trouves:
        try:
            enfants = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        except OSError:
            continue
        trouves += map(int, enfants)
    return trouves


def _memoire(pid: int) -> float:
    try:
        lignes = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    resident = next((ligne.split()[1] for ligne in lignes if ligne.startswith("VmRSS")), "0")
    return int(resident) / 1024


def main() -> None:
    """Joue les deux tour à tour, et imprime chaque passe."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("dossier", type=Path)
    arguments.add_argument("--passes", type=int, default=1)
    arguments.add_argument("--sans-pandas", action="store_true")
    arguments.add_argument("--format", default="xlsx")
    choix = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporaire:
        sortie = Path(temporaire, f"region.{choix.format}")
        nous = [sys.executable, "-m", "pilotage_xlsx", "consolider", str(choix.dossier),
                "--sortie", str(sortie), "--format", choix.format, "--force"]  # fmt: skip
        pair = [sys.executable, "-c", _PANDAS, str(choix.dossier)]
        for _ in range(choix.passes):
            notre = mesurer(nous)
            print(notre.phrase("consolider"))
            if not choix.sans_pandas:
                son = mesurer(pair)
                print(son.phrase("pandas"))
                print(
                    f"rapport {notre.secondes / son.secondes:.2f}, "
                    f"processeur {notre.processeur / son.processeur:.2f}"
                )
            shutil.rmtree(sortie) if sortie.is_dir() else sortie.unlink()


if __name__ == "__main__":
    main()
