"""Un tableau en CSV, tel qu'un tableur suisse l'ouvre d'un double-clic, sans rien y exécuter.

Au sol : n'importe rien de la maison. UTF-8 avec sa marque (sans elle, Excel perd les accents),
« ; » entre les cellules, une ligne par enregistrement.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

_FORMULES = ("=", "+", "-", "@", "\t", "\r")
"""Ce par quoi un tableur reconnaît une formule ; une tabulation peut en cacher une."""


def en_csv(entetes: Sequence[str], lignes: Iterable[Sequence[object]]) -> bytes:
    """Le CSV de ces lignes ; une cellule nulle est vide, un texte n'est jamais une formule."""
    tete = StringIO()
    _ecriture(tete).writerow(entetes)
    return tete.getvalue().encode("utf-8-sig") + en_lignes(lignes)


def en_lignes(lignes: Iterable[Sequence[object]]) -> bytes:
    """Des lignes à la suite d'un CSV commencé, sans en-tête ni marque."""
    tampon = StringIO()
    _ecriture(tampon).writerows([neutraliser(valeur) for valeur in ligne] for ligne in lignes)
    return tampon.getvalue().encode()


def _ecriture(tampon: StringIO) -> Any:
    return csv.writer(tampon, delimiter=";", lineterminator="\r\n")


def neutraliser(valeur: object) -> str:
    """Le texte d'une cellule ; précédé d'une apostrophe s'il commencerait une formule."""
    texte = "" if valeur is None else str(valeur)
    est_un_nombre = isinstance(valeur, int | float)
    return f"'{texte}" if texte.startswith(_FORMULES) and not est_un_nombre else texte
