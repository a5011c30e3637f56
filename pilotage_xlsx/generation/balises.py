"""Le texte balisé qui résume une ligne : ses signes, et ce qu'il garde de chaque cellule."""

from __future__ import annotations

from pilotage_xlsx.generation.citations import LARGEUR
from pilotage_xlsx.modele import Colonne, Genre

BALISE, EGAL = "\ue000", "\ue001"
"""Ouvrent une cellule du texte balisé et son contenu : des signes que personne ne tape."""

TOTAL = BALISE
"""Tient lieu de la clé d'une ligne « Total » : rien ne la cite."""

JUSTE, FAUTIF = "\ue002", "\ue003"
"""Tiennent lieu d'un nombre admis, et d'un nombre hors bornes ou d'une erreur.

Leur texte dépendrait du poste.
"""

EXTRAIT = 250
NOMBRES = frozenset({Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT})


def extrait(colonne: Colonne) -> int:
    """Combien de signes d'une cellule comptent : assez pour tout ce à quoi on la compare."""
    return LARGEUR - 1 if colonne.reference else EXTRAIT
