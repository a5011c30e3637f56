"""Une cellule qu'on pourrait récrire, telle que les règles qui réparent la reçoivent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.metier.executif import mots_propres
from pilotage_xlsx.modele import Colonne, Modele
from pilotage_xlsx.registre import Cellule, Ligne, NatureDeCellule, Registre
from pilotage_xlsx.socle.dates import Jour
from pilotage_xlsx.socle.textes import BLANCS, INVISIBLES, Texte, cle, cle_large, normaliser

Reparee = str | float | Jour
"""Ce qu'on écrit dans la cellule : un texte, un nombre, une date."""

_EN_BORD = f" {BLANCS}{INVISIBLES}"


class Inscrits:
    """Un classeur et son modèle : les noms qu'une cellule peut citer."""

    def __init__(self, modele: Modele, registre: Registre) -> None:
        self.modele = modele
        self.etat = Etat(modele, registre)
        self.propres = mots_propres(modele, registre.commune)

    @cached_property
    def par_forme(self) -> Mapping[str, Mapping[str, set[str]]]:
        """Les clés inscrites de chaque registre, par forme sans accents."""
        noms: dict[str, dict[str, set[str]]] = {}
        for feuille in self.modele.registres:
            noms[feuille.id] = defaultdict(set)
            for ligne in self.etat.lignes(feuille.id):
                if nom := ligne.texte(feuille.cle or ""):
                    noms[feuille.id][cle_large(nom)].add(normaliser(nom))
        return noms


class Saisie(NamedTuple):
    """Une cellule remplie, sa colonne et sa ligne, parmi ce qui est inscrit."""

    inscrits: Inscrits
    colonne: Colonne
    ligne: Ligne
    cellule: Cellule

    @property
    def est_un_texte(self) -> bool:
        """Faux pour un nombre, une formule ou une erreur, que seul un type natif répare."""
        return self.cellule.nature is NatureDeCellule.TEXTE

    @property
    def sans_bords(self) -> str:
        """Le texte, sans les blancs ni les signes invisibles qui l'entourent."""
        return self.cellule.texte.strip(_EN_BORD)


class Voulu(NamedTuple):
    """Ce qu'une cellule voulait sans doute dire, et que la personne choisit ou non.

    ``ancien`` : le nom cité que ``nouveau`` remplace, les autres de la cellule restent ; sans lui,
    ``nouveau`` est toute la cellule.
    """

    nouveau: Reparee
    ancien: str | None = None


Reparer = Callable[[Saisie], Reparee | None]
"""D'une saisie que la règle juge, ce qu'on y écrit sans demander : elle-même s'il n'y a rien à
changer, et rien si c'est à une autre de le dire."""


def semblable(texte: Texte, ecritures: Mapping[str, str]) -> str | None:
    """Le libellé qui s'écrit ainsi ; sinon le seul égal aux accents et aux signes près.

    Un synonyme doit être entier : d'un court (« N »), trop de textes ne diffèrent que d'un signe.
    """
    for ecrit, libelle in ecritures.items():
        if cle(ecrit) == cle(texte):
            return libelle
    forme, libelles = cle_large(texte), dict.fromkeys(ecritures.values())
    voisins = [libelle for libelle in libelles if forme and cle_large(libelle) == forme]
    return voisins[0] if len(voisins) == 1 else None
