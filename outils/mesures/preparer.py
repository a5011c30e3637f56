"""``preparer.py CLASSEUR.xlsx OUTILS`` : un classeur de 60 lignes par registre, et n outils."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from outils.mesures.donnees import remplir
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele.chargement import charger


def main() -> None:
    """Écrit le classeur."""
    chemin, outils = Path(sys.argv[1]), int(sys.argv[2])
    modele = charger()
    lignes = {feuille.id: 60 for feuille in modele.registres} | {"outils": outils}
    registre, _ = lire_donnees(remplir(modele, lignes), modele, chemin)
    chemin.write_bytes(generer(modele, registre, date(2026, 11, 24)))


if __name__ == "__main__":
    main()
