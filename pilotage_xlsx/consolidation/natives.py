"""D'une valeur lue à une cellule native : texte, nombre, date ; les textes sont masqués.

Ce qui n'entre pas dans le type de sa colonne (une mention, une valeur illisible) reste en toutes
lettres : rien ne se perd. Les formes typées le rangent dans une colonne jumelle,
« echeance.texte », qui n'existe que si elle sert. « À clarifier » n'est pas un fait : ces formes
laissent la cellule vide, et nomment sa colonne dans `AVEUX`.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, auto
from typing import NamedTuple

from pilotage_xlsx.modele import Colonne, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER
from pilotage_xlsx.registre import Illisible, Valeur
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.textes import Texte

JUMELLE = ".texte"
"""La fin du nom d'une colonne jumelle ; un identifiant du modèle n'a pas de point."""

AVEUX = "a_clarifier"
"""La colonne des formes typées qui nomme, ligne par ligne, les colonnes « À clarifier »."""

Native = Texte | int | float | date | datetime | None
"""Ce qu'un tableur, une base ou un fichier de texte tient tel quel."""


class Type(Enum):
    """Ce que les cellules d'une colonne sont, pour les formes qui typent."""

    TEXTE = auto()
    CHOIX = auto()
    ENTIER = auto()
    REEL = auto()
    DATE = auto()
    INSTANT = auto()
    OUI_NON = auto()
    LIBRE = auto()


class Genree(NamedTuple):
    """Une colonne et son type ; ``choix`` : les valeurs d'une liste, dans l'ordre du menu.

    ``admet_l_aveu`` : « À clarifier » y répond ; une forme typée la nomme à part (`AVEUX`).
    """

    type: Type
    choix: tuple[str, ...] = ()
    admet_l_aveu: bool = False


_PAR_GENRE = {
    Genre.ENTIER: Type.ENTIER,
    Genre.MONTANT: Type.REEL,
    Genre.DATE: Type.DATE,
    Genre.DATE_HEURE: Type.INSTANT,
    Genre.CALCULE: Type.DATE,
}


def genrer(colonne: Colonne, modele: Modele) -> Genree:
    """Le type d'une colonne du modèle."""
    if colonne.genre is Genre.LISTE:
        choix = dict.fromkeys((*modele.choix(colonne), *colonne.mentions))
        if colonne.admet_l_aveu:
            choix.pop(A_CLARIFIER, None)
        return Genree(Type.CHOIX, tuple(choix), colonne.admet_l_aveu)
    return Genree(_PAR_GENRE.get(colonne.genre, Type.TEXTE), (), colonne.admet_l_aveu)


def native(valeur: Valeur | None) -> Native:
    """La cellule native d'une valeur : dates et nombres tels quels, le reste en texte masqué."""
    if isinstance(valeur, str):
        return masquer(valeur)
    if valeur is None or isinstance(valeur, int | float | date):
        return valeur
    return texte(valeur)


def texte(valeur: Valeur | None) -> str | None:
    """Le texte montré et masqué d'une valeur ; rien si la cellule est vide."""
    return None if valeur is None else masquer(afficher(valeur))


def est_masquee(valeur: Valeur) -> bool:
    """Vrai si le texte montré cache une partie de la valeur."""
    if isinstance(valeur, str):
        return masquer(valeur) != valeur
    return isinstance(valeur, tuple | Illisible) and texte(valeur) != afficher(valeur)


def est_un_aveu(cellule: Native, genree: Genree) -> bool:
    """Vrai si la cellule répond « À clarifier »."""
    return genree.admet_l_aveu and cellule == A_CLARIFIER


def reste(cellule: Native, genree: Genree) -> str | None:
    """Ce que le type ne tient pas, en toutes lettres, pour la colonne jumelle."""
    if cellule is None or est_un_aveu(cellule, genree) or entre(cellule, genree):
        return None
    return afficher(cellule)


def tient_tout(genree: Genree) -> bool:
    """Vrai si toute cellule entre dans ce type."""
    return genree.type in (Type.TEXTE, Type.OUI_NON, Type.LIBRE)


def entre(cellule: Native, genree: Genree) -> bool:
    """Vrai si la cellule (remplie) entre dans le type de sa colonne ; un aveu n'y entre pas."""
    if est_un_aveu(cellule, genree):
        return False
    match genree.type:
        case Type.CHOIX:
            return cellule in genree.choix
        case Type.ENTIER:
            return isinstance(cellule, int) and abs(cellule) < 2**63
        case Type.REEL:
            return isinstance(cellule, int | float)
        case Type.DATE | Type.INSTANT:
            return isinstance(cellule, date)
        case _:
            return True
