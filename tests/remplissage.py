"""Remplir un classeur comme un programme étranger : openpyxl, et le seul JSON de ``modele``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Donnees = Mapping[str, Any]


def remplir(vierge: Path, modele: Donnees, donnees: Donnees, sortie: Path) -> None:
    """Écrit ``donnees`` (la forme de ``generer --depuis``) dans un classeur vierge."""
    livre = openpyxl.load_workbook(vierge)
    for feuille in modele["feuilles"]:
        page = livre[feuille["libelle"]]
        contenu = donnees.get(feuille["id"], [])
        if feuille["forme"] == "fiche":
            _remplir_la_fiche(page, feuille, contenu)
        else:
            _remplir_le_registre(page, feuille, contenu)
    livre.save(sortie)


def _remplir_la_fiche(page: Worksheet, feuille: Donnees, reponses: Donnees) -> None:
    for colonne in feuille["colonnes"]:
        if colonne["id"] in reponses:
            page[colonne["cellule"]] = _valeur(colonne, reponses[colonne["id"]])


def _remplir_le_registre(page: Worksheet, feuille: Donnees, lignes: list[Donnees]) -> None:
    entetes = {cellule.value: cellule.column_letter for cellule in page[feuille["ligne_entete"]]}
    for numero, ligne in enumerate(lignes, feuille["ligne_entete"] + 1):
        for colonne in feuille["colonnes"]:
            if colonne["id"] in ligne:
                valeur = _valeur(colonne, ligne[colonne["id"]])
                page[f"{entetes[colonne['libelle']]}{numero}"] = valeur


def _valeur(colonne: Donnees, donnee: Any) -> Any:
    """Une vraie date pour une date ; le reste tel quel."""
    if not colonne["genre"].startswith("date") or donnee in (*colonne["mentions"], "À clarifier"):
        return donnee
    return datetime.fromisoformat(donnee) if "T" in donnee else date.fromisoformat(donnee)
