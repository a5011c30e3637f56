"""Ce que toutes les pages partagent : la marque de page dérivée, une rangée de tableau."""

from __future__ import annotations

DERIVEE = "<!-- Page dérivée : ne pas la modifier à la main (outils/construire_pages.py). -->"


def rangee(*cellules: str) -> str:
    """Une rangée de tableau Markdown."""
    return f"| {' | '.join(proteger(cellule) for cellule in cellules)} |"


def proteger(texte: str) -> str:
    """Un texte sur une ligne, sans rien qui ait un sens en Markdown."""
    return texte.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
