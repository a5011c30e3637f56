"""Les mutants d'un module : son arbre, changé à un seul endroit.

Comparaisons retournées et déplacées à leur bord, booléens, conditions, arithmétique, entiers, ce
qu'une fonction rend. Jamais un texte, une annotation, une docstring, une valeur d'énumération.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple

_COMPARAISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
}
_CONTRAIRES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_RIEN = {"tuple": "()", "Iterator": "()", "Iterable": "()", "Sequence": "()", "str": "''"}
_RIEN |= {"Mapping": "{}", "dict": "{}", "frozenset": "frozenset()"}
"""Ce qu'une fonction de ce type rend quand elle ne rend plus rien ; les autres : `None`."""
_HORS_JEU = frozenset({"annotation", "returns", "decorator_list", "bases"})
_SE_NIENT = (ast.Compare, ast.BoolOp)
"""Une condition de cette forme est déjà changée pour elle-même."""


class Place(NamedTuple):
    """Un nœud, d'où il pend, et la fonction où il est."""

    parent: Any
    champ: str
    rang: int | None
    noeud: Any
    fonction: str
    rendu: ast.expr | None

    def poser(self, neuf: ast.AST) -> None:
        """Met ``neuf`` à la place du nœud."""
        if self.rang is None:
            setattr(self.parent, self.champ, neuf)
        else:
            getattr(self.parent, self.champ)[self.rang] = neuf


class Mutant(NamedTuple):
    """Un changement d'un module ; ``arbre`` est celui du module, sain tant qu'on ne mute pas."""

    module: str
    chemin: Path
    arbre: ast.Module
    place: Place
    neuf: ast.AST

    @property
    def ligne(self) -> int:
        return int(getattr(self.place.noeud, "lineno", getattr(self.place.parent, "lineno", 0)))

    @property
    def fonction(self) -> str:
        return self.place.fonction

    def muter(self) -> None:
        """Change l'arbre ; `guerir` le rend à lui-même."""
        self.place.poser(ast.copy_location(self.neuf, self.place.noeud))
        ast.fix_missing_locations(self.arbre)

    def guerir(self) -> None:
        self.place.poser(self.place.noeud)

    def dire(self) -> tuple[str, str]:
        """Le code avant et après ; un entier ou un booléen se montre avec ce qui l'entoure."""
        seul = not isinstance(self.place.noeud, ast.Constant)
        avant = ast.unparse(self.place.noeud if seul else self.place.parent)
        self.muter()
        apres = ast.unparse(self.neuf if seul else self.place.parent)
        self.guerir()
        return avant, apres


def muter(module: str, chemin: Path, seules: tuple[str, ...] = ()) -> Iterator[Mutant]:
    """Tous les mutants d'un module, ou de ces seules fonctions."""
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    for place in _places(arbre, "", None):
        if not seules or place.fonction in seules:
            for neuf in _changer(place):
                yield Mutant(module, chemin, arbre, place, neuf)


def _places(noeud: ast.AST, fonction: str, rendu: ast.expr | None) -> Iterator[Place]:
    for champ, valeur in ast.iter_fields(noeud):
        if champ in _HORS_JEU or (champ == "keywords" and isinstance(noeud, ast.ClassDef)):
            continue
        enfants = enumerate(valeur) if isinstance(valeur, list) else ((None, valeur),)
        for rang, enfant in enfants:
            if isinstance(enfant, ast.AST) and not _ne_se_joue_pas(enfant):
                ou, quoi = _situer(enfant, fonction, rendu)
                yield Place(noeud, champ, rang, enfant, ou, quoi)
                yield from _places(enfant, ou, quoi)


def _ne_se_joue_pas(noeud: ast.AST) -> bool:
    """Une énumération, ou ce qui ne sert qu'aux types."""
    if isinstance(noeud, ast.ClassDef):
        return any("Enum" in ast.unparse(base) for base in noeud.bases)
    return isinstance(noeud, ast.If) and "TYPE_CHECKING" in ast.unparse(noeud.test)


def _situer(noeud: ast.AST, fonction: str, rendu: ast.expr | None) -> tuple[str, ast.expr | None]:
    if isinstance(noeud, ast.FunctionDef):
        return f"{fonction}.{noeud.name}".lstrip("."), noeud.returns
    if isinstance(noeud, ast.ClassDef):
        return noeud.name, rendu
    if isinstance(noeud, ast.Assign | ast.AnnAssign) and not fonction:
        cible = noeud.target if isinstance(noeud, ast.AnnAssign) else noeud.targets[0]
        return ast.unparse(cible), rendu
    return fonction, rendu


def _changer(place: Place) -> Iterator[ast.AST]:
    if place.champ in ("test", "ifs") and not isinstance(place.noeud, _SE_NIENT):
        yield from _nier_la_condition(place.noeud)
    if changer := _CHANGEMENTS.get(type(place.noeud)):
        yield from changer(place)


def _nier_la_condition(noeud: Any) -> Iterator[ast.AST]:
    if not isinstance(noeud, ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), noeud)


def _comparaison(place: Place) -> Iterator[ast.AST]:
    for rang, operateur in enumerate(place.noeud.ops):
        for autre in _COMPARAISONS[type(operateur)]:
            neuf = copy(place.noeud)
            neuf.ops = [*neuf.ops[:rang], autre(), *neuf.ops[rang + 1 :]]
            yield neuf


def _booleens(place: Place) -> Iterator[ast.AST]:
    neuf = copy(place.noeud)
    neuf.op = ast.Or() if isinstance(neuf.op, ast.And) else ast.And()
    yield neuf


def _unaire(place: Place) -> Iterator[ast.AST]:
    yield place.noeud.operand


def _operation(place: Place) -> Iterator[ast.AST]:
    if autre := _OPERATIONS.get(type(place.noeud.op)):
        neuf = copy(place.noeud)
        neuf.op = autre()
        yield neuf


def _constante(place: Place) -> Iterator[ast.AST]:
    valeur = place.noeud.value
    if isinstance(valeur, bool):
        yield ast.Constant(not valeur)
    elif isinstance(valeur, int):
        yield from (ast.Constant(valeur + 1), ast.Constant(valeur - 1))


def _appel(place: Place) -> Iterator[ast.AST]:
    nom = place.noeud.func
    if isinstance(nom, ast.Name) and nom.id in _CONTRAIRES:
        neuf = copy(place.noeud)
        neuf.func = ast.Name(_CONTRAIRES[nom.id], ast.Load())
        yield neuf


def _retour(place: Place) -> Iterator[ast.AST]:
    rendu = ast.unparse(place.rendu) if place.rendu else ""
    valeur = place.noeud.value
    if valeur is None or isinstance(valeur, ast.Constant):
        return
    if rendu == "bool":
        if not isinstance(valeur, ast.UnaryOp) and not _est_simple(valeur):
            yield ast.Return(ast.UnaryOp(ast.Not(), valeur))
        return
    vide = _RIEN.get(rendu.partition("[")[0], "None")
    if ast.unparse(valeur) != vide:
        yield ast.Return(ast.parse(vide, mode="eval").body)


def _est_simple(valeur: ast.expr) -> bool:
    """Une comparaison seule : sa négation est déjà un mutant."""
    return isinstance(valeur, ast.Compare) and len(valeur.ops) == 1


def _rendu_au_fil(_: Place) -> Iterator[ast.AST]:
    yield ast.YieldFrom(ast.Tuple([], ast.Load()))


def _fonction_anonyme(place: Place) -> Iterator[ast.AST]:
    neuf = copy(place.noeud)
    neuf.body = ast.Tuple([], ast.Load())
    yield neuf


def _suivant(_: Place) -> Iterator[ast.AST]:
    yield ast.Break()


_CHANGEMENTS: dict[type[ast.AST], Callable[[Place], Iterator[ast.AST]]] = {
    ast.Compare: _comparaison,
    ast.BoolOp: _booleens,
    ast.UnaryOp: _unaire,
    ast.BinOp: _operation,
    ast.Constant: _constante,
    ast.Call: _appel,
    ast.Return: _retour,
    ast.Yield: _rendu_au_fil,
    ast.YieldFrom: _rendu_au_fil,
    ast.Lambda: _fonction_anonyme,
    ast.Continue: _suivant,
}
