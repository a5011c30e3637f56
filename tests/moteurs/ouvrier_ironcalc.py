"""IronCalc dans un processus à lui : ``CLASSEUR SORTIE.json [GESTES.json COPIE]``.

Rend chaque cellule calculée, par feuille. Les gestes se font par l'interface du moteur, qui déplace
lui-même les références ; la copie est le classeur qu'il enregistre ensuite.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import ironcalc


def _deplacer(livre: Any, feuille: int, depart: int, sauts: int) -> None:
    livre.move_columns(feuille, depart, 1, sauts)


LANGUE = ("en", "UTC", "en")
GESTES = {
    "inserer_des_lignes": lambda livre, *place: livre.insert_rows(*place),
    "supprimer_des_lignes": lambda livre, *place: livre.delete_rows(*place),
    "inserer_des_colonnes": lambda livre, *place: livre.insert_columns(*place),
    "deplacer_une_colonne": _deplacer,
}


def calculer(livre: Any, cellules: list[tuple[int, int, int]]) -> dict[str, dict[str, Any]]:
    noms = [feuille["name"] for feuille in livre.get_worksheets_properties()]
    valeurs: dict[str, dict[str, Any]] = {nom: {} for nom in noms}
    for feuille, ligne, colonne in cellules:
        if livre.get_cell_formula(feuille, ligne, colonne) is not None:
            adresse = f"{ironcalc.column_name_from_number(colonne)}{ligne}"
            valeurs[noms[feuille]][adresse] = livre.get_cell_value(feuille, ligne, colonne)
    return valeurs


def faire(classeur: str, gestes: list[Any]) -> Any:
    """Le classeur après les gestes : comme une main, à qui tout ne se recalcule qu'à la fin."""
    livre = ironcalc.create_user_model_from_xlsx(classeur, *LANGUE)
    livre.pause_evaluation()
    noms = [feuille["name"] for feuille in livre.get_worksheets_properties()]
    for geste, feuille, *place in gestes:
        GESTES[geste](livre, noms.index(feuille), *place)
    return ironcalc.load_from_bytes(livre.to_bytes())


def main(classeur: str, sortie: str, gestes: str = "", copie: str = "") -> None:
    if gestes:
        livre = faire(classeur, json.loads(Path(gestes).read_text("utf-8")))
    else:
        livre = ironcalc.load_from_xlsx(classeur, *LANGUE)
    livre.evaluate()
    Path(sortie).write_text(json.dumps(calculer(livre, livre.get_all_cells())), "utf-8")
    if copie:
        livre.save_to_xlsx(copie)


if __name__ == "__main__":
    main(*sys.argv[1:])
