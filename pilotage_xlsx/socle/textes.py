"""Vide et égal : une seule définition, pour la lecture, les contrôles et la feuille.

Un texte est vide s'il n'a que des blancs, insécables compris. Deux textes sont égaux à la casse,
aux blancs et à la forme de l'apostrophe près (« D'ici » = « d’ICI »), jamais aux accents près :
la formule jumelle du classeur ne saurait pas le dire. Un choix de liste, une mention, une clé se
comparent ainsi ; un en-tête, que la feuille ne compare à rien, par `cle_large`, qui oublie aussi
accents et ponctuation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BLANCS = "\x01\t\n\r\u00a0\u2007\u2009\u202f"
"""Ce qui vaut une espace ; la feuille remplace les mêmes signes.

Dans un texte de plusieurs lignes, une formule de LibreOffice voit une tabulation comme ``\\x01``.
"""

INVISIBLES = "\u00ad\u200b\u2060\ufeff"
"""Ce qui ne vaut rien."""

APOSTROPHES = "’‘´`"
"""Ce qui vaut une apostrophe droite."""

_NETTOYER = str.maketrans({**dict.fromkeys(BLANCS, " "), **dict.fromkeys(INVISIBLES)})
_REDRESSER = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_HORS_DU_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def normaliser(texte: str) -> str:
    """Le texte sans blanc en bord, avec une seule espace ordinaire entre les mots."""
    return " ".join(filter(None, texte.translate(_NETTOYER).split(" ")))


def redresser(texte: str) -> str:
    """Le texte, ses apostrophes droites."""
    return texte.translate(_REDRESSER)


def en_clair(texte: str) -> str:
    """Le texte sans les signes de commande, qu'un classeur ne peut pas porter."""
    return _HORS_DU_XML.sub("", texte)


def est_vide(texte: str) -> bool:
    """Vrai si le texte n'a que des blancs (espaces insécables et invisibles compris)."""
    return not texte or not (texte[0].isalnum() or texte.translate(_NETTOYER).strip(" "))


@lru_cache(maxsize=50_000)
def cle(texte: str) -> str:
    """La forme sous laquelle deux textes se comparent : casse, blancs, apostrophes."""
    return normaliser(redresser(texte)).casefold()


@lru_cache(maxsize=50_000)
def cle_large(texte: str) -> str:
    """Comme `cle`, sans accents ni ponctuation : « Secrétaire » = « secretaire »."""
    decompose = unicodedata.normalize("NFKD", cle(texte))
    return "".join(filter(str.isalnum, decompose))


def est_egal(un: str, autre: str) -> bool:
    """Vrai si les deux textes disent la même chose au sens de `cle`."""
    return cle(un) == cle(autre)
