"""Qui joue quoi, quand les essais se jouent à plusieurs processus.

Un fichier d'essais reste à un seul, ce qu'il prépare ne se prépare qu'une fois ; de même, tout ce
qui passe dans un même navigateur : en lancer un, y ouvrir la page, coûte des secondes.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

_NAVIGATEURS = "tests/navigateur/"
_SANS_NAVIGATEUR = "test_lxml.py"


class ParFichier(LoadFileScheduling):
    """Un fichier après l'autre, dans l'ordre ; chaque navigateur à part."""

    def _split_scope(self, nodeid: str) -> str:
        fichier: str = super()._split_scope(nodeid)
        if not fichier.startswith(_NAVIGATEURS) or fichier.endswith(_SANS_NAVIGATEUR):
            return fichier
        return "firefox" if "[firefox" in nodeid else "chromium"
