"""Ce que le tableur a compris d'une saisie : un texte pour une date, une ligne « Total ».

La feuille et le contrôle y regardent de la même façon.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pilotage_xlsx.modele import SEPARATEUR, Colonne, Genre
from pilotage_xlsx.registre import Illisible, Ligne, NatureDeCellule
from pilotage_xlsx.registre.genres import afficher, lire_nombre
from pilotage_xlsx.socle.dates import est_une_serie
from pilotage_xlsx.socle.textes import cle, est_vide

DATES = frozenset({Genre.DATE, Genre.DATE_HEURE})
NATIFS = DATES | {Genre.ENTIER, Genre.MONTANT}
"""Ce que le tableur tient pour un nombre, et dont il calcule."""

TOTAUX = tuple(
    f"{mot}{fin}"
    for mot in ("total", "totaux", "sous-total", "sous total", "total général", "somme")
    for fin in ("", ":", " :")
)
"""Ce qui nomme une ligne de total, au sens de `textes.cle` ; la feuille cherche les mêmes mots."""

TEXTES_D_UN_TOTAL = 2
"""Une ligne de total a des nombres, et deux textes au plus."""


def est_tape_en_texte(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai pour une date ou un nombre lisible, mais que le tableur ne tient pas pour tel.

    Un texte (« 12 mars 2026 »), ou « 20260312 » dans une cellule de date : aucune échéance ne s'en
    calcule dans la feuille.
    """
    valeur = ligne.valeurs.get(colonne.id)
    if valeur is None or colonne.genre not in NATIFS or colonne.id not in ligne.cellules:
        return False
    if isinstance(valeur, str | Illisible):
        return False
    cellule = ligne.cellules[colonne.id]
    if cellule.nature is NatureDeCellule.NOMBRE:
        nombre = lire_nombre(cellule.texte) if colonne.genre in DATES else None
        return nombre is not None and not est_une_serie(nombre)
    return cellule.nature is NatureDeCellule.TEXTE


def est_total(ligne: Ligne) -> bool:
    """Vrai pour une ligne « Total » tapée sous la liste : des nombres, et presque aucun texte."""
    textes = [*islice(_textes_tapes(ligne), TEXTES_D_UN_TOTAL + 1)]
    return len(textes) <= TEXTES_D_UN_TOTAL and any(cle(texte) in TOTAUX for texte in textes)


def _textes_tapes(ligne: Ligne) -> Iterator[str]:
    """Les cellules que le tableur tient pour des textes ; un « ; » seul n'en est pas un."""
    cellules = ligne.cellules
    for colonne, valeur in ligne.valeurs.items():
        texte = ""
        if colonne not in cellules:
            texte = afficher(valeur) if isinstance(valeur, str | tuple | Illisible) else ""
        elif (cellule := cellules[colonne]).nature is NatureDeCellule.TEXTE:
            texte = cellule.texte
        if not est_vide(texte.replace(SEPARATEUR, "")):
            yield texte
