"""Le banc de l'annotation : ``verifier --annoter`` et openpyxl, processus entiers, à tour de rôle.

    python -m outils.mesures.annotation [--passes 7]

Le pair charge et enregistre le même classeur : ce qu'il faudrait pour y écrire des notes avec
openpyxl, qui en perdrait en chemin une partie (valeurs enregistrées, extensions, fils, macros).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from mesurer import imprimer, mesurer, preparer

_PAIR = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"


def main() -> None:
    """Mesure un classeur de 60 lignes par registre."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--passes", type=int, default=7)
    passes = arguments.parse_args().passes
    with tempfile.TemporaryDirectory() as dossier:
        classeur = preparer(Path(dossier), 60)
        outil = [sys.executable, "-m", "pilotage_xlsx"]
        commandes = {
            "verifier": [*outil, "verifier", classeur],
            "verifier --annoter": [*outil, "verifier", classeur, "--annoter", dossier, "--force"],
            "corriger": [*outil, "corriger", classeur, "--force"],
            "openpyxl charger, enregistrer": [
                sys.executable, "-c", _PAIR, classeur, str(Path(dossier, "pair.xlsx"))
            ],
        }  # fmt: skip
        imprimer(
            "7 feuilles × 60 lignes", mesurer(commandes, passes), "openpyxl charger, enregistrer"
        )


if __name__ == "__main__":
    main()
