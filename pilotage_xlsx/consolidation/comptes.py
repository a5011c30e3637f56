"""Les comptes : chaque ligne lue est en vigueur, hors vigueur ou laissée de côté."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.typographie import nombre


@dataclass(frozen=True, slots=True)
class Comptes:
    """Les lignes des registres : lues = en vigueur + hors vigueur + totaux + écartées.

    ``totaux`` : lignes « Total » sous une liste ; ``ecartees`` : lignes d'un classeur écarté.
    Les lignes hors vigueur (outil arrêté, incident clos) sont dans les tables, comme les autres.
    """

    lues: int = 0
    en_vigueur: int = 0
    hors_vigueur: int = 0
    totaux: int = 0
    ecartees: int = 0

    def __add__(self, autre: Comptes) -> Comptes:
        return Comptes(*(a + b for a, b in zip(astuple(self), astuple(autre), strict=True)))

    @property
    def retenues(self) -> int:
        """Les lignes qui sont dans les tables."""
        return self.en_vigueur + self.hors_vigueur

    @property
    def laissees(self) -> int:
        """Les lignes lues qui ne sont pas dans les tables."""
        return self.totaux + self.ecartees

    def phrase(self) -> str:
        """« 142 lignes lues = 130 en vigueur + 8 hors vigueur + 4 laissées de côté (…) »."""
        somme = (
            f"{_lignes(self.lues)} = {nombre(self.en_vigueur)} en vigueur"
            f" + {nombre(self.hors_vigueur)} hors vigueur + {nombre(self.laissees)} de côté"
        )
        raisons = [
            f"{nombre(combien)} {quoi}"
            for combien, quoi in (
                (self.totaux, "« Total »"),
                (self.ecartees, "de classeurs écartés"),
            )
            if combien
        ]
        return f"{somme} ({', '.join(raisons)})." if raisons else f"{somme}."


def compter(piece: Piece, feuille: Feuille) -> Comptes:
    """Les comptes d'un registre dans un classeur ; tout à zéro si le classeur est refusé."""
    lues = len(piece.registre.lignes(feuille.id))
    if not piece.est_retenue:
        return Comptes(lues, ecartees=lues)
    etat = piece.liens.etat
    gardees, en_vigueur = len(etat.lignes(feuille.id)), len(etat.en_vigueur(feuille.id))
    return Comptes(lues, en_vigueur, gardees - en_vigueur, lues - gardees)


def compter_tout(pieces: Iterable[Piece], modele: Modele) -> Comptes:
    """Les comptes de tous les registres de toutes les pièces."""
    return sum(
        (compter(piece, feuille) for piece in pieces for feuille in modele.registres), Comptes()
    )


def _lignes(combien: int) -> str:
    return f"{nombre(combien)} ligne lue" if combien < 2 else f"{nombre(combien)} lignes lues"
