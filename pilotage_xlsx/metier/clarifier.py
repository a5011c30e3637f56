"""Ce qui reste à clarifier, et à qui le demander : une question par prestataire.

« À clarifier » est une réponse honnête. Ce n'est pas une faute, et ce n'est pas non plus un fait :
la liste est à part, et une seule question au prestataire peut en clore plusieurs.

>>> from tests.metier.tables import etat
>>> lu = etat('''
... outils       | nom | prestataire | lieu_donnees | sauvegarde
...              | GED | Alpha SA    | À clarifier  | À clarifier
...              | Eau | Alpha SA    | À clarifier  | Aucune
... prestataires | nom
...              | Alpha SA
... ''')
>>> [(question.aupres, len(question.points)) for question in questions(lu)]
[('Alpha SA', 3)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from pilotage_xlsx.metier.etat import Etat, a_clarifier
from pilotage_xlsx.modele import Colonne
from pilotage_xlsx.registre import Emplacement, Ligne


class PointAClarifier(msgspec.Struct, frozen=True):
    """Une cellule qui répond « À clarifier »."""

    ligne: Ligne
    colonne: Colonne

    @property
    def lieu(self) -> Emplacement:
        """Où elle est."""
        return self.ligne.emplacement(self.colonne.id)


class QuestionAPoser(msgspec.Struct, frozen=True):
    """Des points que la même personne peut clarifier : un prestataire, ou la commune elle-même."""

    aupres: str | None
    points: tuple[PointAClarifier, ...]


def questions(etat: Etat) -> tuple[QuestionAPoser, ...]:
    """Les points à clarifier des lignes en vigueur : par prestataire, la commune en dernier."""
    par_nom: dict[str | None, list[PointAClarifier]] = defaultdict(list)
    for point in _points(etat):
        par_nom[aupres_de(etat, point.ligne)].append(point)
    ranges = sorted(par_nom.items(), key=lambda paire: paire[0] is None)
    return tuple(QuestionAPoser(nom, tuple(points)) for nom, points in ranges)


def _points(etat: Etat) -> Iterator[PointAClarifier]:
    for feuille in etat.modele.feuilles:
        for ligne in etat.en_vigueur(feuille.id):
            for colonne in a_clarifier(feuille, ligne):
                yield PointAClarifier(ligne, colonne)


def aupres_de(etat: Etat, ligne: Ligne) -> str | None:
    """Le prestataire inscrit qui répond de la ligne : celui d'un outil, ou lui-même ; ou rien."""
    if ligne.lieu.registre == "prestataires":
        return ligne.texte("nom")
    if ligne.lieu.registre != "outils":
        return None
    inscrit = etat.trouver("prestataires", ligne.texte("prestataire"))
    return None if inscrit is None else inscrit.texte("nom")
