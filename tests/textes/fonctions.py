"""Toutes les fonctions du paquet, ce que leurs types demandent, et de quoi les appeler.

Rien n'est nommé ici : un type se reconnaît à ce qu'il contient, une valeur se fabrique d'après lui.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as Ensemble_
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache, partial
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import msgspec

import pilotage_xlsx
from pilotage_xlsx.modele import Colonne, Feuille, Modele
from pilotage_xlsx.registre import Cellule, FeuilleLue, Lieu, Ligne, NatureDeCellule, Registre
from pilotage_xlsx.socle.textes import TexteSaisi
from tests.tableaux import AU, modele

Textes = Sequence[str]
"""Ce dont se fabriquent les valeurs d'un appel : un texte, ou plusieurs pour toute une ligne."""


class Fonction(NamedTuple):
    """Une fonction du paquet et les types de ses paramètres."""

    nom: str
    appel: Callable[..., Any]
    types: Mapping[str, Any]


class Infaisable(Exception):
    """Un type dont rien ne se fabrique ici : un fichier, un écran, une archive."""


@lru_cache(maxsize=1)
def fonctions() -> tuple[Fonction, ...]:
    """Les fonctions de tous les modules du paquet, et les méthodes de leurs classes."""
    return tuple(
        Fonction(
            f"{module.__name__}.{nom}".removeprefix("pilotage_xlsx."), appel, _types(appel, soi)
        )
        for module in _modules()
        for nom, appel, soi in _appels(module)
        if appel.__module__ == module.__name__
    )


def _modules() -> Iterator[Any]:
    for trouve in pkgutil.walk_packages(pilotage_xlsx.__path__, "pilotage_xlsx."):
        if not trouve.name.endswith("__main__"):
            yield importlib.import_module(trouve.name)


def _appels(module: Any) -> Iterator[tuple[str, Callable[..., Any], type | None]]:
    """Ce qui s'appelle dans un module : son nom, lui-même, et sa classe si c'est une méthode."""
    for nom, chose in vars(module).items():
        if inspect.isclass(chose) and chose.__module__ == module.__name__:
            for methode, dedans in vars(chose).items():
                if inspect.isfunction(appel := inspect.unwrap(dedans)):
                    yield f"{nom}.{methode}", appel, chose
        elif callable(chose) and inspect.isfunction(appel := inspect.unwrap(chose)):
            yield nom, appel, None


def _types(appel: Callable[..., Any], soi: type | None) -> Mapping[str, Any]:
    """Le type de chaque paramètre ; un nom qui n'existe qu'au typage y est un type infaisable."""
    espace = vars(importlib.import_module(appel.__module__))
    parametres = inspect.signature(appel).parameters.values()
    types = {p.name: _evaluer(p.annotation, espace) for p in parametres if p.kind != p.VAR_KEYWORD}
    if soi is not None and "self" in types:
        types["self"] = soi
    return types


def _evaluer(annotation: Any, espace: dict[str, Any]) -> Any:
    ecrite = getattr(annotation, "__forward_arg__", annotation)
    try:
        return eval(ecrite, espace) if isinstance(ecrite, str) else ecrite
    except (NameError, TypeError, AttributeError):
        return Any


def est_un_texte_saisi(attendu: Any) -> bool:
    """Vrai si le type est celui d'un texte de cellule, seul, facultatif ou réuni à d'autres."""
    return attendu is TexteSaisi or any(map(est_un_texte_saisi, get_args(attendu)))


@cache
def contient_un_texte_saisi(attendu: Any) -> bool:
    """Vrai aussi pour ce qui en porte : une cellule, une ligne, un registre, des liens."""
    return _contient(attendu, ())


def _contient(attendu: Any, vus: tuple[Any, ...]) -> bool:
    if attendu is TexteSaisi:
        return True
    if attendu in vus or attendu is Modele:
        return False
    champs = _champs(attendu) if isinstance(attendu, type) else {}
    dedans = [*get_args(attendu), *champs.values()]
    return any(_contient(un, (*vus, attendu)) for un in dedans)


@cache
def _champs(attendu: Any) -> Mapping[str, Any]:
    """Les champs d'une donnée figée : ceux d'un ``NamedTuple`` ou d'une structure."""
    if not isinstance(attendu, type) or not hasattr(attendu, "__annotations__"):
        return {}
    if not (hasattr(attendu, "_fields") or issubclass(attendu, msgspec.Struct)):
        return {}
    espace = vars(importlib.import_module(attendu.__module__))
    ecrits = {nom: un for classe in attendu.__mro__[::-1] for nom, un in _notes(classe).items()}
    return {nom: _evaluer(un, espace) for nom, un in ecrits.items() if nom in _noms(attendu)}


def _notes(classe: type) -> Mapping[str, Any]:
    return vars(classe).get("__annotations__", {})


def _noms(attendu: Any) -> Collection[str]:
    return getattr(attendu, "_fields", None) or attendu.__struct_fields__


def appeler(fonction: Fonction, textes: Textes) -> None:
    """Appelle la fonction avec ces textes, et va au bout de ce qu'elle rend."""
    rendu = _passer(fonction.appel, fonction.types, textes)()
    if isinstance(rendu, Iterator):
        for _ in rendu:
            pass


def est_faisable(fonction: Fonction) -> bool:
    """Vrai si tous ses paramètres se fabriquent."""
    try:
        _passer(fonction.appel, fonction.types, ["texte"])
    except Infaisable:
        return False
    return True


def _passer(appel: Callable[..., Any], types: Mapping[str, Any], textes: Textes) -> Any:
    """L'appel prêt, chaque paramètre à sa place ou par son nom."""
    places, nommes = [], {}
    for parametre in inspect.signature(appel).parameters.values():
        if parametre.kind is parametre.VAR_KEYWORD or parametre.name not in types:
            continue
        valeur = fabriquer(types[parametre.name], textes)
        if parametre.kind is parametre.KEYWORD_ONLY:
            nommes[parametre.name] = valeur
        else:
            places.append(valeur)
    return partial(appel, *places, **nommes)


def fabriquer(attendu: Any, textes: Textes) -> Any:
    """Une valeur de ce type, faite des textes ; `Infaisable` s'il n'y a pas de quoi."""
    if attendu is TexteSaisi:
        return textes[0]
    if attendu in _TOUT_FAITS:
        return _TOUT_FAITS[attendu](textes)
    origine, dedans = get_origin(attendu), get_args(attendu)
    if origine in (Union, UnionType):
        return _un_de(dedans, textes)
    if origine is not None:
        return _une_suite(origine, dedans, textes)
    if isinstance(attendu, type) and issubclass(attendu, Enum):
        return next(iter(attendu))
    if champs := _champs(attendu):
        return attendu(**{nom: fabriquer(champ, textes) for nom, champ in champs.items()})
    if isinstance(attendu, type) and attendu.__module__.startswith("pilotage_xlsx."):
        types = _types(attendu.__init__, attendu) if "__init__" in vars(attendu) else {}
        demandes = {nom: un for nom, un in types.items() if nom != "self"}
        return _construire(attendu, demandes, textes)
    raise Infaisable(attendu)


def _construire(classe: type, types: Mapping[str, Any], textes: Textes) -> Any:
    """Un objet de la maison ; `Infaisable` s'il en faut plus que ce que disent ses types."""
    preparee = _passer(classe, types, textes)
    try:
        return preparee()
    except Exception as faute:
        raise Infaisable(classe) from faute


def _un_de(possibles: Sequence[Any], textes: Textes) -> Any:
    """Le premier type faisable, ceux qui portent un texte d'abord, puis rien."""
    for possible in sorted(
        possibles, key=lambda un: (not contient_un_texte_saisi(un), un is not NoneType)
    ):
        try:
            return fabriquer(possible, textes)
        except Infaisable:
            continue
    raise Infaisable(possibles)


def _une_suite(origine: Any, dedans: Sequence[Any], textes: Textes) -> Any:
    if origine is tuple and dedans[-1] is not Ellipsis:
        return tuple(fabriquer(un, textes) for un in dedans)
    if origine in (dict, Mapping):
        valeur = fabriquer(dedans[1], textes)
        if dedans[0] is str:
            return {colonne.id: valeur for f in modele().feuilles for colonne in f.colonnes}
        return {fabriquer(dedans[0], textes): valeur}
    if origine in (
        list,
        tuple,
        set,
        frozenset,
        Sequence,
        Iterable,
        Collection,
        Iterator,
        Ensemble_,
    ):
        parts = [textes[::2], textes[1::2] or textes]
        elements = [fabriquer(dedans[0], part) for part in parts]
        if origine in (set, frozenset, Ensemble_):
            return frozenset(elements)
        if origine is Iterator:
            return iter(elements)
        return tuple(elements) if origine is tuple else elements
    raise Infaisable(origine)


def _ligne(textes: Textes, feuille: Feuille | None = None) -> Ligne:
    """Une ligne dont chaque colonne tient un texte, les uns après les autres."""
    feuille = feuille or modele().par_id["outils"]
    saisies = {
        colonne.id: TexteSaisi(textes[rang % len(textes)])
        for rang, colonne in enumerate(feuille.saisies)
    }
    rangs = {nom: rang for rang, nom in enumerate(saisies, 2)}
    cellules = {nom: Cellule(NatureDeCellule.TEXTE, texte) for nom, texte in saisies.items()}
    lieu = Lieu("a.xlsx", feuille.id, feuille.libelle, 5, rangs)
    return Ligne(lieu, 6, saisies, cellules, {"Contrat": TexteSaisi(textes[-1])})


def _registre(textes: Textes) -> Registre:
    lignes = {feuille.id: _ligne(textes, feuille) for feuille in modele().a_lire}
    feuilles = {nom: FeuilleLue(ligne.lieu, (ligne,)) for nom, ligne in lignes.items()}
    return Registre(Path("a.xlsx"), feuilles)


_TOUT_FAITS: Mapping[Any, Callable[[Textes], Any]] = {
    str: lambda _: "outils",
    bool: lambda _: False,
    int: lambda _: 100,
    float: lambda _: 1.0,
    NoneType: lambda _: None,
    date: lambda _: AU,
    datetime: lambda _: datetime(AU.year, AU.month, AU.day),
    Modele: lambda _: modele(),
    Colonne: lambda _: modele().par_id["outils"].par_id["prestataire"],
    Feuille: lambda _: modele().par_id["outils"],
    Ligne: _ligne,
    Registre: _registre,
}
