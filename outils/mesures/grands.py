"""Les grands registres : une ligne de plus coûte-t-elle ce que coûtait la première ?

    python -m outils.mesures.grands [--passes 5] [--sans-libreoffice]

Les nôtres, propres et fautifs, puis les mêmes enregistrés par openpyxl (textes sur place) et par
LibreOffice, qui écrivent chaque formule en entier. De chacun, le temps de processeur de `verifier`,
ce qu'en fait une ligne, et son rapport à openpyxl en lecture seule.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from outils.mesures.mesurer import LECTURE_SEULE, mesurer, preparer

_RECRIRE = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"
_ENTIER = 10_000
_D_UN_TABLEUR = 1_000
"""LibreOffice met des minutes à enregistrer davantage."""


class Cas(NamedTuple):
    """Un classeur à mesurer : tant d'outils, tant de fautes, enregistré par qui."""

    outils: int
    fautes: int = 0
    par: str = "nous"

    @property
    def nom(self) -> str:
        """« 10000 lignes, 4000 fautes, openpyxl »."""
        return f"{self.outils} lignes, {self.fautes} fautes, {self.par}"

    def ecrire(self, dossier: Path) -> str:
        """Le classeur, enregistré par ce tableur."""
        notre = preparer(dossier, self.outils, self.fautes)
        autre = dossier / self.par / Path(notre).name
        autre.parent.mkdir(exist_ok=True)
        if self.par == "openpyxl":
            subprocess.run([sys.executable, "-c", _RECRIRE, notre, str(autre)], check=True)
        elif self.par == "libreoffice":
            profil = f"-env:UserInstallation={(dossier / 'profil').as_uri()}"
            sortie = ["--convert-to", "xlsx", "--outdir", str(autre.parent)]
            commande = ["soffice", profil, "--headless", *sortie, notre]
            subprocess.run(commande, check=True, capture_output=True)
        else:
            return notre
        return str(autre)


CAS = (
    Cas(1_000),
    Cas(_ENTIER),
    Cas(19_000),
    Cas(_ENTIER, 3_700),
    Cas(_ENTIER, 12_500),
    Cas(1_000, par="openpyxl"),
    Cas(_ENTIER, par="openpyxl"),
    Cas(_ENTIER, 12_500, par="openpyxl"),
    Cas(_D_UN_TABLEUR, par="libreoffice"),
    Cas(_D_UN_TABLEUR, 1_250, par="libreoffice"),
)


def main() -> None:
    """Imprime une ligne par cas."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--passes", type=int, default=5)
    arguments.add_argument("--sans-libreoffice", action="store_true")
    choix = arguments.parse_args()
    print(f"{'':44}{'médiane':>9}{'µs/ligne':>10}{'rapport':>9}{'mémoire':>10}")
    for cas in CAS:
        if choix.sans_libreoffice and cas.par == "libreoffice":
            continue
        with tempfile.TemporaryDirectory() as temporaire:
            classeur = cas.ecrire(Path(temporaire))
            verifier = [sys.executable, "-m", "pilotage_xlsx", "verifier", "--format", "json"]
            commandes = {
                "nous": [*verifier, classeur],
                "pair": [sys.executable, "-c", LECTURE_SEULE, classeur],
            }
            mesures = mesurer(commandes, choix.passes)
        nous, pair = mesures["nous"], mesures["pair"]
        print(
            f"{cas.nom:44}{nous.secondes:8.3f}s{nous.secondes / cas.outils * 1e6:10.0f}"
            f"{nous.secondes / pair.secondes:9.2f}{nous.memoire:7.0f} Mo"
        )


if __name__ == "__main__":
    main()
