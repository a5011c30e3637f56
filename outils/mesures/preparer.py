"""``preparer.py CLASSEUR.xlsx OUTILS [FAUTES]`` : 60 lignes par registre, n outils, des fautes."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from outils.mesures.donnees import remplir
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele.chargement import charger

_FAUTES = {
    "domaine": "Archivages divers",
    "prestataire": "Société inconnue",
    "echeance": "31.02.2027",
    "cout_annuel": "environ mille",
    "remplacement": "?",
    "criticite": "",
}
"""Une de chaque sorte : hors liste, introuvable, pas un jour, pas un nombre, remise, vide."""


def troubler(lignes: list[dict[str, Any]], fautes: int) -> None:
    """Met tant de fautes dans des lignes, au hasard, les mêmes à chaque fois."""
    places = [(ligne, *faute) for ligne in lignes for faute in _FAUTES.items()]
    for ligne, colonne, valeur in Random(7).sample(places, fautes):
        ligne[colonne] = valeur


def main() -> None:
    """Écrit le classeur."""
    chemin, outils, fautes = Path(sys.argv[1]), int(sys.argv[2]), int([*sys.argv, 0][3])
    modele = charger()
    lignes = {feuille.id: 60 for feuille in modele.registres} | {"outils": outils}
    donnees = remplir(modele, lignes)
    troubler(donnees["outils"], fautes)
    registre, _ = lire_donnees(donnees, modele, chemin)
    chemin.write_bytes(generer(modele, registre, date(2026, 11, 24)))


if __name__ == "__main__":
    main()
