"""Un constat : ce qui ne va pas, où, et que faire. Le seul endroit qui met un lieu en mots.

>>> lieu = Emplacement("valmarin.xlsx", "Outils", 12, 7)
>>> vide = Constat("CEL-001", Gravite.A_REMPLIR, "Il manque…", "Répondre.", "3.2", lieu)
>>> vide
<Constat CEL-001, Outils G12 : Il manque…>
>>> resumer([vide]).a_remplir, vide.gravite.mot, ou(Emplacement("valmarin.xlsx", "Outils", 5, None))
(1, 'à remplir', 'ligne 5')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from operator import add

import msgspec
from msgspec.structs import astuple

from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.longueur import en_bref


class Gravite(StrEnum):
    """Erreur : la note ou la donnée est rompue. Avertissement : à corriger. À remplir : une cellule
    exigée ne dit encore rien. Attention : à porter à l'exécutif."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"
    A_REMPLIR = "a_remplir"
    ATTENTION = "attention"

    @property
    def mot(self) -> str:
        """Ce qu'une personne lit : « à remplir »."""
        return "à remplir" if self is Gravite.A_REMPLIR else self.value

    @property
    def rang(self) -> int:
        """0 pour la plus grave."""
        return _RANGS[self]


_RANGS = {gravite: rang for rang, gravite in enumerate(Gravite)}

_FAMILLES = (
    "FIC",
    "STR",
    "INC",
    "DEC",
    "OUT",
    "PRE",
    "COM",
    "SIG",
    "ECH",
    "EVO",
    "ENS",
    "CEL",
    "ACC",
)
"""À gravité égale : ce qui cache le reste, ce que la note demande, puis les cellules une à une."""


class Constat(msgspec.Struct, frozen=True):
    """Un fait fautif : lieu, règle, phrase qui dit le fait, remède à l'impératif.

    ``valeur`` est le texte affiché (déjà masqué s'il le faut), rien si la cellule est vide ;
    ``aussi`` donne les autres cellules d'une même faute. ``bloque`` : le contrôle n'est pas passé
    tant que c'est ainsi, soit pour toute erreur, et pour une cellule à remplir que le modèle dit
    indispensable (`gravite_si_vide`). Pour grouper : ``nom``, celui de la ligne ; ``aupres``, le
    prestataire à qui la question se pose ; ``chantier``, où en est une feuille presque vide.
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
    bloque: bool = False
    nom: str | None = None
    aupres: str | None = None
    chantier: str | None = None

    def __repr__(self) -> str:
        return en_bref(
            f"Constat {self.regle}, {self.lieu.feuille} {ou(self.lieu)} : {self.message}"
        )

    @property
    def cle_de_tri(self) -> tuple[int, int, str, int, int, str]:
        """Ce qui fait le plus mal d'abord : gravité, famille, puis dans l'ordre de la feuille."""
        ligne, colonne = self.lieu.ligne or 0, self.lieu.colonne or 0
        famille = _FAMILLES.index(self.regle[:3]) if self.regle[:3] in _FAMILLES else 0
        return (self.gravite.rang, famille, self.lieu.feuille, ligne, colonne, self.regle)


class Resume(msgspec.Struct, frozen=True):
    """Le compte des constats par gravité, et de ceux qui bloquent (`Constat.bloque`)."""

    erreurs: int = 0
    avertissements: int = 0
    a_remplir: int = 0
    attentions: int = 0
    bloquants: int = 0

    def __add__(self, autre: Resume) -> Resume:
        return Resume(*map(add, astuple(self), astuple(autre)))


def resumer(constats: Iterable[Constat]) -> Resume:
    """Compte les constats par gravité."""
    vus = tuple(constats)
    combien = Counter(constat.gravite for constat in vus)
    return Resume(
        combien[Gravite.ERREUR],
        combien[Gravite.AVERTISSEMENT],
        combien[Gravite.A_REMPLIR],
        combien[Gravite.ATTENTION],
        sum(constat.bloque for constat in vus),
    )


def cellule(lieu: Emplacement) -> str | None:
    """L'adresse « G12 », ou rien si la ligne ou la colonne manque."""
    if lieu.ligne is None or lieu.colonne is None:
        return None
    return f"{lettres_de(lieu.colonne)}{lieu.ligne}"


def ou(lieu: Emplacement) -> str:
    """Le lieu en mots courts : « G12 », « ligne 5 », ou rien pour le classeur entier."""
    return cellule(lieu) or (f"ligne {lieu.ligne}" if lieu.ligne else "")


class Groupe(msgspec.Struct, frozen=True):
    """Des constats de même cause, à montrer d'un seul trait : une colonne, ou une ligne à finir."""

    constats: tuple[Constat, ...]

    @property
    def premier(self) -> Constat:
        """Le constat qui parle pour tous."""
        return self.constats[0]

    @property
    def est_une_ligne(self) -> bool:
        """Vrai pour plusieurs cellules d'une même ligne."""
        return len(self.constats) > 1 and len({c.lieu.ligne for c in self.constats}) == 1

    @property
    def est_un_chantier(self) -> bool:
        """Vrai pour ce qui manque dans une feuille presque vide."""
        return self.premier.chantier is not None and self.premier.gravite is Gravite.A_REMPLIR

    @property
    def est_une_question(self) -> bool:
        """Vrai pour plusieurs lignes dont un même prestataire peut répondre."""
        return 1 < len(self.constats) <= GROUPER_AU_DELA and self.premier.aupres is not None

    @property
    def ou(self) -> str:
        """« G12 », la première cellule d'une ligne à finir, ou « G7 à G20 »."""
        debut = ou(self.premier.lieu)
        est_d_un_trait = self.est_une_ligne or self.est_un_chantier or self.est_une_question
        if len(self.constats) == 1 or est_d_un_trait:
            return debut
        return f"{debut} à {ou(self.constats[-1].lieu)}"

    @property
    def message(self) -> str:
        """Le fait ; pour un groupe, le nombre de lignes ou de cellules, et leurs adresses."""
        if self.est_un_chantier:
            return f"{self.premier.chantier}. La première : {self.premier.message}"
        if len(self.constats) == 1:
            return self.premier.message
        if self.est_une_ligne:
            aussi = ", ".join(f"« {c.libelle} » ({ou(c.lieu)})" for c in self.constats[1:])
            return f"{self.premier.message} Aussi : {aussi}."
        if self.est_une_question:
            aussi = ", ".join(f"« {c.nom} » ({ou(c.lieu)})" for c in self.constats[1:])
            return f"{self.premier.message} Chez le même prestataire : {aussi}."
        lieux = {constat.lieu.ligne: constat.lieu for constat in self.constats}
        suites = ", ".join(_suites(list(lieux.values())))
        return f"{len(lieux)} lignes, {suites}. La première : {self.premier.message}"

    @property
    def corriger(self) -> str:
        """Le remède, s'il vaut pour tous ; sinon, de répondre à chacune."""
        remedes = {constat.corriger for constat in self.constats}
        if self.est_un_chantier and len(self.constats) > 1:
            return _COMMENCER
        return self.premier.corriger if len(remedes) == 1 else _REPONDRE


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
"""Une cause qui se répète davantage dans une colonne se montre groupée."""

_CELLULE_VIDE, _VIDES_D_UNE_LIGNE = "CEL-001", 3
_COMMENCER = "Commencer par là ; ce qui n'est pas encore connu se dit « À clarifier »."
_REPONDRE = "Répondre dans chaque cellule ; un menu propose les réponses là où il y en a un."


def grouper(constats: Iterable[Constat]) -> Iterator[Groupe]:
    """Groupe ce qui manque dans une feuille presque vide, une cause répétée dans une colonne, ce
    qu'un même prestataire peut dire, puis une ligne à demi vide ; garde l'ordre.

    Ce qui a le même remède d'abord : la même coquille seize fois se répond d'une phrase.
    """
    rangs = {constat: rang for rang, constat in enumerate(constats)}
    groupes = [*_chantiers(rangs)]
    pris = {constat for memes in groupes for constat in memes}
    for cause in (_par_remede, _par_colonne):
        reste = [constat for constat in rangs if constat not in pris]
        groupes += [memes for memes in _memes(reste, cause) if len(memes) > GROUPER_AU_DELA]
        pris = {constat for memes in groupes for constat in memes}
    a_demander = [c for c in rangs if c.aupres is not None and c not in pris]
    groupes += [memes for memes in _memes(a_demander, _par_prestataire) if len(memes) > 1]
    pris = {constat for memes in groupes for constat in memes}
    vides = [c for c in rangs if c.regle == _CELLULE_VIDE and c not in pris]
    groupes += [memes for memes in _memes(vides, _par_ligne) if len(memes) >= _VIDES_D_UNE_LIGNE]
    pris |= {constat for memes in groupes for constat in memes}
    groupes += [[constat] for constat in rangs if constat not in pris]
    for memes in sorted(groupes, key=lambda memes: rangs[memes[0]]):
        yield Groupe(tuple(memes))


def reunir_les_chantiers(constats: Iterable[Constat]) -> Iterator[Groupe]:
    """Chaque constat seul, sauf ce qui manque dans une feuille presque vide, d'un seul trait."""
    rangs = {constat: rang for rang, constat in enumerate(constats)}
    chantiers = [*_chantiers(rangs)]
    pris = {constat for memes in chantiers for constat in memes}
    groupes = [*chantiers, *([constat] for constat in rangs if constat not in pris)]
    for memes in sorted(groupes, key=lambda memes: rangs[memes[0]]):
        yield Groupe(tuple(memes))


def _chantiers(constats: Iterable[Constat]) -> Iterable[list[Constat]]:
    return _memes((c for c in constats if c.chantier is not None), lambda c: c.lieu.feuille)


def _memes(
    constats: Iterable[Constat], cause: Callable[[Constat], Hashable]
) -> Iterable[list[Constat]]:
    groupes: dict[Hashable, list[Constat]] = {}
    for constat in constats:
        groupes.setdefault(cause(constat), []).append(constat)
    return groupes.values()


def _par_remede(constat: Constat) -> Hashable:
    return (*_par_colonne(constat), constat.corriger)


def _par_colonne(constat: Constat) -> tuple[Hashable, ...]:
    return (constat.regle, constat.lieu.feuille, constat.colonne)


def _par_prestataire(constat: Constat) -> Hashable:
    return (*_par_colonne(constat), constat.aupres)


def _par_ligne(constat: Constat) -> Hashable:
    return (constat.gravite, constat.lieu.feuille, constat.lieu.ligne)
