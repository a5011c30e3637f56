"""Les chiffres : un fichier par chapitre, une valeur par chiffre, dans l'ordre où ils se lisent.

Ajouter un chiffre, c'est le déclarer dans le fichier de son chapitre : rien d'autre ne le nomme.

>>> [chiffre.cle for chiffre in CINQ]
['indispensables', 'restauration', 'acces', 'cout', 'a_clarifier']
>>> [chiffre.cle for chiffre in du_chapitre(Chapitre.MAITRISE)]
['donnees_personnelles', 'donnees_sensibles', 'sous_groupe_etranger']
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from pilotage_xlsx.metier.chiffres.parc import (
    ACCES,
    COUT_ANNUEL,
    EN_SERVICE,
    INDISPENSABLES,
    RESTAURATION,
)
from pilotage_xlsx.metier.chiffres.registres import A_CLARIFIER
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre

CINQ = (INDISPENSABLES, RESTAURATION, ACCES, COUT_ANNUEL, A_CLARIFIER)
"""Les cinq chiffres de la première page, dans l'ordre (docs/domaine.md §5)."""


D_UNE_ANNEE = (EN_SERVICE, *CINQ)
"""Ce qui se mesure aussi dans les classeurs des années passées : les cinq, et leur base."""


def du_chapitre(chapitre: Chapitre) -> Iterator[Chiffre]:
    """Les chiffres que déclare le fichier du chapitre ; ceux qu'il emprunte sont d'un autre."""
    declares = vars(import_module(f"{__name__}.{chapitre.value}")).values()
    for declare in declares:
        if isinstance(declare, Chiffre) and declare.chapitre is chapitre:
            yield declare


def du_rapport() -> Iterator[Chiffre]:
    """Tous les chiffres que le rapport montre, chapitre après chapitre."""
    for chapitre in Chapitre:
        if chapitre is not Chapitre.TABLEAU_DE_BORD:
            yield from du_chapitre(chapitre)
