"""Ce que le modèle exige de plus que ce qu'un essai écrit : une colonne neuve n'en rougit aucun."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pilotage_xlsx.modele import Colonne, Genre
from tests.tableaux import modele

_REPONSES: Mapping[Genre, str | int] = {
    Genre.DATE: "2026-02-01",
    Genre.DATE_HEURE: "2026-02-01",
    Genre.ENTIER: 1,
    Genre.MONTANT: 1,
    Genre.COURRIEL: "aide@alpha.example",
    Genre.TELEPHONE: "032 555 01 01",
}


def autres(feuille: str, connues: Collection[str]) -> Mapping[str, str | int]:
    """Les colonnes toujours exigées que l'essai ne connaît pas, et une réponse à chacune."""
    return {
        colonne.id: _repondre(colonne)
        for colonne in modele().par_id[feuille].essentielles
        if colonne.obligatoire_si is None and colonne.id not in connues
    }


def completer(document: Mapping[str, Any]) -> dict[str, Any]:
    """Le document, où chaque ligne répond aussi à ce qu'aucune de son registre ne connaît."""
    complet = dict(document)
    for feuille in modele().registres:
        lignes = document.get(feuille.id) or []
        connues = {colonne for ligne in lignes for colonne in ligne}
        complet[feuille.id] = [{**autres(feuille.id, connues), **ligne} for ligne in lignes]
    return complet


def _repondre(colonne: Colonne) -> str | int:
    if choix := modele().choix(colonne):
        return choix[0]
    return _REPONSES.get(colonne.genre, "Réponse")
