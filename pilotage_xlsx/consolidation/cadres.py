"""D'une table à un DataFrame, chaque colonne dans son type ; pandas ne vit qu'ici.

Ce qui n'entre pas dans le type (une mention, une valeur illisible) reste en toutes lettres dans une
colonne jumelle, « echeance.texte », qui n'existe que si elle sert : rien ne se perd, et les dates
restent des dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from pilotage_xlsx.consolidation.natives import AVEUX, JUMELLE, Genree, Native, Type, entre, reste
from pilotage_xlsx.consolidation.tables import Entete, Table, avouer

_TYPES = {
    Type.TEXTE: "string",
    Type.ENTIER: "Int64",
    Type.REEL: "Float64",
    Type.DATE: "datetime64[s]",
    Type.INSTANT: "datetime64[s]",
    Type.OUI_NON: "boolean",
    Type.LIBRE: "object",
}


def cadrer(table: Table) -> pd.DataFrame:
    """La table en DataFrame : entiers nullables, dates, catégories dans l'ordre du menu."""
    rangees = list(table.rangees())
    colonnes = list(zip(*rangees, strict=True)) or [()] * len(table.entetes)
    series = {
        nom: serie
        for entete, cellules in zip(table.entetes, colonnes, strict=True)
        for nom, serie in _series(entete, cellules)
    }
    if table.est_registre:
        aveux = [avouer(table.entetes, rangee) for rangee in rangees]
        series[AVEUX] = pd.Series(aveux, dtype="string")
    return pd.DataFrame(series)


def _series(entete: Entete, cellules: Sequence[Native]) -> Iterator[tuple[str, pd.Series[Any]]]:
    genree = entete.genree
    entrees = [c if c is not None and entre(c, genree) else None for c in cellules]
    yield entete.colonne, pd.Series(entrees, dtype=_dtype(genree))
    if entete.est_jumelee:
        restes = [reste(contenu, genree) for contenu in cellules]
        yield f"{entete.colonne}{JUMELLE}", pd.Series(restes, dtype="string")


def _dtype(genree: Genree) -> Any:
    if genree.type is Type.CHOIX:
        return pd.CategoricalDtype(list(genree.choix), ordered=True)
    return _TYPES[genree.type]
