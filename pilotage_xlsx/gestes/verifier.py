"""Vérifier : ce qui ne va pas dans un classeur, où, et que faire."""

from __future__ import annotations

from datetime import date

from pilotage_xlsx import verification
from pilotage_xlsx.gestes.classeurs import Classeur, charger_une_fois, ouvrir
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.modele import Modele


def verifier(
    classeur: Classeur, *, au: date | None = None, modele: Modele | None = None
) -> tuple[Constat, ...]:
    """Les constats d'un classeur au jour ``au``, les plus graves d'abord.

    Ne lève rien : un fichier qui ne se lit pas est un constat.
    """
    choisi = modele or charger_une_fois()
    registre = ouvrir(classeur, choisi)
    return verification.verifier(registre, modele_de(registre.porte, choisi), au or date.today())
