"""Une table : ses colonnes, et ses rangées qui se relisent à volonté, une à la fois.

Chaque forme (classeur, CSV, Parquet, DataFrame) montre les mêmes tables, sans rien calculer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pilotage_xlsx.consolidation.natives import Genree, Native, Type, est_un_aveu
from pilotage_xlsx.modele import SEPARATEUR

Rangees = Callable[[], Iterator[Sequence[Native]]]
"""Rend, à chaque appel, les rangées depuis le début."""


class Lien(NamedTuple):
    """Où mène une rangée : le fichier d'une pièce (son rang), une feuille, une ligne."""

    piece: int
    feuille: str
    ligne: int


class Entete(NamedTuple):
    """Une colonne : son identifiant, son titre, son type, et comment le classeur la montre.

    ``est_jumelee`` : une valeur au moins n'entre pas dans le type.
    """

    colonne: str
    titre: str
    largeur: int
    style: str = "texte"
    genree: Genree = Genree(Type.TEXTE)
    est_montree: bool = True
    est_jumelee: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Une table : identifiant, nom de la feuille, titre, phrases de tête, colonnes, rangées.

    ``hauteur`` : le nombre de rangées, connu d'avance ; ``liens`` rend, dans le même ordre, où
    mène chaque rangée ; ``liee`` est la colonne qui porte le lien.
    """

    id: str
    nom: str
    titre: str
    phrases: tuple[str, ...]
    entetes: tuple[Entete, ...]
    rangees: Rangees
    hauteur: int
    est_registre: bool = False
    liens: Callable[[], Iterator[Lien]] | None = None
    liee: str | None = None

    @property
    def colonnes(self) -> tuple[str, ...]:
        """Les identifiants des colonnes."""
        return tuple(entete.colonne for entete in self.entetes)


def avouer(entetes: Sequence[Entete], rangee: Sequence[Native]) -> str | None:
    """Les colonnes d'une rangée qui répondent « À clarifier » ; rien s'il n'y en a pas."""
    avouees = (e.colonne for e, c in zip(entetes, rangee, strict=True) if est_un_aveu(c, e.genree))
    return f"{SEPARATEUR} ".join(avouees) or None


def entier(colonne: str, titre: str, largeur: int, style: str = "entier") -> Entete:
    """Une colonne de nombres entiers."""
    return Entete(colonne, titre, largeur, style, Genree(Type.ENTIER))


def fixe(rangees: Sequence[Sequence[Native]]) -> Rangees:
    """Les rangées d'une petite table, toutes en mémoire."""
    return lambda: iter(rangees)


def distinguer(entetes: Iterable[Entete]) -> Iterator[Entete]:
    """Une table veut des en-têtes tous différents, à la casse près, et d'au plus 255 signes."""
    pris: set[str] = set()
    for entete in entetes:
        court = entete.titre[:240]
        titre, rang = court, 1
        while titre.casefold() in pris:
            rang += 1
            titre = f"{court} ({rang})"
        pris.add(titre.casefold())
        yield entete._replace(titre=titre)
