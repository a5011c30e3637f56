"""``python -m tests.moteurs CLASSEUR…`` : ce que chaque moteur trouve, contre ce qui y est écrit.

``--ecarts`` montre aussi le premier écart de chaque colonne.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.moteurs.bilan import Bilan, comparer
from tests.moteurs.fichiers import lire_classeur
from tests.moteurs.moteurs import MOTEURS, Moteur, MoteurEnPanne
from tests.tableaux import AU


def main(arguments: list[str]) -> None:
    """Un tableau : le classeur, le moteur, ses comptes, ses secondes."""
    chemins = [Path(argument) for argument in arguments if not argument.startswith("--")]
    print(f"{'moteur':12} {'égales':>7} {'diff.':>7} {'passées':>7} {'s':>6}  classeur")
    for chemin in chemins:
        for moteur in MOTEURS:
            _montrer(chemin, moteur, avec_les_ecarts="--ecarts" in arguments)


def _montrer(chemin: Path, moteur: Moteur, *, avec_les_ecarts: bool) -> None:
    if absence := moteur.absence():
        print(f"{moteur.nom:12} {absence}")
        return
    debut = time.monotonic()
    try:
        bilan = _calculer(chemin, moteur)
    except MoteurEnPanne as panne:
        print(f"{moteur.nom:12} {panne}")
        return
    comptes = (bilan.egales, len(bilan.ecarts), bilan.passees.total())
    colonnes = " ".join(f"{compte:7}" for compte in comptes)
    print(f"{moteur.nom:12} {colonnes} {time.monotonic() - debut:6.1f}  {chemin.name}")
    if avec_les_ecarts:
        print(bilan.dire())


def _calculer(chemin: Path, moteur: Moteur) -> Bilan:
    classeur = lire_classeur(chemin)
    with tempfile.TemporaryDirectory() as dossier:
        (obtenues,) = moteur.calculer([chemin], Path(dossier), AU)
    return comparer(moteur, classeur, classeur.valeurs, obtenues)


if __name__ == "__main__":
    main(sys.argv[1:])
