"""Écrit ce qui se dérive : les pages de ``docs/``, le modèle décodé, les gabarits traduits.

``--verifier`` dit ce qui n'est plus à jour.
"""

from __future__ import annotations

import sys
from pathlib import Path

from outils.documentation import pages
from pilotage_xlsx.modele.chargement import charger
from pilotage_xlsx.modele.decode import chemin_du_decode, decoder, retrouver
from pilotage_xlsx.socle.page import TRADUITS, traduire
from tests.verification.saisies import page

RACINE = Path(__file__).resolve().parent.parent
DOCS = RACINE / "docs"
MODELE = RACINE / "modeles" / "communal"
DECODE = chemin_du_decode(MODELE)
GABARITS = sorted((RACINE / "pilotage_xlsx").glob("*/gabarits"))


def perimees() -> list[str]:
    """Les pages qui manquent, sont de trop, ou diffèrent du modèle et des règles."""
    attendues = _pages()
    changees = [nom for nom, texte in attendues.items() if _lire(DOCS / nom) != texte]
    pages = changees + [nom for nom in _ecrites() if nom not in attendues]
    decode = [] if retrouver(MODELE) is not None else [DECODE.name]
    gabarits = [] if TRADUITS.read_bytes() == traduire(GABARITS) else [TRADUITS.name]
    return [
        *(f"docs/{nom}" for nom in pages),
        *(f"modeles/{nom}" for nom in decode),
        *(f"pilotage_xlsx/socle/gabarits/{nom}" for nom in gabarits),
    ]


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
            print(f"{nom} n'est pas à jour : python -m outils.construire_pages")
        return int(bool(perimees()))
    DECODE.write_bytes(decoder(MODELE))
    TRADUITS.write_bytes(traduire(GABARITS))
    attendues = _pages()
    (DOCS / "regles").mkdir(parents=True, exist_ok=True)
    for nom, texte in attendues.items():
        (DOCS / nom).write_text(texte, "utf-8", newline="\n")
    for nom in set(_ecrites()) - {*attendues}:
        (DOCS / nom).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
