"""L'arbre de chaque module du paquet, lu une fois pour tous les essais qui le regardent."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PAQUET = Path(__file__).resolve().parent.parent / "pilotage_xlsx"


@cache
def modules() -> tuple[Path, ...]:
    """Les modules du paquet."""
    return tuple(sorted(PAQUET.rglob("*.py")))


@cache
def arbre(chemin: Path) -> ast.Module:
    """L'arbre d'un module ; il se partage : rien ne s'y écrit."""
    return ast.parse(chemin.read_text("utf-8"))


@cache
def noeuds(chemin: Path) -> tuple[ast.AST, ...]:
    """Tous les nœuds de son arbre."""
    return tuple(ast.walk(arbre(chemin)))


def nommer(chemin: Path) -> str:
    """« socle/dates.py »."""
    return chemin.relative_to(PAQUET).as_posix()
