"""Une condition (« essentielle si… ») : une donnée, un OU de ET, que trois lecteurs comprennent.

`etat.est_vraie` l'évalue sur une ligne, `generation.formules` la compile en formule du classeur,
`decrire` en fait une phrase. Elle ne regarde que sa propre ligne (docs/domaine.md §2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, assert_never

import msgspec


class Parmi(msgspec.Struct, frozen=True):
    """La cellule est remplie, lisible, et sa valeur est une de celles-ci.

    Le TOML écrit des clés ou des marques ; une fois le modèle chargé, ce sont des libellés.
    """

    colonne: str
    valeurs: tuple[str, ...]


class Sauf(msgspec.Struct, frozen=True):
    """La cellule est remplie, lisible, et sa valeur n'est aucune de celles-ci."""

    colonne: str
    valeurs: tuple[str, ...]


class Rempli(msgspec.Struct, frozen=True):
    """La cellule est remplie, même de façon illisible."""

    colonne: str


class Vide(msgspec.Struct, frozen=True):
    """La cellule est vide."""

    colonne: str


Essai = Parmi | Sauf | Rempli | Vide


class Condition:
    """Vraie dès qu'une de ses alternatives a tous ses essais vrais."""

    __slots__ = ("alternatives",)

    def __init__(self, alternatives: tuple[tuple[Essai, ...], ...]) -> None:
        self.alternatives = alternatives

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, Condition) and self.alternatives == autre.alternatives

    def __hash__(self) -> int:
        return hash(self.alternatives)

    def __repr__(self) -> str:
        return f"Condition({self.alternatives!r})"

    def essais(self) -> Iterator[Essai]:
        """Tous les essais, dans l'ordre où ils sont écrits."""
        for alternative in self.alternatives:
            yield from alternative


def lire_condition(donnee: Any) -> Condition:
    """Lit ``[[{colonne = "portee", parmi = ["Durable"]}, …], …]`` ; `ValueError` dit la faute."""
    if not isinstance(donnee, list) or not donnee:
        raise ValueError("une condition est une liste non vide de listes d'essais")
    return Condition(tuple(_lire_alternative(alternative) for alternative in donnee))


def ecrire_condition(condition: Condition) -> list[list[dict[str, Any]]]:
    """La donnée que `lire_condition` relit : pour le JSON du modèle."""
    return [[_ecrire_essai(essai) for essai in essais] for essais in condition.alternatives]


def traduire(condition: Condition, libelles: Callable[[str, str], tuple[str, ...]]) -> Condition:
    """La condition où chaque valeur est un libellé.

    ``libelles`` les donne d'une colonne et d'une clé ou d'une marque. Ce que rien
    ne traduit reste tel quel.
    """
    return Condition(
        tuple(
            tuple(_traduire_essai(essai, libelles) for essai in essais)
            for essais in condition.alternatives
        )
    )


def decrire(condition: Condition, libelle: Callable[[str], str]) -> str:
    """La condition en français : « Criticité est Indispensable ou Important »."""
    return ", ou ".join(
        " et ".join(_decrire_essai(essai, libelle(essai.colonne)) for essai in essais)
        for essais in condition.alternatives
    )


def _lire_alternative(donnee: Any) -> tuple[Essai, ...]:
    if not isinstance(donnee, list) or not donnee:
        raise ValueError("une alternative est une liste non vide d'essais")
    return tuple(_lire_essai(essai) for essai in donnee)


def _lire_essai(donnee: Any) -> Essai:
    match donnee:
        case {"colonne": str(colonne), "parmi": [*valeurs], **reste} if valeurs and not reste:
            return Parmi(colonne, tuple(str(valeur) for valeur in valeurs))
        case {"colonne": str(colonne), "sauf": [*valeurs], **reste} if valeurs and not reste:
            return Sauf(colonne, tuple(str(valeur) for valeur in valeurs))
        case {"colonne": str(colonne), "rempli": True, **reste} if not reste:
            return Rempli(colonne)
        case {"colonne": str(colonne), "vide": True, **reste} if not reste:
            return Vide(colonne)
    raise ValueError(
        "un essai nomme sa « colonne » et une seule épreuve : parmi = […], sauf = […], "
        f"rempli = true ou vide = true ; lu : {donnee!r}"
    )


def _traduire_essai(essai: Essai, libelles: Callable[[str, str], tuple[str, ...]]) -> Essai:
    if not isinstance(essai, Parmi | Sauf):
        return essai
    traduits = (libelles(essai.colonne, nom) or (nom,) for nom in essai.valeurs)
    return type(essai)(essai.colonne, tuple(dict.fromkeys(chain.from_iterable(traduits))))


def _ecrire_essai(essai: Essai) -> dict[str, Any]:
    match essai:
        case Parmi(colonne, valeurs):
            return {"colonne": colonne, "parmi": list(valeurs)}
        case Sauf(colonne, valeurs):
            return {"colonne": colonne, "sauf": list(valeurs)}
        case Rempli(colonne):
            return {"colonne": colonne, "rempli": True}
        case Vide(colonne):
            return {"colonne": colonne, "vide": True}
        case _:
            assert_never(essai)


def _decrire_essai(essai: Essai, libelle: str) -> str:
    match essai:
        case Parmi(_, valeurs):
            return f"« {libelle} » est {_enumerer(valeurs)}"
        case Sauf(_, valeurs):
            return f"« {libelle} » est rempli et n'est pas {_enumerer(valeurs)}"
        case Rempli():
            return f"« {libelle} » est rempli"
        case Vide():
            return f"« {libelle} » est vide"
        case _:
            assert_never(essai)


def _enumerer(valeurs: tuple[str, ...]) -> str:
    *debut, fin = valeurs
    return f"{', '.join(debut)} ou {fin}" if debut else fin
