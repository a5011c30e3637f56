"""Un registre en données simples : le JSON de ``generer --depuis``, que `consolider` rend aussi.

Clés du modèle, dates ISO 8601, nombres nus ; une valeur illisible y est son texte brut, une
référence à plusieurs une liste, et les colonnes propres à la commune voyagent sous ``propres``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pilotage_xlsx.modele import Feuille, Forme, Modele
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
            lignes = [_ligne(ligne, feuille) for ligne in registre.lignes(feuille.id)]
            est_fiche = feuille.forme is Forme.FICHE
            donnees[feuille.id] = next(iter(lignes), {}) if est_fiche else lignes
    return donnees


def _ligne(ligne: Ligne, feuille: Feuille) -> dict[str, Any]:
    donnees = {
        colonne.id: _valeur(ligne.valeurs[colonne.id])
        for colonne in feuille.saisies
        if colonne.id in ligne.valeurs
    }
    propres = {entete: _valeur(valeur) for entete, valeur in ligne.propres.items()}
    return {**donnees, PROPRES: propres} if propres else donnees


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
