"""Les réponses remises à plus tard : ce que les gens tapent en attendant d'avoir la réponse.

Une liste finie, comparée au sens de `textes.cle` : la feuille compare aux mêmes textes, et le dit
pareil. « Aucun », « néant », « n/a » n'en sont pas : ce sont des réponses.
"""

from __future__ import annotations

from pilotage_xlsx.socle.textes import Texte, cle

REMISES = (
    *("-", "--", "---", "–", "—", "_", "/", "*", ".", "..", "...", "…", "?", "??", "???", "-?-"),
    *("idem", "id", "id.", "dito", "ditto", "pareil", "même chose", "ci-dessus", "voir ci-dessus"),
    *("comme ci-dessus", "idem ci-dessus", "voir plus haut", "voir dessus", "«", "»", "''"),
    *("voir contrat", "cf. contrat", "cf contrat", "voir le contrat", "xx", "xxx", "xxxx"),
    *("à compléter", "a compléter", "à remplir", "à renseigner", "à définir", "à préciser"),
    *("à vérifier", "à demander", "à voir", "à faire", "à suivre", "à venir", "tbd", "todo"),
)
"""Chacune telle qu'on la tape ; casse, blancs et apostrophes ne comptent pas."""

_LONGUEUR = max(map(len, REMISES)) + 10
_CLES = frozenset(map(cle, REMISES))


def est_une_remise(texte: Texte) -> bool:
    """Vrai si le texte entier ne fait que remettre la réponse."""
    return len(texte) <= _LONGUEUR and cle(texte) in _CLES
