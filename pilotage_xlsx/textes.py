"""Vide et égal : une seule définition, pour la lecture, les contrôles et la feuille.

Un texte est vide s'il n'a que des blancs, insécables compris. Deux textes sont égaux à la casse,
aux blancs et à la forme de l'apostrophe près (« D'ici » = « d’ICI »), jamais aux accents près :
la formule jumelle du classeur ne saurait pas le dire. Pour retrouver un choix de liste ou un
en-tête, où la réponse est sans équivoque, `cle_large` oublie aussi accents et ponctuation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_HORS_DU_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INVISIBLES = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def normaliser(texte: str) -> str:
    """Le texte sans blanc en bord, avec une seule espace ordinaire entre les mots."""
    return " ".join(texte.translate(_INVISIBLES).split())


def en_clair(texte: str) -> str:
    """Le texte sans les signes de commande, qu'un classeur ne peut pas porter."""
    return _HORS_DU_XML.sub("", texte)


def est_vide(texte: str) -> bool:
    """Vrai si le texte n'a que des blancs (espaces insécables et invisibles compris)."""
    return not texte or not (texte[0].isalnum() or texte.translate(_INVISIBLES).strip())


@lru_cache(maxsize=50_000)
def cle(texte: str) -> str:
    """La forme sous laquelle deux textes se comparent : casse, blancs, apostrophes."""
    return normaliser(texte.translate(_APOSTROPHES)).casefold()


@lru_cache(maxsize=50_000)
def cle_large(texte: str) -> str:
    """Comme `cle`, sans accents ni ponctuation : « Secrétaire » = « secretaire »."""
    decompose = unicodedata.normalize("NFKD", cle(texte))
    return "".join(signe for signe in decompose if signe.isalnum())


def est_egal(un: str, autre: str) -> bool:
    """Vrai si les deux textes disent la même chose au sens de `cle`."""
    return cle(un) == cle(autre)
