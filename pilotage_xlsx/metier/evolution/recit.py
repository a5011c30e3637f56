r"""De quoi parlent les décisions : les outils qu'elles citent, les noms qu'écrivent leurs phrases.

Les phrases se lisent une fois pour tous les noms, et non une fois par nom.

>>> from tests.metier.evolution.annees import classeur
>>> liens = classeur("decisions | outil | decision\n | GED | Quitter Alpha Nord dans l'an", 2026)
>>> recit = Recit(liens.decisions, ["GED", "Alpha Nord SA", "Alpha Sud", "an"])
>>> [list(recit.qui_nomment(nom)) for nom in ("GED", "Alpha Nord SA", "Alpha Sud", "an")]
[[0], [0], [], []]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import mots, sans_forme_juridique
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM, Texte, cle

_SENS_MINIMAL = 4
"""En deçà, un nom est trop court pour se reconnaître dans une phrase."""

_Nom = tuple[str, ...]


class Recit:
    """Les rangs des décisions qui citent ou écrivent chacun de ces ``noms``."""

    def __init__(self, decisions: Sequence[Ligne], noms: Iterable[str]) -> None:
        self._citent: dict[str, set[int]] = defaultdict(set)
        self._ecrivent: dict[_Nom, set[int]] = {
            nom: set() for nom in map(_reduire, noms) if sum(map(len, nom)) >= _SENS_MINIMAL
        }
        tailles: dict[str, set[int]] = defaultdict(set)
        for nom in self._ecrivent:
            tailles[nom[0]].add(len(nom))
        for rang, decision in enumerate(decisions):
            for cite in decision.textes("outil"):
                self._citent[cle(cite)].add(rang)
            for phrase in _phrases(decision):
                for suite in _suites(phrase, tailles):
                    if suite in self._ecrivent:
                        self._ecrivent[suite].add(rang)

    def qui_nomment(self, nom: Texte) -> Collection[int]:
        """Les décisions qui citent l'outil de ce nom, ou l'écrivent sans sa forme juridique."""
        return self._citent.get(cle(nom), set()) | self._ecrivent.get(_reduire(nom), set())


def _reduire(nom: Texte) -> _Nom:
    """Les mots du nom, sans sa forme juridique ; aucun s'il est trop long pour en être un."""
    return tuple(mots(sans_forme_juridique(nom))) if len(nom) <= LONGUEUR_D_UN_NOM else ()


def _phrases(decision: Ligne) -> Iterator[Sequence[str]]:
    for colonne in ("decision", "motif"):
        yield mots(decision.texte(colonne) or "")
    yield from map(mots, decision.textes("outil"))


def _suites(phrase: Sequence[str], tailles: dict[str, set[int]]) -> Iterator[_Nom]:
    """Chaque suite de mots qui commence comme un nom, et en a la longueur."""
    for rang, mot in enumerate(phrase):
        for taille in tailles.get(mot, ()):
            yield tuple(phrase[rang : rang + taille])
