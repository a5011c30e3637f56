"""Le JSON d'un registre, que ``generer --depuis`` relit : l'inverse de `donnees`."""

from __future__ import annotations

from datetime import date
from typing import Any

from pilotage_xlsx.lecture.donnees import PROPRES
from pilotage_xlsx.modele import Feuille, Forme, Modele
from pilotage_xlsx.registre import Illisible, Ligne, Registre, Valeur


def en_donnees(registre: Registre, modele: Modele) -> dict[str, Any]:
    """Le JSON que `lire_donnees` relit : clés du modèle, dates ISO 8601, nombres nus."""
    document: dict[str, Any] = {}
    for feuille in modele.feuilles:
        lignes = [_ecrire_ligne(ligne, feuille) for ligne in registre.lignes(feuille.id)]
        if lignes:
            document[feuille.id] = lignes[0] if feuille.forme is Forme.FICHE else lignes
    return document


def _ecrire_ligne(ligne: Ligne, feuille: Feuille) -> dict[str, Any]:
    valeurs = {
        colonne.id: _en_json(ligne.valeurs[colonne.id])
        for colonne in feuille.saisies
        if colonne.id in ligne.valeurs
    }
    propres = {entete: _en_json(valeur) for entete, valeur in ligne.propres.items()}
    return {**valeurs, PROPRES: propres} if propres else valeurs


def _en_json(valeur: Valeur) -> str | int | float | list[str]:
    match valeur:
        case Illisible():
            return valeur.brut
        case date():
            return valeur.isoformat()
        case tuple():
            return list(valeur)
        case float() if valeur.is_integer():
            return int(valeur)
        case _:
            return valeur
