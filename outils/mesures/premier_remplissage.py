"""Dit combien de cellules et de choix demande un premier remplissage complet, et combien de temps.

python -m outils.mesures.premier_remplissage
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from outils.effort import (
    MINUTES_AU_PLUS,
    MINUTES_AVEC_LE_KIT,
    Effort,
    estimer,
    estimer_avec_le_kit,
    total,
)
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import charger


def main() -> int:
    """Affiche les deux comptes ; rend 1 si l'un dépasse sa borne."""
    modele = charger()
    tient = _compter(modele, "À la main", estimer(modele)) <= MINUTES_AU_PLUS
    tient &= _compter(modele, "Avec le kit", estimer_avec_le_kit(modele)) <= MINUTES_AVEC_LE_KIT
    return int(not tient)


def _compter(modele: Modele, titre: str, efforts: Mapping[str, Effort]) -> float:
    print(titre)
    for identifiant, effort in efforts.items():
        print(_dire(modele.par_id[identifiant].libelle, effort))
    print(_dire("Total", total(efforts)))
    return total(efforts).minutes


def _dire(nom: str, effort: Effort) -> str:
    comptes = f"{effort.lignes:3} lignes, {effort.textes:4} textes, {effort.choix:4} choix"
    return f"  {nom:14}{comptes}, {effort.relues:4} relues : {effort.minutes:5.1f} min"


if __name__ == "__main__":
    sys.exit(main())
