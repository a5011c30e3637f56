"""Ce que le programme demande à un modèle, rassemblé là où chaque pièce le déclare.

Une colonne absente est un choix de qui adapte le modèle : ce qui en parle se tait. Une colonne dont
aucune valeur ne répond à ce qu'on lui demande est une faute : refusée si un jugement commun en
dépend, annoncée si seules des règles en dépendent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple, TypeGuard

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import ModeleInvalide, charger, charger_le_porte
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.socle.motifs import motif

_PAQUET = Path(__file__).resolve().parent.parent
_EN_NOMME = motif(r"^from pilotage_xlsx\.modele\.(?:sens|vocabulaire) import", re.MULTILINE)
_REGLES, _DICTIONNAIRE = f"{_PAQUET.name}.verification.", f"{_PAQUET.name}.modele.sens"

Endroit = tuple[str, str]
"""Une feuille et une colonne du modèle, par leurs identifiants."""


def charger_et_exiger(dossier: Path | None = None) -> Modele:
    """Le modèle du dossier, ou celui livré ; `ModeleInvalide` s'il lui manque de quoi juger.

    Le modèle livré ne se contrôle pas à chaque fois : les essais le font.
    """
    modele = charger(dossier)
    if dossier is not None:
        _exiger(modele, f"{dossier} : ")
    return modele


@lru_cache(maxsize=8)
def admettre(texte: str) -> Modele:
    """Le modèle que porte un classeur, contrôlé comme celui d'un dossier ; ou `ModeleInvalide`."""
    modele = charger_le_porte(texte)
    _exiger(modele)
    return modele


def _exiger(modele: Modele, ou: str = "") -> None:
    if fautes := [f"{ou}{faute}" for faute in manques(modele)]:
        raise ModeleInvalide(*fautes)


def rassembler() -> Mapping[Marque, frozenset[str]]:
    """Chaque marque que le programme demande, et les modules qui s'en servent."""
    demandes: dict[Marque, set[str]] = {}
    for module in _modules():
        for marque in _marques(vars(module).values()):
            demandes.setdefault(marque, set()).add(module.__name__)
    for modules in demandes.values():
        modules.discard(_DICTIONNAIRE)
    return {marque: frozenset(modules) for marque, modules in demandes.items()}


def manques(modele: Modele) -> Iterator[str]:
    """Les fautes « fichier : liste : … » d'un modèle qui laisse un jugement commun sans son mot."""
    for marque, modules in sorted(rassembler().items()):
        est_commune = any(not module.startswith(_REGLES) for module in modules)
        if est_commune and _est_muette(modele, marque):
            yield _dire(modele, marque)


def muettes(
    modele: Modele, regles: Mapping[str, Callable[..., Any]]
) -> Mapping[str, tuple[Marque, ...]]:
    """Les règles qui se tairont, par code, et les marques auxquelles rien ne répond."""
    tues = {
        code: tuple(m for m in sorted(marques_de(regle)) if not modele.libelles(m))
        for code, regle in regles.items()
    }
    return {code: marques for code, marques in tues.items() if marques}


def privees(
    modele: Modele, regles: Mapping[str, Callable[..., Any]]
) -> Mapping[str, tuple[Endroit, ...]]:
    """Les règles qui diront moins, par code, et les colonnes du modèle livré qui leur manquent."""
    livre = charger()
    absentes = {
        (feuille.id, colonne.id)
        for feuille in livre.feuilles
        for colonne in feuille.colonnes
        if feuille.id not in modele.par_id or colonne.id not in modele.par_id[feuille.id].par_id
    }
    if not absentes:
        return {}
    trouvees = {
        code: tuple(sorted(_nommees(code, textes_de(regle), livre) & absentes))
        for code, regle in regles.items()
    }
    return {code: colonnes for code, colonnes in trouvees.items() if colonnes}


def marques_de(fonction: Callable[..., Any]) -> frozenset[Marque]:
    """Les marques que nomment une fonction et celles de son module qu'elle appelle."""
    return frozenset(chain.from_iterable(_marques(code.nommes) for code in _codes(fonction)))


def textes_de(fonction: Callable[..., Any]) -> frozenset[str]:
    """Les textes qu'écrivent une fonction, celles de son module qu'elle appelle, ses constantes."""
    constantes = chain.from_iterable((*c.nommes, *c.code.co_consts) for c in _codes(fonction))
    return frozenset(_textes(constantes))


class _Lu(NamedTuple):
    """Un morceau de code, et ce que désignent les noms globaux qu'il emploie."""

    code: CodeType
    nommes: list[Any]


def _codes(fonction: Callable[..., Any]) -> Iterator[_Lu]:
    """Le code d'une fonction, ce qu'il inclut, et celui des voisines qu'elle appelle."""
    vus: set[CodeType] = set()
    a_voir = [fonction.__code__]
    while a_voir:
        code = a_voir.pop()
        if code in vus:
            continue
        vus.add(code)
        nommes = [fonction.__globals__.get(nom) for nom in code.co_names]
        yield _Lu(code, nommes)
        a_voir += [n.__code__ for n in nommes if _est_voisine(n, fonction)]
        a_voir += _inclus(code)


def _nommees(code: str, textes: frozenset[str], livre: Modele) -> set[Endroit]:
    """Les colonnes que ces textes désignent, dans la feuille du code et celles qu'ils nomment."""
    feuilles = {f for f in livre.par_id if f in textes or f.startswith(code[:3].lower())}
    return {(feuille, texte) for feuille in feuilles for texte in textes}


def _textes(valeurs: Iterable[Any]) -> Iterator[str]:
    for valeur in valeurs:
        if isinstance(valeur, str):
            yield valeur
        elif isinstance(valeur, tuple | frozenset) and not isinstance(valeur, Marque):
            yield from _textes(valeur)


def _est_voisine(nomme: object, fonction: Callable[..., Any]) -> TypeGuard[FunctionType]:
    return isinstance(nomme, FunctionType) and nomme.__module__ == fonction.__module__


def _inclus(code: CodeType) -> Iterator[CodeType]:
    return (constante for constante in code.co_consts if isinstance(constante, CodeType))


def _modules() -> Iterator[ModuleType]:
    """Les modules qui nomment des marques ; les autres ne se chargent pas."""
    for chemin in sorted(_PAQUET.rglob("*.py")):
        if _EN_NOMME.search(chemin.read_text("utf-8")):
            parties = chemin.relative_to(_PAQUET).with_suffix("").parts
            yield import_module(".".join((_PAQUET.name, *parties)).removesuffix(".__init__"))


def _marques(valeurs: Iterable[Any]) -> Iterator[Marque]:
    for valeur in valeurs:
        if isinstance(valeur, Marque):
            yield valeur
        elif isinstance(valeur, tuple | frozenset | list):
            yield from _marques(valeur)


def _est_muette(modele: Modele, marque: Marque) -> bool:
    """Vrai si la colonne existe et qu'aucune de ses valeurs ne répond."""
    feuille = modele.par_id.get(marque.feuille)
    a_la_colonne = feuille is not None and marque.colonne in feuille.par_id
    return a_la_colonne and not modele.libelles(marque)


def _dire(modele: Modele, marque: Marque) -> str:
    liste = modele.par_id[marque.feuille].par_id[marque.colonne].liste
    ou = f"listes.toml : {liste}" if liste else f"feuilles/{marque.feuille}.toml : {marque.colonne}"
    return (
        f"{ou} : il manque une valeur de clé ou de marque « {marque.nom} », dont des contrôles ou "
        "le rapport ont besoin"
    )
