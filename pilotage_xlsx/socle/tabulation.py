r"""Un tableau en CSV, tel qu'un tableur suisse l'ouvre d'un double-clic, sans rien y exécuter.

Au sol : n'importe rien de la maison. UTF-8 avec sa marque (sans elle, Excel perd les accents),
« ; » entre les cellules, une ligne par enregistrement.

>>> en_csv(["Outil", "Francs"], [["GED", 3600], ["=1+1", -5]])
b"\xef\xbb\xbfOutil;Francs\r\nGED;3600\r\n'=1+1;-5\r\n"
>>> denuder("'=1+1"), denuder("'t Hof")
('=1+1', "'t Hof")

Source : https://www.rfc-editor.org/rfc/rfc4180, au « ; » près.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, TextIOWrapper
from typing import BinaryIO

from pilotage_xlsx.socle.montrable import SUBSTITUT, montrable
from pilotage_xlsx.socle.textes import BLANCS, INVISIBLES, Texte

_FORMULES = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
"""Ce par quoi un tableur reconnaît une formule ; un poste japonais lit les larges comme étroits."""

_PERDUS = f"' {BLANCS}{INVISIBLES}\u3000\u200c\u200d{SUBSTITUT}"
"""Ce qu'un tableur peut ôter du début d'une cellule, et qui cacherait une formule ; et nos
apostrophes : `denuder` en ôte une, pas deux."""


def en_csv(entetes: Sequence[str], lignes: Iterable[Sequence[object]]) -> bytes:
    """Le CSV de ces lignes (voir `verser_en_csv`), en mémoire."""
    tampon = BytesIO()
    verser_en_csv(tampon, entetes, lignes)
    return tampon.getvalue()


def verser_en_csv(
    sortie: BinaryIO, entetes: Sequence[str], lignes: Iterable[Iterable[object]]
) -> None:
    """Écrit ces lignes au fil de l'eau ; chaque cellule passe par `neutraliser`."""
    texte = TextIOWrapper(sortie, "utf-8-sig", newline="", write_through=True)
    _verser(texte, [entetes])
    _verser(texte, lignes)
    texte.detach()


def en_lignes(lignes: Iterable[Iterable[object]]) -> bytes:
    """Des lignes à la suite d'un CSV commencé, sans en-tête ni marque."""
    tampon = BytesIO()
    texte = TextIOWrapper(tampon, "utf-8", newline="", write_through=True)
    _verser(texte, lignes)
    texte.detach()
    return tampon.getvalue()


def _verser(texte: TextIOWrapper, lignes: Iterable[Iterable[object]]) -> None:
    ecriture = csv.writer(texte, delimiter=";", lineterminator="\r\n")
    ecriture.writerows(map(neutraliser, ligne) for ligne in lignes)


def neutraliser(valeur: object) -> str:
    """Le texte d'une cellule, vide pour rien ; précédé d'une apostrophe s'il serait une formule.

    Un nombre reste un nombre, même négatif.
    """
    texte = "" if valeur is None else montrable(str(valeur))
    est_un_nombre = isinstance(valeur, int | float)
    return f"'{texte}" if _est_une_formule(texte) and not est_un_nombre else texte


def denuder(contenu: Texte) -> str:
    """Le texte d'une cellule de CSV, sans l'apostrophe qu'y a mise `neutraliser`."""
    return contenu[1:] if contenu[:1] == "'" and _est_une_formule(contenu[1:]) else contenu


def _est_une_formule(texte: Texte) -> bool:
    return not texte[:1].isalnum() and texte.lstrip(_PERDUS)[:1] in _FORMULES
