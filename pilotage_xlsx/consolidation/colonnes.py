"""D'une colonne du modèle à une colonne de DataFrame, chaque genre dans son type.

Ce qui n'entre pas dans le type (une mention, une valeur illisible) reste en toutes lettres dans une
colonne jumelle, « echeance.texte », qui n'existe que si elle sert : rien ne se perd, et les dates
restent des dates. Les textes sont masqués (numéros AVS, mots de passe).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import pandas as pd

from pilotage_xlsx.confidentiel import masquer
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.modele import Colonne, Genre, Modele
from pilotage_xlsx.registre import Illisible, Valeur

JUMELLE = ".texte"
"""La fin du nom d'une colonne jumelle ; un identifiant du modèle n'a pas de point."""

_DATES = (Genre.DATE, Genre.DATE_HEURE, Genre.CALCULE)

Entree = Callable[[Valeur | None], Any]
"""Ce qu'une valeur devient dans la colonne typée ; rien si elle n'y entre pas."""


def typer(
    colonne: Colonne, valeurs: Sequence[Valeur | None], modele: Modele
) -> Iterator[tuple[str, pd.Series[Any]]]:
    """La colonne, typée, puis sa jumelle si une valeur n'entre pas dans le type."""
    entrer, genre = _preparer(colonne, modele)
    entrees = [entrer(valeur) for valeur in valeurs]
    yield colonne.id, pd.Series(entrees, dtype=genre)
    restes = [
        texte(valeur) if entree is None else None
        for valeur, entree in zip(valeurs, entrees, strict=True)
    ]
    if any(restes):
        yield f"{colonne.id}{JUMELLE}", pd.Series(restes, dtype="string")


def _preparer(colonne: Colonne, modele: Modele) -> tuple[Entree, Any]:
    if colonne.genre is Genre.ENTIER:
        return _entier, "Int64"
    if colonne.genre is Genre.MONTANT:
        return _montant, "Float64"
    if colonne.genre in _DATES:
        return _instant, "datetime64[s]"
    if colonne.genre is Genre.LISTE:
        choix = dict.fromkeys((*modele.choix(colonne), *colonne.mentions))
        return _parmi(choix), pd.CategoricalDtype(list(choix), ordered=True)
    return _lisible, "string"


def _entier(valeur: Valeur | None) -> int | None:
    return valeur if isinstance(valeur, int) and abs(valeur) < 2**63 else None


def _montant(valeur: Valeur | None) -> float | None:
    return float(valeur) if isinstance(valeur, int | float) else None


def _instant(valeur: Valeur | None) -> datetime | None:
    if not isinstance(valeur, date):
        return None
    return valeur if isinstance(valeur, datetime) else datetime.combine(valeur, time.min)


def _parmi(choix: Container[object]) -> Entree:
    return lambda valeur: valeur if valeur in choix else None


def _lisible(valeur: Valeur | None) -> str | None:
    return None if isinstance(valeur, Illisible) else texte(valeur)


def libre(valeurs: Sequence[Valeur | None]) -> pd.Series[Any]:
    """Une colonne propre à la commune : chaque valeur telle quelle, les textes masqués."""
    return pd.Series([_libre(valeur) for valeur in valeurs], dtype="object")


def texte(valeur: Valeur | None) -> str | None:
    """Le texte montré et masqué d'une valeur ; rien si la cellule est vide."""
    return None if valeur is None else masquer(afficher(valeur))


def natives(table: pd.DataFrame, colonne: str) -> list[Any]:
    """Les valeurs d'une colonne telles qu'un tableur les veut ; la jumelle comble les vides."""
    jumelle = colonne + JUMELLE
    valeurs = [_native(valeur) for valeur in table[colonne].astype("object")]
    if jumelle not in table:
        return valeurs
    restes = [_native(valeur) for valeur in table[jumelle]]
    return [reste if v is None else v for v, reste in zip(valeurs, restes, strict=True)]


def enregistrements(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Les lignes d'une table en dictionnaires, les cellules vides à `None`."""
    colonnes = {str(nom): natives(table, nom) for nom in table.columns}
    return [
        dict(zip(colonnes, ligne, strict=True)) for ligne in zip(*colonnes.values(), strict=True)
    ]


def _libre(valeur: Valeur | None) -> Any:
    return texte(valeur) if isinstance(valeur, str | tuple | Illisible) else valeur


def _native(valeur: Any) -> Any:
    """Une heure à minuit est une heure inconnue : la cellule redevient une date seule."""
    match valeur:
        case bool():
            return "Oui" if valeur else "Non"
        case _ if pd.isna(valeur):
            return None
        case pd.Timestamp():
            instant = valeur.to_pydatetime()
            return instant if instant.time() != time.min else instant.date()
        case _:
            return valeur
