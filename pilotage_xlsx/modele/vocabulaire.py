"""Les mots que le modèle admet dans une cellule : leur clé, leur libellé, leurs marques.

La cellule montre le libellé ; le programme ne demande qu'une clé ou une marque (`Marque`), jamais
un libellé : renommer une valeur ou en ajouter une ne fait taire aucun jugement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pilotage_xlsx.modele.identite import Strict


class Aveu(str):
    """La réponse honnête « À clarifier » : elle répond à la question, et n'est jamais un fait.

    Un texte comme un autre pour qui la montre ou l'écrit ; ni date, ni nombre, ni nom qui se juge.
    """

    __slots__ = ()


A_CLARIFIER = Aveu("À clarifier")
"""Admise dans toute cellule, sauf celles que la colonne en excepte (`Colonne.admet_l_aveu`)."""

CLE_A_CLARIFIER = "a_clarifier"
"""La clé de « À clarifier », là où une donnée écrit des clés plutôt que des libellés."""


class Mot(Strict, frozen=True):
    """Une valeur d'une liste fermée, ou un texte admis à la place d'une référence ou d'une date.

    ``cle`` ne change jamais ; ``libelle`` est ce que la cellule montre ; ``est`` dit ce que la
    valeur veut dire pour le programme ; ``synonymes`` sont d'autres façons de l'écrire ; ``sens``
    l'explique à la personne. ``nomme_par`` : la colonne de la fiche où la commune écrit le mot
    qu'elle emploie elle-même pour cette valeur ; ``equivoques`` : ce qui l'écrit dans une commune,
    et une autre valeur ailleurs ; cela ne se lit pas, et se propose. ``ailleurs`` : comment une
    liste faite ailleurs l'écrit ; seul `importer` le lit.
    """

    cle: str
    libelle: str
    est: tuple[str, ...] = ()
    synonymes: tuple[str, ...] = ()
    equivoques: tuple[str, ...] = ()
    ailleurs: tuple[str, ...] = ()
    nomme_par: str | None = None
    sens: str | None = None

    def repond_a(self, nom: str) -> bool:
        """Vrai si ``nom`` est sa clé ou l'une de ses marques."""
        return nom == self.cle or nom in self.est


class OuiOuNon(Strict, frozen=True):
    """Des en-têtes auxquels une liste répond par oui ou par non, et la clé que vaut la réponse.

    Sans clé que la liste connaisse, la réponse n'en dit pas assez : elle reste telle que tapée.
    """

    dites: tuple[str, ...]
    oui: str | None = None
    non: str | None = None


def ecritures(mots: Iterable[Mot], *, avec_cles: bool = True) -> dict[str, str]:
    """Ce qui peut s'écrire pour chaque valeur (libellé, synonyme, clé), et son libellé.

    Une clé ne vaut pas là où elle pourrait être un nom inscrit : dans une référence.
    """
    return {
        ecrit: mot.libelle
        for mot in mots
        for ecrit in (mot.libelle, *mot.synonymes, *((mot.cle,) if avec_cles else ()))
    }


AVEU = Mot(
    cle=CLE_A_CLARIFIER, libelle=A_CLARIFIER, est=("en_attente",), synonymes=("A clarifier",)
)
"""« À clarifier », comme une valeur de liste ; tous les claviers n'ont pas le « À » majuscule."""


class Liste(Strict, frozen=True):
    """Une liste fermée ; ``a_clarifier`` : son menu propose aussi « À clarifier »."""

    valeurs: tuple[Mot, ...]
    a_clarifier: bool = False

    @property
    def mots(self) -> tuple[Mot, ...]:
        """Les valeurs que le menu propose, « À clarifier » comprise, dans l'ordre."""
        return (*self.valeurs, AVEU) if self.a_clarifier else self.valeurs

    @property
    def choix(self) -> tuple[str, ...]:
        """Les libellés admis, dans l'ordre du menu déroulant."""
        return tuple(mot.libelle for mot in self.mots)


MotsPropres = Mapping[str, tuple[str, ...]]
"""Ce que la commune écrit dans les colonnes de sa fiche qui nomment une valeur, par colonne."""

AUCUN_MOT_PROPRE: MotsPropres = MappingProxyType({})


class Marque(NamedTuple):
    """Ce que le programme demande à une colonne : une clé ou une marque de ses valeurs."""

    feuille: str
    colonne: str
    nom: str
