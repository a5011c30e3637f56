"""La feuille « Chiffres » : de petits tableaux, et à côté leurs graphiques natifs.

Chaque graphique suit les cellules du tableau qu'il montre : on peut le recompter.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.consolidation.chiffres import PetitTableau
from pilotage_xlsx.socle.tableur import (
    BLEU_MOYEN,
    BLEU_PALE,
    CLARIFIER_BORD,
    FAUTE,
    GRIS,
    MANQUE_BORD,
    POLICE,
    TEXTE,
    TRAIT,
    Classeur,
    ecrire,
    mettre_en_page,
)
from pilotage_xlsx.socle.typographie import typographier

_NOM = "Chiffres"
_SUR_LA_PREMIERE_PAGE = 3
_LARGEURS = (34, *(15,) * 11)
_TEINTES = (BLEU_MOYEN, BLEU_PALE)
_GRAVITES = {
    "Erreurs": FAUTE,
    "Avertissements": "#9A5B00",
    "Cellules à remplir": MANQUE_BORD,
    "Points d'attention": CLARIFIER_BORD,
}
"""Comme partout : le rouge pour l'erreur, l'orange pour ce qui manque."""
_PAR_BARRE, _MARGE, _LARGEUR, _LIGNE = 26, 90, 640, 20
_POLICE = {"name": POLICE, "size": 10, "color": TEXTE}


def dessiner(classeur: Classeur, tous: tuple[PetitTableau, ...]) -> None:
    """Ajoute la feuille : un tableau sous l'autre, son graphique dessous."""
    feuille = classeur.feuille(_NOM, onglet=BLEU_MOYEN)
    for rang, largeur in enumerate(_LARGEURS):
        feuille.set_column(rang, rang, largeur)
    feuille.set_row(0, 26)
    ecrire(feuille, 0, 0, "Chiffres de l'ensemble", classeur.style("titre", valign="vcenter"))
    ligne, debuts = 2, list[int]()
    for chiffres in tous:
        debuts.append(ligne)
        ligne = _dessiner(classeur, feuille, chiffres, ligne)
    feuille.set_h_pagebreaks(debuts[_SUR_LA_PREMIERE_PAGE:])
    mettre_en_page(feuille, "Interne · consolidation", paysage=False)


def _dessiner(classeur: Classeur, feuille: Worksheet, chiffres: PetitTableau, ligne: int) -> int:
    """Écrit un tableau et son graphique ; rend la première ligne libre."""
    ecrire(feuille, ligne, 0, chiffres.titre, classeur.style("sous_titre"))
    ecrire(feuille, ligne + 1, 0, typographier(chiffres.phrase), classeur.style("phrase"))
    entete = classeur.style("entete", align="left", indent=1)
    for rang, titre in enumerate(chiffres.entetes):
        ecrire(feuille, ligne + 2, rang, titre, entete)
    feuille.set_row(ligne + 2, 32)
    haut = ligne + 3
    for numero, rangee in enumerate(chiffres.rangees, haut):
        for rang, contenu in enumerate(rangee):
            nom = ("montant" if isinstance(contenu, float) else "entier") if rang else "gras"
            style = classeur.style(nom, bottom=1, bottom_color=TRAIT, **_A_GAUCHE[rang > 0])
            ecrire(feuille, numero, rang, contenu, style)
    libre = haut + len(chiffres.rangees) + 1
    return _tracer(classeur, feuille, chiffres, haut, libre) if _se_trace(chiffres) else libre + 1


_A_GAUCHE: dict[bool, dict[str, Any]] = {False: {"align": "left"}, True: {}}


def _se_trace(chiffres: PetitTableau) -> bool:
    return bool(chiffres.tracees and chiffres.rangees)


def _tracer(
    classeur: Classeur, feuille: Worksheet, chiffres: PetitTableau, haut: int, libre: int
) -> int:
    bas, combien = haut + len(chiffres.rangees) - 1, len(chiffres.rangees)
    graphique = classeur.livre.add_chart({"type": "bar"})
    for rang, colonne in enumerate(chiffres.tracees):
        graphique.add_series(
            {
                "name": [_NOM, haut - 1, colonne],
                "categories": [_NOM, haut, 0, bas, 0],
                "values": [_NOM, haut, colonne, bas, colonne],
                "fill": {"color": _GRAVITES.get(chiffres.entetes[colonne]) or _TEINTES[rang]},
                "gap": 60,
                "data_labels": {"value": True, "font": _POLICE},
            }
        )
    graphique.set_title({"name": chiffres.titre, "name_font": {**_POLICE, "bold": True}})
    graphique.set_y_axis({"reverse": True, "num_font": _POLICE, "line": {"color": TRAIT}})
    axe = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    graphique.set_x_axis({**axe, "num_font": {**_POLICE, "color": GRIS}})
    seul = len(chiffres.tracees) == 1
    graphique.set_legend({"none": True} if seul else {"position": "bottom", "font": _POLICE})
    hauteur = _MARGE + _PAR_BARRE * combien * (1 if seul else len(chiffres.tracees))
    graphique.set_size({"width": _LARGEUR, "height": hauteur})
    feuille.insert_chart(libre, 0, graphique, {"description": chiffres.titre})
    return libre + hauteur // _LIGNE + 3
