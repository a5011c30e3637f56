"""Les comptes : chaque ligne lue est en vigueur, hors vigueur ou laissée de côté."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.socle.typographie import nombre


@dataclass(frozen=True, slots=True)
class Comptes:
    """Les lignes des registres : lues = en vigueur + hors vigueur + laissées de côté.

    ``totaux`` : lignes « Total » sous une liste ; ``a_confirmer`` : lignes seulement proposées ;
    ``ecartees`` : lignes d'un classeur écarté.
    Les lignes hors vigueur (outil arrêté, incident clos) sont dans les tables, comme les autres.
    """

    lues: int = 0
    en_vigueur: int = 0
    hors_vigueur: int = 0
    totaux: int = 0
    a_confirmer: int = 0
    ecartees: int = 0

    def __add__(self, autre: Comptes) -> Comptes:
        return Comptes(
            self.lues + autre.lues,
            self.en_vigueur + autre.en_vigueur,
            self.hors_vigueur + autre.hors_vigueur,
            self.totaux + autre.totaux,
            self.a_confirmer + autre.a_confirmer,
            self.ecartees + autre.ecartees,
        )

    @property
    def retenues(self) -> int:
        """Les lignes qui sont dans les tables."""
        return self.en_vigueur + self.hors_vigueur

    @property
    def laissees(self) -> int:
        """Les lignes lues qui ne sont pas dans les tables."""
        return self.totaux + self.a_confirmer + self.ecartees

    def ecarter(self) -> Comptes:
        """Les mêmes lignes, dans un classeur qui n'est pas retenu."""
        return Comptes(self.lues, ecartees=self.lues)

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
                (self.a_confirmer, "à confirmer"),
                (self.ecartees, "de classeurs écartés"),
            )
            if combien
        ]
        return f"{somme} ({', '.join(raisons)})." if raisons else f"{somme}."


def compter(liens: Liens, feuille: Feuille) -> Comptes:
    """Les comptes d'un registre dans un classeur lu."""
    lues = len(liens.registre.lignes(feuille.id))
    inscrites = len(liens.etat.lignes(feuille.id))
    tenues = len(liens.etat.tenues(feuille.id))
    en_vigueur = len(liens.etat.en_vigueur(feuille.id))
    return Comptes(lues, en_vigueur, tenues - en_vigueur, lues - inscrites, inscrites - tenues)


def _lignes(combien: int) -> str:
    return f"{nombre(combien)} ligne lue" if combien < 2 else f"{nombre(combien)} lignes lues"
