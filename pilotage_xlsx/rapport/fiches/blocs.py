"""Ce dont une fiche est faite : des blocs simples, que chaque rendu (page, PDF, texte) dessine.

Tous les textes y sont déjà masqués et bornés : une fiche tient sur une page A4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pilotage_xlsx.rapport.document import Tableau
from pilotage_xlsx.socle.textes import Texte


@dataclass(frozen=True, slots=True)
class Champs:
    """Des libellés et leurs réponses, l'un sous l'autre."""

    sorte: ClassVar = "champs"
    titre: str
    lignes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraphes:
    """Des phrases, sous un titre s'il n'est pas vide."""

    sorte: ClassVar = "paragraphes"
    titre: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Etapes:
    """Ce qu'il faut faire, dans l'ordre."""

    sorte: ClassVar = "etapes"
    titre: str
    etapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encadre:
    """Ce qui se relit à haute voix, les cases à cocher, puis les blancs à remplir à la main."""

    sorte: ClassVar = "encadre"
    titre: str
    texte: str
    cases: tuple[str, ...] = ()
    a_remplir: tuple[str, ...] = ()


Bloc = Champs | Paragraphes | Etapes | Encadre | Tableau


@dataclass(frozen=True, slots=True)
class Courrier:
    """Les en-têtes d'un message ; une adresse manque si la feuille Commune ne la donne pas."""

    objet: str
    de: Texte | None
    a: Texte | None


@dataclass(frozen=True, slots=True)
class Fiche:
    """Une page : ce qu'elle est, ce qu'elle dit. ``courrier`` : elle part aussi par courriel."""

    avis: str
    surtitre: str
    titre: str
    blocs: tuple[Bloc, ...]
    pied: str
    courrier: Courrier | None = None


_PAR_LIGNE = 78
_BORNES = (34, 40, 48)


def serrer(fiche: Fiche) -> int:
    """De 0 à 3 : de combien resserrer la page HTML pour qu'elle s'imprime sur une feuille.

    Le PDF, lui, mesure : voir ``gabarits/fiche.typ``.
    """
    lignes = sum(map(_compter, fiche.blocs))
    return sum(lignes > borne for borne in _BORNES)


def _compter(bloc: Bloc) -> int:
    """Les lignes qu'un bloc prend à la taille ordinaire, un peu plus que trop peu."""
    match bloc:
        case Champs(_, lignes):
            return 2 + sum(_plier(texte, _PAR_LIGNE) for _, texte in lignes)
        case Paragraphes(_, textes) | Etapes(_, textes):
            return 2 + sum(_plier(texte, _PAR_LIGNE + 20) for texte in textes)
        case Encadre():
            return 4 + _plier(bloc.texte, _PAR_LIGNE + 10) + 2 * bool(bloc.a_remplir)
        case Tableau():
            return 3 + sum(_hauteur(bloc, ligne) for ligne in bloc.lignes)


def _hauteur(tableau: Tableau, ligne: tuple[object, ...]) -> int:
    total = sum(colonne.largeur for colonne in tableau.colonnes)
    places = (colonne.largeur * 92 // total for colonne in tableau.colonnes)
    return max(_plier(str(case), place) for case, place in zip(ligne, places, strict=True))


def _plier(texte: str, place: int) -> int:
    return 1 + len(texte) // place
