"""Une valeur du registre, telle que la cellule du tableur la reçoit."""

from __future__ import annotations

from datetime import date, datetime

from xlsxwriter.format import Format

from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.registre import Illisible, Valeur
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.tableur import DATE, DATE_HEURE, MONTANT, TEXTE_BRUT, Classeur, Contenu

_FORMATS = {
    Genre.DATE: DATE,
    Genre.DATE_HEURE: DATE_HEURE,
    Genre.CALCULE: DATE,
    Genre.MONTANT: MONTANT,
    Genre.ENTIER: "0",
    Genre.LISTE: "General",
}
_SANS_RENVOI = {
    *(Genre.DATE, Genre.DATE_HEURE, Genre.CALCULE),
    *(Genre.MONTANT, Genre.ENTIER),
}
"""Ce qui tient sur une ligne : LibreOffice y chercherait la hauteur de chacune, à l'ouverture."""

_A_DROITE = {Genre.MONTANT, Genre.ENTIER}

EN_RETRAIT = {"align": "left", "indent": 1}
"""Ce qui écarte un texte de celui de la colonne d'avant, qui va jusqu'au bord de la sienne."""


def contenu(valeur: Valeur | None) -> Contenu:
    """Le contenu natif : nombre, date, texte ; une valeur illisible reste telle que tapée."""
    match valeur:
        case Illisible() | tuple():
            return afficher(valeur)
        case _:
            return valeur


def style_de(
    classeur: Classeur, colonne: Colonne | None, valeur: Contenu = None, **precisions: object
) -> Format:
    """Le format d'une colonne de saisie ; le texte y reste texte (« 00123 » ne perd rien).

    Une colonne propre à la commune n'a pas de genre : sa cellule prend le format de sa valeur.
    """
    genre = colonne.genre if colonne else None
    base: dict[str, object] = {
        "num_format": _FORMATS.get(genre, TEXTE_BRUT) if genre else _format_libre(valeur),
        "text_wrap": genre not in _SANS_RENVOI,
        **({"align": "right"} if genre in _A_DROITE else EN_RETRAIT),
    }
    return classeur.style("texte", **{**base, **precisions})


def _format_libre(valeur: Contenu) -> str:
    match valeur:
        case datetime():
            return DATE_HEURE
        case date():
            return DATE
        case _:
            return "General"
