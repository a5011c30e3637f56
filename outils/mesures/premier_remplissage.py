"""Dit combien de cellules et de choix demande un premier remplissage complet, et combien de temps.

python -m outils.mesures.premier_remplissage
"""

from __future__ import annotations

import sys

from outils.effort import MINUTES_AU_PLUS, Effort, estimer, total
from pilotage_xlsx.modele.chargement import charger


def main() -> int:
    """Affiche le compte ; rend 1 s'il dépasse la borne."""
    modele = charger()
    efforts = estimer(modele)
    for identifiant, effort in efforts.items():
        print(_dire(modele.par_id[identifiant].libelle, effort))
    ensemble = total(efforts)
    print(_dire("Total", ensemble))
    return int(ensemble.minutes > MINUTES_AU_PLUS)


def _dire(nom: str, effort: Effort) -> str:
    comptes = f"{effort.lignes:3} lignes, {effort.textes:4} textes, {effort.choix:4} choix"
    return f"{nom:14}{comptes} : {effort.minutes:5.1f} min"


if __name__ == "__main__":
    sys.exit(main())
