"""Un constat : ce qui ne va pas, où, et que faire. Le seul endroit qui met un lieu en mots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from pilotage_xlsx.registre import Emplacement


class Gravite(StrEnum):
    """Erreur : la note ou la donnée est rompue. Avertissement : à corriger. Attention : à porter
    à l'exécutif."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"
    ATTENTION = "attention"

    @property
    def rang(self) -> int:
        """0 pour la plus grave."""
        return list(Gravite).index(self)


class Constat(msgspec.Struct, frozen=True):
    """Un fait fautif : lieu, règle, phrase qui dit le fait, remède à l'impératif.

    ``valeur`` est le texte affiché (déjà masqué s'il le faut), rien si la cellule est vide ;
    ``aussi`` donne les autres cellules d'une même faute.
    """

    regle: str
    gravite: Gravite
    message: str
    corriger: str
    paragraphe: str
    lieu: Emplacement
    registre: str | None = None
    colonne: str | None = None
    libelle: str | None = None
    valeur: str | None = None
    aussi: tuple[Emplacement, ...] = ()

    @property
    def cle_de_tri(self) -> tuple[int, str, int, int, str]:
        """Le plus grave d'abord, puis dans l'ordre de la feuille."""
        ligne, colonne = self.lieu.ligne or 0, self.lieu.colonne or 0
        return (self.gravite.rang, self.lieu.feuille, ligne, colonne, self.regle)


class Resume(msgspec.Struct, frozen=True):
    """Le compte des constats par gravité."""

    erreurs: int = 0
    avertissements: int = 0
    attentions: int = 0


def resumer(constats: Iterable[Constat]) -> Resume:
    """Compte les constats par gravité."""
    gravites = [constat.gravite for constat in constats]
    return Resume(*(gravites.count(gravite) for gravite in Gravite))


def lettre(colonne: int) -> str:
    """La lettre d'une colonne numérotée dès 1 : 1 → A, 27 → AA."""
    lettres = ""
    while colonne:
        colonne, reste = divmod(colonne - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def cellule(lieu: Emplacement) -> str | None:
    """L'adresse « G12 », ou rien si la ligne ou la colonne manque."""
    if lieu.ligne is None or lieu.colonne is None:
        return None
    return f"{lettre(lieu.colonne)}{lieu.ligne}"


def ou(lieu: Emplacement) -> str:
    """Le lieu en mots courts : « G12 », « ligne 5 », ou rien pour le classeur entier."""
    return cellule(lieu) or (f"ligne {lieu.ligne}" if lieu.ligne else "")


class Groupe(msgspec.Struct, frozen=True):
    """Des constats de même cause dans une même colonne, à montrer d'un seul trait."""

    constats: tuple[Constat, ...]

    @property
    def premier(self) -> Constat:
        """Le constat qui parle pour tous."""
        return self.constats[0]

    @property
    def ou(self) -> str:
        """« G12 », ou « G7 à G20 »."""
        debut = ou(self.premier.lieu)
        return debut if len(self.constats) == 1 else f"{debut} à {ou(self.constats[-1].lieu)}"

    @property
    def message(self) -> str:
        """Le fait ; pour un groupe, le nombre de lignes et leurs cellules."""
        if len(self.constats) == 1:
            return self.premier.message
        suites = ", ".join(_suites([constat.lieu for constat in self.constats]))
        return f"{len(self.constats)} lignes, {suites}. La première : {self.premier.message}"


def _suites(lieux: Sequence[Emplacement]) -> Iterator[str]:
    """« G7 à G15 », « G18 » : les lignes qui se suivent d'un trait, les autres une à une."""
    debut = fin = lieux[0]
    for lieu in (*lieux[1:], None):
        if lieu is not None and (lieu.ligne or 0) == (fin.ligne or 0) + 1:
            fin = lieu
            continue
        yield ou(debut) if debut is fin else f"{ou(debut)} à {ou(fin)}"
        debut = fin = lieu or fin


GROUPER_AU_DELA = 5


def grouper(constats: Iterable[Constat]) -> Iterator[Groupe]:
    """Groupe une cause qui se répète plus de cinq fois dans une colonne ; garde l'ordre."""
    groupes: dict[tuple[str, str, str | None], list[Constat]] = {}
    for constat in constats:
        cle = (constat.regle, constat.lieu.feuille, constat.colonne)
        groupes.setdefault(cle, []).append(constat)
    for memes in groupes.values():
        if len(memes) > GROUPER_AU_DELA:
            yield Groupe(tuple(memes))
        else:
            yield from (Groupe((constat,)) for constat in memes)
