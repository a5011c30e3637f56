"""Des données vraisemblables et reproductibles, en nombre choisi, pour mesurer et éprouver."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele

_CALMES: Mapping[str, str | None] = {
    "arrete_le": None,
    "sauvegarde": "Restauration testée",
    "recuperation": "Testée",
    "acces_administrateur": "Commune",
    "lieu_donnees": "Suisse",
    "renouvellement": "Durée indéterminée",
    "siege": "Suisse",
    "clauses": "Clauses signées",
    "contrat": "Signé",
    "mutualisee": "Oui, écartée",
    "decide_par": "Exécutif",
    "service_touche": "Non",
    "donnees_touchees": "Non",
    "annonce_ofcs": "Non requise",
    "decision_origine": "Prise avant ce registre",
    "remplace": None,
}
"""Des réponses qui ne donnent rien à dire : on mesure la lecture et le contrôle."""

_STATUTS = {"decisions": "Validée", "incidents": "Clos", "signalements": "En cours"}


def remplir(modele: Modele, lignes: Mapping[str, int], graine: int = 1) -> dict[str, Any]:
    """Le JSON d'une commune, chaque registre avec son nombre de lignes toutes remplies."""
    hasard = random.Random(graine)
    document: dict[str, Any] = {
        "commune": {
            colonne.id: _valeur(modele, colonne, hasard, 1)
            for colonne in modele.fiche.saisies
            if colonne.genre is not Genre.REFERENCE
        }
        | {"annee": 2026}
    }
    for feuille in modele.registres:
        document[feuille.id] = [
            _ligne(modele, feuille, hasard, numero, lignes)
            for numero in range(1, lignes[feuille.id] + 1)
        ]
    return document


def _ligne(
    modele: Modele,
    feuille: Feuille,
    hasard: random.Random,
    numero: int,
    lignes: Mapping[str, int],
) -> dict[str, Any]:
    ligne = {
        colonne.id: _reference(modele, colonne, hasard, lignes)
        if colonne.genre is Genre.REFERENCE
        else _valeur(modele, colonne, hasard, numero)
        for colonne in feuille.saisies
    }
    ligne |= {nom: valeur for nom, valeur in _CALMES.items() if nom in ligne}
    ligne["statut"] = _STATUTS.get(feuille.id) if "statut" in feuille.par_id else None
    ligne = {nom: valeur for nom, valeur in ligne.items() if valeur is not None}
    return {**ligne, feuille.cle or "": cle(feuille, numero)}


def cle(feuille: Feuille, numero: int) -> str:
    """La clé de la ligne n° ``numero`` d'un registre."""
    if feuille.prefixe:
        return f"{feuille.prefixe}-2026-{numero:03}"
    return f"{feuille.singulier.capitalize()} numéro {numero}"


def _reference(
    modele: Modele, colonne: Colonne, hasard: random.Random, lignes: Mapping[str, int]
) -> str:
    registre = colonne.reference[0]
    return cle(modele.par_id[registre], hasard.randint(1, lignes[registre]))


def _valeur(modele: Modele, colonne: Colonne, hasard: random.Random, numero: int) -> Any:
    match colonne.genre:
        case Genre.LISTE:
            return hasard.choice(modele.choix(colonne))
        case Genre.DATE | Genre.DATE_HEURE:
            return (date(2026, 1, 5) + timedelta(days=numero % 300)).isoformat()
        case Genre.ENTIER | Genre.MONTANT:
            return hasard.randint(colonne.min or 0, min(colonne.max or 5_000, 5_000))
        case Genre.COURRIEL:
            return f"contact{numero}@exemple.example"
        case Genre.TELEPHONE:
            return "021 555 01 23"
        case Genre.IDE:
            return "CHE-123.456.788"
        case _:
            return f"{colonne.libelle} de la ligne {numero}, choisi par {hasard.randint(1, 99)}"
