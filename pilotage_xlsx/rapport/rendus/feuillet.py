"""Une feuille du classeur du rapport, où chaque texte prend la place qu'il lui faut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotage_xlsx.rapport.document import Case
from pilotage_xlsx.socle.tableur import TRAIT, Classeur, Contenu
from pilotage_xlsx.socle.tableur import ecrire as ecrire_contenu
from pilotage_xlsx.socle.typographie import typographier

HAUTEUR = 15.5
"""Une ligne de Calibri 11, en points."""

_SIGNES = 1.05
"""Signes d'un texte courant par unité de largeur, mesuré un peu court pour ne rien couper."""


class Feuillet:
    """Une feuille aux colonnes de ``largeurs`` données ; les lignes se comptent dès 0."""

    def __init__(self, classeur: Classeur, nom: str, largeurs: Sequence[int]) -> None:
        self.classeur = classeur
        self.nom = nom
        self.largeurs = tuple(largeurs)
        self.feuille = classeur.feuille(nom)
        for rang, largeur in enumerate(largeurs):
            self.feuille.set_column(rang, rang, largeur)

    def bande(
        self, ligne: int, texte: str, style: str, hauteur: float | None = None, **precisions: Any
    ) -> None:
        """Un texte sur toute la largeur de la feuille."""
        self.rangee(ligne, ((texte, 0, len(self.largeurs) - 1),), style, hauteur, **precisions)

    def rangee(
        self,
        ligne: int,
        cases: Sequence[tuple[Contenu, int, int]],
        style: str,
        hauteur: float | None = None,
        **precisions: Any,
    ) -> None:
        """Des cases (contenu, première colonne, dernière) ; la ligne est haute comme la plus
        haute."""
        forme = self.classeur.style(style, **precisions)
        lignes = max(self._lignes(*case) for case in cases)
        self.feuille.set_row(ligne, hauteur or HAUTEUR * lignes)
        for contenu, debut, fin in cases:
            if fin > debut:
                self.feuille.merge_range(ligne, debut, ligne, fin, "", forme)
            ecrire_contenu(self.feuille, ligne, debut, _soigner(contenu), forme)

    def hauteur(self, fin: int) -> float:
        """La hauteur des lignes d'avant ``fin``, en points ; xlsxwriter les garde en pixels."""
        tailles = self.feuille.row_sizes
        en_points = (0.75 * tailles[rang][0] if rang in tailles else HAUTEUR for rang in range(fin))
        return sum(en_points)

    def entetes(self, ligne: int, titres: Sequence[str]) -> None:
        """Une ligne d'en-têtes."""
        for rang, titre in enumerate(titres):
            forme = self.classeur.style("entete")
            ecrire_contenu(self.feuille, ligne, rang, _soigner(titre), forme)
        self.hausser(ligne, titres)

    def case(self, ligne: int, rang: int, contenu: Contenu, style: str, **precisions: Any) -> None:
        """Une case d'un tableau, soulignée d'un trait fin."""
        forme = self.classeur.style(style, bottom=1, bottom_color=TRAIT, **precisions)
        ecrire_contenu(self.feuille, ligne, rang, _soigner(contenu), forme)

    def hausser(self, ligne: int, cases: Sequence[Case]) -> None:
        """Donne à la ligne la hauteur de son texte le plus long."""
        lignes = max(self._lignes(case, rang, rang) for rang, case in enumerate(cases))
        self.feuille.set_row(ligne, HAUTEUR * lignes)

    def _lignes(self, contenu: Contenu, debut: int, fin: int) -> int:
        """Combien de lignes prend un texte renvoyé à la ligne : un peu plus tôt que trop tard."""
        if not isinstance(contenu, str):
            return 1
        signes = int(sum(self.largeurs[debut : fin + 1]) * _SIGNES)
        lignes, place = 1, 0
        for mot in contenu.split(" "):
            place += len(mot) + 1
            if place > signes + 1 and place > len(mot) + 1:
                lignes, place = lignes + 1, len(mot) + 1
            lignes, place = lignes + place // (signes + 2), place % (signes + 2)
        return lignes


def _soigner(contenu: Contenu) -> Contenu:
    return typographier(contenu) if isinstance(contenu, str) else contenu
