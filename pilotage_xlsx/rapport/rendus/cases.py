"""Une case d'un tableau, en texte : pour la page et le courriel."""

from __future__ import annotations

from datetime import date

from pilotage_xlsx.rapport.document import Case, GenreDeColonne
from pilotage_xlsx.socle.typographie import jour, montant, nombre

VIDE = "–"


def ecrire(case: Case, genre: GenreDeColonne) -> str:
    """Le texte d'une case selon le genre de sa colonne ; un tiret si elle est vide."""
    match case:
        case None | "":
            return VIDE
        case date():
            return jour(case)
        case int() | float():
            return montant(case) if genre is GenreDeColonne.MONTANT else nombre(case)
        case _:
            return case
