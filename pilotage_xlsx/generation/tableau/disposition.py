"""La disposition du tableau de bord : chaque table prend sa place d'après sa vraie longueur.

À gauche ce qui échoit, à droite les nombres, l'un sous l'autre ; plus à droite, cachées, les
cellules dont les listes vivent. Une formule reçoit le nom d'une cellule, jamais son adresse.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec
from xlsxwriter.format import Format

from pilotage_xlsx.generation.echeancier import FAMILLES
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.textes import normaliser
from pilotage_xlsx.socle.typographie import phraser

FEUILLE = "Tableau de bord"
DERNIERE_COLONNE = 9
LIGNE_NOMS, LIGNE_CHIFFRES, LIGNE_DETAILS, _SOUS_LES_CHIFFRES = 4, 5, 6, 8
TACHES_MONTREES, SANS_FIN_MONTRES, PRESTATAIRES_MONTRES = 12, 11, 4

ET_ENCORE = phraser("Et encore : ")
"""Sous une liste, ce qui n'y tient pas."""

LIBELLES, NOMBRES = "G", "H"
RESERVE, CLE, FAMILLE, POSITION, ADRESSE, NOM = map(lettres_de, range(11, 17))
"""Les colonnes cachées : les tâches de chaque famille, ce dont vivent les lignes des deux listes,
et les noms actuels des feuilles."""


class Calculee(msgspec.Struct, frozen=True):
    """Une cellule calculée : où, sa formule, sa valeur juste, son style."""

    ou: str
    formule: str
    valeur: Any
    style: Format


class Disposition(msgspec.Struct, frozen=True, dict=True):
    """Les lignes de chaque pièce, d'après le nombre de criticités, de lieux, de l'année."""

    criticites: int
    lieux: int
    de_l_annee: int

    aujourd_hui = "$A$2"
    horizon = f"$A${_SOUS_LES_CHIFFRES}"
    annee = f"${NOM}$1"

    @property
    def premiere_tache(self) -> int:
        """Sous le titre de la liste et ses en-têtes."""
        return _SOUS_LES_CHIFFRES + 2

    @property
    def sous_les_taches(self) -> int:
        """La ligne qui dit combien de tâches ne tiennent pas."""
        return self.premiere_tache + TACHES_MONTREES

    @property
    def premier_sans_fin(self) -> int:
        """Sous son titre, lui-même sous une ligne vide."""
        return self.sous_les_taches + 3

    @property
    def premiere_criticite(self) -> int:
        """Sous le titre de la table."""
        return _SOUS_LES_CHIFFRES + 1

    @cached_property
    def premier_lieu(self) -> int:
        """Sous la table des criticités, une ligne vide et un titre."""
        return self.premiere_criticite + self.criticites + 2

    @cached_property
    def premier_prestataire(self) -> int:
        """Sous celle des lieux."""
        return self.premier_lieu + self.lieux + 2

    @cached_property
    def premiere_de_l_annee(self) -> int:
        """Sous celle des prestataires, dont la dernière ligne dit le reste."""
        return self.premier_prestataire + PRESTATAIRES_MONTRES + 3

    @cached_property
    def derniere_ligne(self) -> int:
        """La dernière ligne imprimée."""
        droite = self.premiere_de_l_annee + self.de_l_annee - 1
        return max(droite, self.premier_sans_fin + SANS_FIN_MONTRES)

    @cached_property
    def taches_de_toutes(self) -> str:
        """Les premières clés de toutes les familles."""
        return f"${RESERVE}$1:${RESERVE}${len(FAMILLES) * TACHES_MONTREES}"

    def tache_de(self, famille: int, rang: int) -> str:
        """La cellule de la ``rang``-ième tâche d'une famille (dès 0)."""
        return f"{RESERVE}{famille * TACHES_MONTREES + rang + 1}"

    def nom_de(self, famille: int) -> str:
        """La cellule du nom actuel de la feuille d'une famille (dès 0)."""
        return f"${NOM}${famille + 2}"

    @property
    def noms(self) -> str:
        """Ces noms, dans l'ordre des familles."""
        return f"{self.nom_de(0)}:{self.nom_de(len(FAMILLES) - 1)}"


def montrer(ligne: Ligne, nom: str) -> str:
    """Le texte d'une cellule sur une seule ligne, comme la feuille le montre."""
    return normaliser(afficher(ligne[nom]))
