"""Une région : la contrôler, la consolider, la rapprocher, en faire le rapport, et la lire par
pandas ; temps, mémoire.

    python -m outils.mesures.echelle DOSSIER [--passes 1] [--sans-pandas] [--format xlsx]
    python -m outils.mesures.echelle DOSSIER --tout [--passes 1]
    python -m outils.mesures.echelle DOSSIER --controle [--passes 1] [--format texte]

La mémoire est la somme des processus, relevée vingt fois par seconde. Le pair lit les mêmes
feuilles avec calamine et les concatène ; il ne contrôle rien et n'écrit rien.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from outils.mesures.mesurer import comme_installe

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
    with tempfile.TemporaryFile("w+") as sortie:
        joue = subprocess.Popen(commande, stdout=sortie, text=True)
        while joue.poll() is None:
            pointe = max(pointe, sum(map(_memoire, _famille(joue.pid))))
            time.sleep(0.05)
        duree = time.perf_counter() - debut
        sortie.seek(0)
        dit = "".join(deque(sortie, 2))
    if joue.returncode not in (0, 1):
        raise SystemExit(f"{commande} : code {joue.returncode}\n{dit}")
    return Mesure(duree, _processeur() - deja, pointe, dit)


def _famille(pid: int) -> list[int]:
    """Un processus et ses descendants, de quelque fil qu'ils soient nés."""
    trouves = [pid]
    for parent in trouves:
        for fil in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                trouves += map(int, fil.read_text().split())
            except OSError:  # le processus vient de finir
                continue
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
    arguments.add_argument("--controle", action="store_true")
    arguments.add_argument("--tout", action="store_true")
    arguments.add_argument("--format")
    choix = arguments.parse_args()
    comme_installe()
    if choix.controle:
        _mesurer_le_controle(choix.dossier, choix.format or "texte", choix.passes)
    else:
        _mesurer_la_consolidation(choix)


def _mesurer_le_controle(dossier: Path, forme: str, passes: int) -> None:
    verifier = [sys.executable, "-m", "pilotage_xlsx", "verifier", str(dossier), "--format", forme]
    for _ in range(passes):
        mesure = mesurer(verifier)
        print(mesure._replace(dit=mesure.dit[-200:]).phrase(f"verifier {forme}"))


def _mesurer_la_consolidation(choix: argparse.Namespace) -> None:
    forme = choix.format or "xlsx"
    with tempfile.TemporaryDirectory() as temporaire:
        verbes = {"consolider": ["--sortie", f"{temporaire}/region.{forme}", "--format", forme]}
        if choix.tout:
            verbes["mutualiser"] = ["--sortie", f"{temporaire}/occasions.xlsx"]
            verbes["rapport"] = ["--sortie", f"{temporaire}/rapport", "--annee", "2026"]
        for _ in range(choix.passes):
            _mesurer_une_passe(choix, verbes)


def _mesurer_une_passe(choix: argparse.Namespace, verbes: Mapping[str, list[str]]) -> None:
    """Chaque verbe, puis le pair, s'il le faut, et leur rapport."""
    notres: dict[str, Mesure] = {}
    for verbe, suite in verbes.items():
        commande = [sys.executable, "-m", "pilotage_xlsx", verbe, str(choix.dossier), *suite]
        notres[verbe] = mesurer([*commande, "--au", "24.11.2026", "--force"])
        print(notres[verbe].phrase(verbe), flush=True)
    if choix.sans_pandas:
        return
    son = mesurer([sys.executable, "-c", _PANDAS, str(choix.dossier)])
    print(son.phrase("pandas"))
    for verbe, notre in notres.items():
        temps, peine = notre.secondes / son.secondes, notre.processeur / son.processeur
        print(f"{verbe} : rapport {temps:.2f}, processeur {peine:.2f}")


if __name__ == "__main__":
    main()
