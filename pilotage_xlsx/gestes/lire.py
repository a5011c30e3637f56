"""Lire : le contenu d'un classeur, chaque valeur avec sa cellule."""

from __future__ import annotations

from msgspec.structs import replace

from pilotage_xlsx.gestes import porte
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, situer
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre


def lire(fichier: Recu, *, modele: Modele | None = None) -> Registre:
    """Le contenu d'un classeur .xlsx, .xlsm ou .ods : son chemin, ou ses octets.

    D'après ``modele``, sinon celui que porte le classeur (``registre.porte``), sinon le livré.
    Ne lève rien : ``registre.refus`` dit pourquoi un fichier ne se lit pas. Demander ensuite au
    registre une feuille qu'aucun modèle n'a lève un `KeyError`, qui propose la voisine.
    """
    livre = charger_une_fois()
    choisi = modele or livre
    registre = porte.lire(situer(fichier), choisi, est_un_partage_admis=True)
    sien = porte.modele_de(registre.porte, choisi)
    return replace(registre, connues=frozenset({*sien.par_id, *livre.par_id}))
