"""Lire : le contenu d'un classeur, chaque valeur avec sa cellule."""

from __future__ import annotations

from pilotage_xlsx import lecture
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, situer
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre


def lire(fichier: Recu, *, modele: Modele | None = None) -> Registre:
    """Le contenu d'un classeur .xlsx, .xlsm ou .ods : son chemin, ou ses octets.

    Ne lève rien : ``registre.refus`` dit pourquoi un fichier ne se lit pas.
    """
    return lecture.lire(situer(fichier), modele or charger_une_fois())
