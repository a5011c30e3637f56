"""Des écritures réunies deux à deux, sans jamais mêler deux IDE ni deux correspondances.

>>> from pilotage_xlsx.metier.regroupement.paires import comparer, recenser
>>> ecritures = recenser([("Alpha SA", ""), ("ALPHA S.A.", ""), ("Beta", "")], {})
>>> amas = Amas(ecritures)
>>> amas.reunir(comparer(ecritures)), [amas.chef(rang) for rang in range(3)]
([], [0, 0, 2])
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pilotage_xlsx.metier.regroupement.paires import MEME_IDE, Ecriture, Paire
from pilotage_xlsx.metier.regroupement.ressemblance import CERTAINE, SANS_CHAINE, juger
from pilotage_xlsx.socle.textes import cle


class Amas:
    """Les écritures, chacune sous son chef ; ``raisons`` : pourquoi elle y est."""

    def __init__(self, ecritures: Sequence[Ecriture]) -> None:
        self.raisons: dict[int, tuple[float, str]] = {}
        self._chefs = list(range(len(ecritures)))
        self._ides = [{e.ide} - {""} for e in ecritures]
        self._imposes = [{cle(e.impose)} - {""} for e in ecritures]
        self._formes = [{e.forme.compacte: {e.forme}} for e in ecritures]

    def chef(self, rang: int) -> int:
        """L'écriture qui représente celle-ci."""
        while self._chefs[rang] != rang:
            self._chefs[rang] = self._chefs[self._chefs[rang]]
            rang = self._chefs[rang]
        return rang

    def est_impose(self, rang: int) -> bool:
        """Vrai si la personne a décidé du nom de cet amas."""
        return bool(self._imposes[self.chef(rang)])

    def reunir(self, paires: Iterable[Paire]) -> list[Paire]:
        """Réunit ce qui est sûr, le plus sûr d'abord ; rend le reste, à proposer."""
        rangees = sorted(paires, key=lambda paire: (-paire.confiance, paire.une, paire.autre))
        disputees = self._disputees(rangees)
        reste = []
        for paire in rangees:
            est_libre = paire.raison == MEME_IDE or not {paire.une, paire.autre} & disputees
            est_sure = paire.confiance >= CERTAINE and est_libre
            if est_sure and self._sont_compatibles(paire) and not self._sont_etrangers(paire):
                self._lier(paire)
            else:
                reste.append(paire)
        return [paire for paire in reste if self.chef(paire.une) != self.chef(paire.autre)]

    def _disputees(self, paires: Sequence[Paire]) -> set[int]:
        """Les écritures sans IDE que deux entreprises d'IDE différents se disputent à égalité."""
        voisins: dict[int, dict[str, float]] = defaultdict(dict)
        for confiance, _, une, autre in paires:
            for rang, voisin in ((une, autre), (autre, une)):
                if not self._ides[rang]:
                    for ide in self._ides[voisin]:
                        voisins[rang][ide] = max(confiance, voisins[rang].get(ide, 0.0))
        return {
            rang
            for rang, ides in voisins.items()
            if list(ides.values()).count(max(ides.values())) > 1
        }

    def _sont_compatibles(self, paire: Paire) -> bool:
        chef, second = self.chef(paire.une), self.chef(paire.autre)
        return (
            len(self._ides[chef] | self._ides[second]) <= 1
            and len(self._imposes[chef] | self._imposes[second]) <= 1
        )

    def _sont_etrangers(self, paire: Paire) -> bool:
        """Vrai si une ressemblance réunirait, par un tiers, deux noms que rien ne rapproche.

        « Alpha Tech » ressemble à « Alpha Technologies » comme à « Alpha Technique ».
        """
        if paire.confiance >= SANS_CHAINE:
            return False
        chef, second = self.chef(paire.une), self.chef(paire.autre)
        return chef != second and any(
            not any(juger(une, autre).confiance for une in unes for autre in autres)
            for unes in self._formes[chef].values()
            for autres in self._formes[second].values()
        )

    def _lier(self, paire: Paire) -> None:
        chef, second = self.chef(paire.une), self.chef(paire.autre)
        if chef == second:
            return
        for rang in (paire.autre, paire.une):
            self.raisons.setdefault(rang, (paire.confiance, paire.raison))
        self._chefs[second] = chef
        self._ides[chef] |= self._ides[second]
        self._imposes[chef] |= self._imposes[second]
        for compacte, formes in self._formes[second].items():
            self._formes[chef].setdefault(compacte, set()).update(formes)
