"""Qui joue quoi, quand les essais se jouent à plusieurs processus.

Un fichier d'essais reste à un seul, ce qu'il prépare ne se prépare qu'une fois ; de même, tout ce
qui passe dans une même page d'un navigateur : en lancer un, l'y ouvrir, coûte des secondes.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

_NAVIGATEURS = "tests/navigateur/"
_SANS_NAVIGATEUR = "test_lxml.py"


class ParFichier(LoadFileScheduling):
    """Un fichier après l'autre, dans l'ordre ; à part, ce qui se joue dans Chromium puis dans
    Firefox, et le reste, dans la page sans moteur des PDF."""

    def _split_scope(self, nodeid: str) -> str:
        fichier: str = super()._split_scope(nodeid)
        if not fichier.startswith(_NAVIGATEURS) or fichier.endswith(_SANS_NAVIGATEUR):
            return fichier
        deux = (nom for nom in ("chromium", "firefox") if f"[{nom}" in nodeid)
        return next(deux, "page sans moteur")
