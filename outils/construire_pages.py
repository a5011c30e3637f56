"""Écrit les pages dérivées sous ``docs/`` ; ``--verifier`` dit lesquelles ne sont plus à jour."""

from __future__ import annotations

import sys
from pathlib import Path

from outils.documentation import pages
from pilotage_xlsx.modele.chargement import charger
from tests.verification.saisies import page

RACINE = Path(__file__).resolve().parent.parent
DOCS = RACINE / "docs"


def perimees() -> list[str]:
    """Les pages qui manquent, sont de trop, ou diffèrent du modèle et des règles."""
    attendues = _pages()
    changees = [nom for nom, texte in attendues.items() if _lire(DOCS / nom) != texte]
    return changees + [nom for nom in _ecrites() if nom not in attendues]


def _pages() -> dict[str, str]:
    """Ce que disent le modèle et les règles, et la table des saisies, que les essais jouent."""
    return {**pages(charger()), "saisies.md": page()}


def _ecrites() -> list[str]:
    """Les pages de règles présentes : celle d'une règle qui n'existe plus est à retirer."""
    return [ecrite.relative_to(DOCS).as_posix() for ecrite in sorted(DOCS.glob("regles/*.md"))]


def _lire(chemin: Path) -> str | None:
    return chemin.read_text("utf-8") if chemin.exists() else None


def main() -> int:
    """Écrit, ou vérifie."""
    if "--verifier" in sys.argv:
        for nom in perimees():
            print(f"docs/{nom} n'est pas à jour : python -m outils.construire_pages")
        return int(bool(perimees()))
    attendues = _pages()
    (DOCS / "regles").mkdir(parents=True, exist_ok=True)
    for nom, texte in attendues.items():
        (DOCS / nom).write_text(texte, "utf-8", newline="\n")
    for nom in set(_ecrites()) - {*attendues}:
        (DOCS / nom).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
