"""Ce que le tableur a compris d'une saisie : un texte pour une date, une ligne « Total ».

La feuille et le contrôle y regardent de la même façon.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.registre import Illisible, Ligne, NatureDeCellule
from pilotage_xlsx.registre.genres import afficher, lire_nombre
from pilotage_xlsx.socle.dates import est_une_serie
from pilotage_xlsx.socle.textes import cle

DATES = frozenset({Genre.DATE, Genre.DATE_HEURE})
NATIFS = DATES | {Genre.ENTIER, Genre.MONTANT}
"""Ce que le tableur tient pour un nombre, et dont il calcule."""

TOTAUX = tuple(
    f"{mot}{fin}"
    for mot in ("total", "totaux", "sous-total", "sous total", "total général", "somme")
    for fin in ("", ":", " :")
)
"""Ce qui nomme une ligne de total, au sens de `textes.cle` ; la feuille cherche les mêmes mots."""

_NOMBRES = frozenset({NatureDeCellule.NOMBRE, NatureDeCellule.DATE})

TEXTES_D_UN_TOTAL = 2
"""Une ligne de total a des nombres, et deux textes au plus."""


def est_tape_en_texte(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai pour une date ou un nombre lisible, mais que le tableur ne tient pas pour tel.

    Un texte (« 12 mars 2026 »), ou « 20260312 » dans une cellule de date : aucune échéance ne s'en
    calcule dans la feuille.
    """
    valeur = ligne.valeurs.get(colonne.id)
    if valeur is None or isinstance(valeur, str | Illisible) or colonne.genre not in NATIFS:
        return False
    cellule = ligne.cellules.get(colonne.id)
    if cellule is None:
        return False
    if cellule.nature is NatureDeCellule.NOMBRE:
        nombre = lire_nombre(cellule.texte) if colonne.genre in DATES else None
        return nombre is not None and not est_une_serie(nombre)
    return cellule.nature is NatureDeCellule.TEXTE


def est_total(ligne: Ligne) -> bool:
    """Vrai pour une ligne « Total » tapée sous la liste : des nombres, et presque aucun texte.

    Une erreur du tableur n'est ni l'un ni l'autre : la ligne n'en est pas une.
    """
    textes = [*islice(_textes_tapes(ligne), TEXTES_D_UN_TOTAL + 1)]
    if len(textes) > TEXTES_D_UN_TOTAL or not any(cle(texte) in TOTAUX for texte in textes):
        return False
    return all(c.nature is not NatureDeCellule.ERREUR for c in ligne.cellules.values())


def _textes_tapes(ligne: Ligne) -> Iterator[str]:
    """Les cellules que le tableur ne tient pas pour des nombres, celles de la commune comprises."""
    cellules = ligne.cellules
    for colonne, valeur in ligne.valeurs.items():
        cellule = cellules.get(colonne)
        if cellule is None:
            if isinstance(valeur, str | tuple | Illisible):
                yield afficher(valeur)
        elif cellule.nature not in _NOMBRES:
            yield cellule.texte
    yield from (texte for texte in ligne.propres.values() if isinstance(texte, str))
