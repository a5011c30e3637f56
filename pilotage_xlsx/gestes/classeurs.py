"""Recevoir un classeur, d'où qu'il vienne : un chemin, des octets, ou un registre déjà lu."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.exigences import charger_et_exiger
from pilotage_xlsx.gestes.porte import lire
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.entree import EnMemoire, Source
from pilotage_xlsx.socle.paquet import partage_recu

Chemin = str | os.PathLike[str]
Recu = Chemin | bytes | EnMemoire
"""Un fichier : son chemin, ses octets, ou ses octets et son nom."""

Classeur = Recu | Registre
"""Un fichier, ou ce que `lire` en a tiré."""

_SANS_NOM = "classeur.xlsx"

charger_une_fois = lru_cache(maxsize=4)(charger_et_exiger)
"""Le modèle d'un dossier, ou celui livré ; lève `ModeleInvalide`."""


def plusieurs(classeurs: Classeur | Iterable[Classeur]) -> Iterable[Classeur]:
    """Ces classeurs, ou le seul qui est donné."""
    if isinstance(classeurs, str | bytes | os.PathLike | EnMemoire | Registre):
        return [classeurs]
    return classeurs


def situer(recu: Recu) -> Source:
    """D'où vient le fichier ; des octets sans nom sont « classeur.xlsx »."""
    if isinstance(recu, EnMemoire):
        return recu
    return EnMemoire(_SANS_NOM, recu) if isinstance(recu, bytes) else Path(recu)


def ouvrir(classeur: Classeur, modele: Modele, *, est_un_partage_admis: bool = False) -> Registre:
    """Le registre d'un classeur, lu s'il ne l'est pas encore ; un refus y est un fait."""
    if not isinstance(classeur, Registre):
        return lire(situer(classeur), modele, est_un_partage_admis=est_un_partage_admis)
    if classeur.partage is None or classeur.refus is not None or est_un_partage_admis:
        return classeur
    return replace(classeur, feuilles={}, refus=partage_recu())


def exiger(classeur: Classeur, modele: Modele) -> Registre:
    """Comme `ouvrir` ; lève `GesteImpossible` si le classeur ne se lit pas."""
    registre = ouvrir(classeur, modele)
    if registre.refus is not None:
        phrase = f"{registre.fichier} : pas lu. {registre.refus}"
        raise GesteImpossible(phrase, moyens=registre.refus.moyens)
    return registre
