"""La suite de la première page : ce qui n'y tenait pas."""

from __future__ import annotations

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Colonne, Genre, Groupe, Section, Tableau
from pilotage_xlsx.rapport.mots import origine
from pilotage_xlsx.rapport.sections.votes import SUR_LA_PAGE, voter

_COLONNES = (
    Colonne("N°", Genre.NOMBRE, 6),
    Colonne("Objet", Genre.FORT, 26),
    Colonne("Proposition", largeur=40),
    Colonne("Contexte", Genre.DISCRET, 46),
    Colonne("Coût", largeur=16),
    Colonne("Dernier jour", largeur=18),
    Colonne("Origine", Genre.DISCRET, 20),
)


def autres_points(rapport: Rapport) -> Section | None:
    """Les points à décider qui ne tenaient pas sur la première page."""
    votes = voter(rapport)[SUR_LA_PAGE:]
    if not votes:
        return None
    lignes = tuple(
        (v.rang, v.objet, v.proposition, v.contexte, v.cout, v.dernier_jour, origine(p.ligne))
        for v, p in zip(votes, rapport.points[SUR_LA_PAGE:], strict=True)
    )
    return Section(
        "autres-points",
        Groupe.DECISIONS,
        "Autres points à décider",
        (),
        (Tableau("Suite de la première page", _COLONNES, lignes),),
    )
