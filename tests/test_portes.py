"""Les portes : rien ne sort de la maison sans passer par celle de sa forme."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from tests.arbres import modules, noeuds, nommer

PORTES: dict[str, set[str]] = {
    "click.echo": {"commandes/terminal.py"},
    "click.secho": set(),
    "click.prompt": {"commandes/terminal.py"},
    "click.confirm": set(),
    "print": set(),
    "sys.stdout": {"__main__.py", "commandes/terminal.py"},
    "sys.stderr": {"__main__.py", "commandes/terminal.py", "commandes/progression.py"},
    "csv.writer": {"socle/tabulation.py"},
    "msgspec.json.encode": {"socle/document.py", "socle/papier.py"},
    "msgspec.json.format": {"socle/document.py"},
    "json.dumps": {"socle/ecriture/manifeste.py"},  # en ASCII, tout échappé
    "Environment": {"socle/page.py"},
    "traceback.format_exception": {"commandes/panne.py"},
    "signal.signal": {"socle/signaux.py", "commandes/ouvrier.py"},
}  # fmt: skip
"""Ce qui fait sortir un texte (ou le prépare), et les seuls modules qui s'en servent.

`progression` demande à la sortie d'erreur si elle est un terminal.
"""

RENDUS = ("commandes", "rapport", "consolidation/rendus", "documentation")
"""Où un texte devient les octets d'une sortie : par `en_octets`, jamais par ``.encode``."""


def _trouver(est_fautif: Callable[[ast.AST], bool], *dossiers: str) -> set[str]:
    return {
        nommer(chemin)
        for chemin in modules()
        if (not dossiers or nommer(chemin).startswith(tuple(f"{d}/" for d in dossiers)))
        and any(map(est_fautif, noeuds(chemin)))
    }


def _ecrits(noeud: ast.AST) -> str:
    """« msgspec.json.encode » ; rien si ce n'est pas une suite de noms."""
    match noeud:
        case ast.Name():
            return noeud.id
        case ast.Attribute() if debut := _ecrits(noeud.value):
            return f"{debut}.{noeud.attr}"
    return ""


@pytest.mark.parametrize("acces", PORTES)
def test_rien_ne_contourne_la_porte(acces: str) -> None:
    assert _trouver(lambda noeud: _ecrits(noeud) == acces) == PORTES[acces]


def test_ce_qui_sort_ne_s_importe_pas_sous_un_autre_nom() -> None:
    noms = {nom.rpartition(".")[2] for nom in PORTES} - {"Environment", "print", "format", "signal"}

    def l_importe(noeud: ast.AST) -> bool:
        return isinstance(noeud, ast.ImportFrom) and any(
            alias.name in noms for alias in noeud.names
        )

    assert _trouver(l_importe) == set()


def test_un_rendu_devient_des_octets_par_la_porte() -> None:
    def encode(noeud: ast.AST) -> bool:
        return isinstance(noeud, ast.Attribute) and noeud.attr in ("encode", "write_text")

    permis = {
        "rapport/dossier.py", "commandes/terminal.py",  # vers l'ASCII : un nom, un écran
        "rapport/rendus/courriel.py",  # pour le peser seulement
    }  # fmt: skip
    assert _trouver(encode, *RENDUS) - permis == set()


def test_seul_le_programme_ecoute_les_signaux() -> None:
    def les_importe(noeud: ast.AST) -> bool:
        return isinstance(noeud, ast.ImportFrom) and any(
            alias.name == "signaux" for alias in noeud.names
        )

    assert _trouver(les_importe) == {"__main__.py"}
