r"""Vide et égal : une seule définition, pour la lecture, les contrôles et la feuille.

Un texte est vide s'il n'a que des blancs, insécables compris. Deux textes sont égaux à la casse,
aux blancs et à la forme de l'apostrophe près (« D'ici » = « d’ICI »), jamais aux accents près :
la formule jumelle du classeur ne saurait pas le dire. Un choix de liste, une mention, une clé se
comparent ainsi ; un en-tête, que la feuille ne compare à rien, par `cle_large`, qui oublie aussi
accents et ponctuation.

>>> est_egal("D'ici\u00a0 demain", "d’ICI demain")
True
>>> est_egal("Secretaire", "Secrétaire"), cle_large("Secrétaire") == cle_large("secretaire")
(False, True)
>>> est_vide("\u202f \u200b")
True

Source, pour les accents défaits : https://www.unicode.org/reports/tr15/ (NFKD).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import NewType, TypeVar

from pilotage_xlsx.socle.motifs import motif

TexteSaisi = NewType("TexteSaisi", str)
"""Le texte d'une cellule : n'importe quels signes, jusqu'à 32'767.

Qui le prend tient en un temps proportionnel à sa longueur, sans jamais rien lever : un essai trouve
par ce type toutes les fonctions qui le prennent, et les joue sur des textes hostiles.
"""

Texte = TexteSaisi | str
"""Un texte de la maison, ou celui d'une cellule."""

LONGUEUR_D_UN_NOMBRE = 100
LONGUEUR_D_UNE_DATE = 100
LONGUEUR_D_UN_NOM = 200
"""Au-delà, un texte n'est plus un nombre, une date, ni un nom qui se compare à d'autres."""

_LONGUEUR_RETENUE, _LONGS_RETENUS = 200, 4

R = TypeVar("R")

BLANCS = "\x01\t\n\r\u00a0\u2007\u2009\u202f"
"""Ce qui vaut une espace ; la feuille remplace les mêmes signes.

Dans un texte de plusieurs lignes, une formule de LibreOffice voit une tabulation comme ``\\x01``.
"""

INVISIBLES = "\u00ad\u200b\u2060\ufeff"
"""Ce qui ne vaut rien."""

APOSTROPHES = "’‘´`"
"""Ce qui vaut une apostrophe droite."""

_VIDES = f" {BLANCS}{INVISIBLES}"
_TIRETS = motif("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_HORS_DU_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"


def retenir(reponses: int) -> Callable[[Callable[[Texte], R]], Callable[[Texte], R]]:
    """Garde en mémoire autant de réponses aux textes courts, et les dernières aux longs.

    Un long texte pèse : les dernières suffisent à celui qu'un classeur répète de ligne en ligne.
    """

    def decorer(fonction: Callable[[Texte], R]) -> Callable[[Texte], R]:
        retenues = _Reponses(fonction, reponses)

        @wraps(fonction)
        def repondre(texte: Texte) -> R:
            return retenues[texte]

        return repondre

    return decorer


class _Reponses(dict[Texte, R]):
    """Les réponses aux textes courts, oubliées toutes quand elles sont trop ; les longs à part."""

    def __init__(self, fonction: Callable[[Texte], R], maximum: int) -> None:
        super().__init__()
        self._repondre, self._maximum = fonction, maximum
        self._aux_longs = lru_cache(maxsize=_LONGS_RETENUS)(fonction)

    def __missing__(self, texte: Texte) -> R:
        if len(texte) > _LONGUEUR_RETENUE:
            return self._aux_longs(texte)
        if len(self) >= self._maximum:
            self.clear()
        reponse = self[texte] = self._repondre(texte)
        return reponse


def normaliser(texte: Texte) -> str:
    """Le texte sans blanc en bord, avec une seule espace ordinaire entre les mots.

    Signe par signe : ``translate`` en prend cent fois plus à un long texte accentué.
    """
    for signe in INVISIBLES:
        texte = texte.replace(signe, "")
    for signe in BLANCS:
        texte = texte.replace(signe, " ")
    return " ".join(filter(None, texte.split(" ")))


def redresser(texte: Texte) -> str:
    """Le texte, ses apostrophes droites."""
    for signe in APOSTROPHES:
        texte = texte.replace(signe, "'")
    return texte


def redresser_les_tirets(texte: Texte) -> str:
    """Le texte, ses tirets de toute sorte en traits d'union : là où ils ne font que séparer."""
    return _TIRETS.sub("-", texte)


def en_clair(texte: Texte) -> str:
    """Le texte sans les signes de commande, qu'un classeur ne peut pas porter."""
    return re.sub(_HORS_DU_XML, "", texte)


def est_vide(texte: Texte) -> bool:
    """Vrai si le texte n'a que des blancs (espaces insécables et invisibles compris)."""
    return not texte or not (texte[0].isalnum() or texte.strip(_VIDES))


@retenir(50_000)
def cle(texte: Texte) -> str:
    """La forme sous laquelle deux textes se comparent : casse, blancs, apostrophes."""
    return normaliser(redresser(texte)).casefold()


@retenir(50_000)
def cle_large(texte: Texte) -> str:
    """Comme `cle`, sans accents ni ponctuation : « Secrétaire » = « secretaire ».

    Un texte plus long qu'un nom garde ses accents : les défaire peut l'allonger dix-huit fois.
    """
    forme = cle(texte)
    if len(forme) <= LONGUEUR_D_UN_NOM:
        forme = unicodedata.normalize("NFKD", forme)
    return "".join(filter(str.isalnum, forme))


def est_egal(un: Texte, autre: Texte) -> bool:
    """Vrai si les deux textes disent la même chose au sens de `cle`."""
    return cle(un) == cle(autre)
