"""Un tableau en CSV, tel qu'un tableur suisse l'ouvre d'un double-clic, sans rien y exécuter.

Au sol : n'importe rien de la maison. UTF-8 avec sa marque (sans elle, Excel perd les accents),
« ; » entre les cellules, une ligne par enregistrement.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULES = ("=", "+", "-", "@", "\t", "\r")
"""Ce par quoi un tableur reconnaît une formule ; une tabulation peut en cacher une."""


def en_csv(entetes: Sequence[str], lignes: Iterable[Sequence[object]]) -> bytes:
    """Le CSV de ces lignes ; une cellule nulle est vide, un texte n'est jamais une formule."""
    tampon = StringIO()
    ecriture = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    ecriture.writerow(entetes)
    ecriture.writerows([neutraliser(valeur) for valeur in ligne] for ligne in lignes)
    return tampon.getvalue().encode("utf-8-sig")


def neutraliser(valeur: object) -> str:
    """Le texte d'une cellule ; précédé d'une apostrophe s'il commencerait une formule."""
    texte = "" if valeur is None else str(valeur)
    est_un_nombre = isinstance(valeur, int | float)
    return f"'{texte}" if texte.startswith(_FORMULES) and not est_un_nombre else texte
