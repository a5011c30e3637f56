"""La touche d'une commune ou d'un canton sur un modèle : ce qu'elle change, posé sur le reste.

Des données TOML sur d'autres : une clé remplace la sienne, une table entre dans la sienne ; une
liste de tables qui se nomment (``id``, ``cle``…) se complète, nom par nom, et ``retire = true`` en
enlève une. Le modèle qui en sort se contrôle ensuite comme un autre.
"""

from __future__ import annotations

from typing import Any

_NOMS = ("id", "cle", "terme", "canton", "version")
"""Ce qui nomme une table dans une liste de tables : colonne, valeur, terme, autorité, version."""

RETIRE = "retire"


def superposer(base: Any, touche: Any) -> Any:
    """La donnée de ``base`` où ce que dit ``touche`` l'emporte ; ni l'une ni l'autre ne change."""
    if isinstance(base, dict) and isinstance(touche, dict):
        communes = {cle: superposer(base[cle], touche[cle]) for cle in base.keys() & touche.keys()}
        return {**base, **touche, **communes}
    if (nom := _nom_commun(base, touche)) is not None:
        return _completer(base, touche, nom)
    return touche


def _nom_commun(base: Any, touche: Any) -> str | None:
    """La clé qui nomme chaque table des deux listes, s'il y en a une."""
    if not (isinstance(base, list) and isinstance(touche, list) and base and touche):
        return None
    tables = [*base, *touche]
    if not all(isinstance(table, dict) for table in tables):
        return None
    return next((nom for nom in _NOMS if all(nom in table for table in tables)), None)


def _completer(base: list[Any], touche: list[Any], nom: str) -> list[Any]:
    """Les tables de la base, touchées ou retirées, puis les nouvelles."""
    tables = {table[nom]: table for table in base}
    for table in touche:
        tables[table[nom]] = superposer(tables.get(table[nom], {}), table)
    return [table for table in tables.values() if not table.get(RETIRE)]
