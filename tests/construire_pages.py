"""Écrit les pages dérivées sous ``docs/`` ; ``--verifier`` dit lesquelles ne sont plus à jour."""

from __future__ import annotations

import sys
from pathlib import Path

from pilotage_xlsx.chargement import charger
from pilotage_xlsx.documentation import pages

DOCS = Path(__file__).resolve().parent.parent / "docs"


def perimees() -> list[str]:
    """Les pages qui manquent ou diffèrent de ce que le modèle et les règles disent."""
    return [nom for nom, texte in pages(charger()).items() if _lire(DOCS / nom) != texte]


def _lire(chemin: Path) -> str | None:
    return chemin.read_text("utf-8") if chemin.exists() else None


def main() -> int:
    """Écrit, ou vérifie."""
    if "--verifier" in sys.argv:
        for nom in perimees():
            print(f"docs/{nom} n'est pas à jour : python tests/construire_pages.py")
        return int(bool(perimees()))
    DOCS.mkdir(exist_ok=True)
    for nom, texte in pages(charger()).items():
        (DOCS / nom).write_text(texte, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
