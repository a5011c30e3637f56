"""Les points à décider en entier : ceux qui ne tenaient pas sur la première page, ou pas tout."""

from __future__ import annotations

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import majuscule, origine
from pilotage_xlsx.rapport.sections.votes import SUR_LA_PAGE, resserrer, voter

_COLONNES = (
    ColonneDeTable("N°", GenreDeColonne.NOMBRE, 6),
    ColonneDeTable("Objet", GenreDeColonne.FORT, 26),
    ColonneDeTable("Proposition", largeur=40),
    ColonneDeTable("Contexte", GenreDeColonne.DISCRET, 46),
    ColonneDeTable("Coût", largeur=16),
    ColonneDeTable("Dernier jour", largeur=18),
    ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
)


def points(rapport: Rapport) -> Section | None:
    """Tous les points en entier, si la première page n'a pu les dire tous ou les a abrégés."""
    votes = voter(rapport)
    if len(votes) <= SUR_LA_PAGE and resserrer(votes) == votes:
        return None
    lignes = tuple(
        (
            v.rang,
            v.objet,
            majuscule(v.proposition),
            v.contexte,
            v.cout,
            v.dernier_jour,
            origine(p.ligne),
        )
        for v, p in zip(votes, rapport.points, strict=True)
    )
    tableau = Tableau("Dans l'ordre de la première page", _COLONNES, lignes)
    titre = "Tous les points à décider, en entier"
    return Section("points", "À décider", titre, (), (tableau,))
