"""Un registre en données simples : le JSON de ``generer --depuis``, que `consolider` rend aussi.

Clés du modèle, dates ISO 8601, nombres nus ; une valeur illisible y est son texte brut, une
référence à plusieurs une liste, et les colonnes propres à la commune voyagent sous ``propres``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pilotage_xlsx.modele import Forme, Modele
from pilotage_xlsx.registre import Illisible, Ligne, Registre, Valeur

PROPRES = "propres"
"""La clé sous laquelle voyagent les colonnes propres à la commune."""


def en_donnees(registre: Registre, modele: Modele) -> dict[str, Any]:
    """Le contenu d'un classeur, dans l'ordre du modèle ; une feuille absente n'y est pas.

    Rien n'est masqué : à faire par qui publie.
    """
    donnees: dict[str, Any] = {}
    for feuille in modele.feuilles:
        if feuille.id in registre.feuilles:
            lignes = [_ligne(ligne) for ligne in registre.lignes(feuille.id)]
            est_fiche = feuille.forme is Forme.FICHE
            donnees[feuille.id] = next(iter(lignes), {}) if est_fiche else lignes
    return donnees


def _ligne(ligne: Ligne) -> dict[str, Any]:
    propres = {PROPRES: _valeurs(ligne.propres)} if ligne.propres else {}
    return {**_valeurs(ligne.valeurs), **propres}


def _valeurs(valeurs: Mapping[str, Valeur]) -> dict[str, Any]:
    return {nom: _valeur(valeur) for nom, valeur in valeurs.items()}


def _valeur(valeur: Valeur) -> Any:
    match valeur:
        case Illisible(brut=brut):
            return brut
        case tuple():
            return list(valeur)
        case date():
            return valeur.isoformat()
        case float() if valeur.is_integer():
            return int(valeur)
        case _:
            return valeur
