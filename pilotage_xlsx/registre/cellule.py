"""La cellule brute, telle que le tableur l'a enregistrée."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pilotage_xlsx.socle.textes import TexteSaisi


class Nature(StrEnum):
    """Ce que le tableur a enregistré dans la cellule."""

    NOMBRE = "nombre"
    TEXTE = "texte"
    BOOLEEN = "booleen"
    DATE = "date"
    ERREUR = "erreur"
    FORMULE = "formule"


class Cellule(NamedTuple):
    """Une cellule brute : sa nature, son texte tel qu'enregistré, et si son format est une date.

    `Nature.DATE` porte une date ISO 8601, `Nature.FORMULE` une formule sans résultat enregistré.
    """

    nature: Nature
    texte: TexteSaisi
    est_date: bool = False


class CelluleCoupee(Cellule):
    """Une cellule dont le texte passe la borne du tableur : ``texte`` n'en est que le début."""

    __slots__ = ()
