"""formualizer dans un processus à lui : ``CLASSEUR CELLULES.json SORTIE.json``.

Il ne dit pas quelles cellules sont calculées : on les lui nomme, par feuille, ligne et colonne.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import formualizer

ERREURS = {
    "Na": "#N/A", "Value": "#VALUE!", "Div": "#DIV/0!", "Ref": "#REF!", "Name": "#NAME?",
    "Num": "#NUM!", "Null": "#NULL!",
}  # fmt: skip


def _en_cellule(valeur: Any) -> Any:
    """La valeur comme un fichier l'écrirait : une date est un nombre, une erreur un texte."""
    if isinstance(valeur, dict):
        return ERREURS.get(valeur.get("kind", ""), f"#{valeur.get('kind')}")
    if isinstance(valeur, datetime):
        return (valeur - datetime(1899, 12, 30)).total_seconds() / 86_400
    if isinstance(valeur, date):
        return (valeur - date(1899, 12, 30)).days
    return valeur if isinstance(valeur, (str, int, float, bool, type(None))) else repr(valeur)


def main(classeur: str, cellules: str, sortie: str) -> None:
    livre = formualizer.load_workbook(classeur)
    livre.evaluate_all()
    valeurs: dict[str, dict[str, Any]] = {}
    for feuille, adresse, ligne, colonne in json.loads(Path(cellules).read_text("utf-8")):
        valeur = _en_cellule(livre.get_value(feuille, ligne, colonne))
        valeurs.setdefault(feuille, {})[adresse] = valeur
    Path(sortie).write_text(json.dumps(valeurs), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
