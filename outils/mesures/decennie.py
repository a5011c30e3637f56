"""Dix ans d'une région : ses classeurs recopiés, l'année de la feuille Commune changée.

    python -m outils.mesures.decennie REGION DOSSIER [--annees 10]

Sert à mesurer `consolider` sur 21'000 classeurs sans les composer un à un : les lignes d'une
commune y sont les mêmes chaque année, ce qui ne change rien au travail de lecture ni d'écriture.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_ANNEE = b"<v>2026</v>"
_FICHE = "xl/worksheets/sheet2.xml"
"""La feuille Commune d'un classeur que nous avons généré."""


def recopier(classeur: Path, dossier: Path, annee: int) -> Path:
    """Le classeur d'une autre année ; le dernier « 2026 » de sa fiche devient ``annee``."""
    copie = dossier / f"{classeur.name.removesuffix('2026.xlsx')}{annee}.xlsx"
    with ZipFile(classeur) as source, ZipFile(copie, "w", ZIP_DEFLATED, compresslevel=1) as cible:
        for piece in source.infolist():
            contenu = source.read(piece)
            if piece.filename == _FICHE:
                avant, _, apres = contenu.rpartition(_ANNEE)
                contenu = avant + f"<v>{annee}</v>".encode() + apres
            cible.writestr(piece.filename, contenu)
    return copie


def main() -> None:
    """Écrit la décennie, un processus par cœur."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("region", type=Path)
    arguments.add_argument("dossier", type=Path)
    arguments.add_argument("--annees", type=int, default=10)
    choix = arguments.parse_args()
    choix.dossier.mkdir(parents=True, exist_ok=True)
    classeurs = sorted(choix.region.glob("*-2026.xlsx"))
    annees = range(2026, 2026 - choix.annees, -1)
    sources, visees = zip(*product(classeurs, annees), strict=True)
    with ProcessPoolExecutor(os.cpu_count()) as bassin:
        dossiers = [choix.dossier] * len(sources)
        ecrits = bassin.map(recopier, sources, dossiers, visees, chunksize=50)
        print(f"{sum(1 for _ in ecrits)} classeurs dans {choix.dossier}")


if __name__ == "__main__":
    main()
