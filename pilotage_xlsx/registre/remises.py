"""Les réponses remises à plus tard : ce que les gens tapent en attendant d'avoir la réponse.

Une liste finie, comparée au sens de `textes.cle` : la feuille compare aux mêmes textes, et le dit
pareil. « Aucun », « néant », « n/a » n'en sont pas : ce sont des réponses.
"""

from __future__ import annotations

from pilotage_xlsx.modele.vocabulaire import AVEU, ecritures
from pilotage_xlsx.socle.textes import APOSTROPHES, BLANCS, INVISIBLES, Texte, cle

REMISES = (
    *("-", "–", "—", "?", "??", "???", "...", "…", "xx", "xxx", "tbd"),
    *("idem", "dito", "ci-dessus", "voir ci-dessus", "voir contrat", "voir le contrat"),
    *("à compléter", "à remplir", "à définir"),
)
"""Chacune telle qu'on la tape ; casse, blancs et apostrophes ne comptent pas."""

_LONGUEUR = max(map(len, REMISES)) + 10
_CLES = frozenset(map(cle, REMISES))
_DEBUTS = frozenset(
    (
        *(cle(forme)[0] for forme in (*_CLES, *ecritures((AVEU,)))),
        *APOSTROPHES,
        *BLANCS,
        *INVISIBLES,
    )
)


def peut_etre_convenu(texte: Texte) -> bool:
    """Faux, presque toujours, pour ce qui n'est ni une remise ni « À clarifier » : par le début."""
    return len(texte) <= _LONGUEUR and texte.strip()[:1].casefold() in _DEBUTS


def est_une_remise(texte: Texte) -> bool:
    """Vrai si le texte entier ne fait que remettre la réponse."""
    return len(texte) <= _LONGUEUR and cle(texte) in _CLES
