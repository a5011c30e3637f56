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


class ToucheInvalide(Exception):
    """Une touche qui ne se pose pas ; le message donne la clé et la faute."""


def superposer(base: Any, touche: Any, ou: str = "") -> Any:
    """La donnée de ``base`` où ce que dit ``touche`` l'emporte ; ni l'une ni l'autre ne change.

    ``ou`` : les clés qui y mènent, pour la faute.
    """
    if isinstance(base, dict) and isinstance(touche, dict):
        communes = {
            cle: superposer(base[cle], touche[cle], f"{ou} {cle}".strip())
            for cle in base.keys() & touche.keys()
        }
        return {**base, **touche, **communes}
    if (nom := _nom_commun(base, touche)) is not None:
        return _completer(base, touche, nom, ou)
    return touche


def _nom_commun(base: Any, touche: Any) -> str | None:
    """La clé qui nomme chaque table des deux listes, s'il y en a une."""
    if not (isinstance(base, list) and isinstance(touche, list) and base and touche):
        return None
    tables = [*base, *touche]
    if not all(isinstance(table, dict) for table in tables):
        return None
    return next((nom for nom in _NOMS if all(nom in table for table in tables)), None)


def _completer(base: list[Any], touche: list[Any], nom: str, ou: str) -> list[Any]:
    """Les tables de la base, touchées ou retirées, puis les nouvelles."""
    tables = {table[nom]: table for table in base}
    touches: set[str] = set()
    for table in touche:
        nomme = _nommer(table, nom, ou)
        if nomme in touches:
            raise ToucheInvalide(f"{ou} « {nomme} » : écrit deux fois dans cette touche")
        touches.add(nomme)
        if RETIRE not in table:
            tables[nomme] = superposer(tables.get(nomme, {}), table, f"{ou} « {nomme} »")
        elif table[RETIRE] is not True:
            raise ToucheInvalide(f"{ou} « {nomme} » {RETIRE} : seul « true » se comprend")
        elif tables.pop(nomme, None) is None:
            raise ToucheInvalide(f"{ou} « {nomme} » {RETIRE} : le modèle de base ne l'a pas")
    return list(tables.values())


def _nommer(table: dict[str, Any], nom: str, ou: str) -> str:
    nomme = table[nom]
    if not isinstance(nomme, str):
        raise ToucheInvalide(f"{ou} {nom} : un texte, lu : {nomme!r:.60}")
    return nomme
