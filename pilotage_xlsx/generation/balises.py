"""Le texte balisé qui résume une ligne : ses signes, et ce qu'il garde de chaque cellule."""

from __future__ import annotations

from pilotage_xlsx.generation.citations import LARGEUR
from pilotage_xlsx.modele import Colonne, Genre

BALISE, EGAL = "\ue000", "\ue001"
"""Ouvrent une cellule du texte balisé et son contenu : des signes que personne ne tape."""

TOTAL = BALISE
"""Tient lieu de la clé d'une ligne « Total » : rien ne la cite."""

MARQUE = "#"
"""Tient lieu d'un nombre ou d'une erreur : leur texte dépend du poste."""

EXTRAIT = 250
NOMBRES = frozenset({Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT})


def extrait(colonne: Colonne) -> int:
    """Combien de signes d'une cellule comptent : assez pour tout ce à quoi on la compare."""
    return LARGEUR - 1 if colonne.reference else EXTRAIT
