"""Les graphiques natifs du classeur : barres horizontales et ligne du temps.

Chacun suit le petit tableau des nombres qu'il montre, que le lecteur peut recompter.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from xlsxwriter.chart import Chart

from pilotage_xlsx.rapport.document import Barre, Barres, Repere, Temps
from pilotage_xlsx.rapport.rendus.feuillet import Feuillet
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.tableur import BLEU_MOYEN, BLEU_PALE, GRIS, POLICE, TEXTE, TRAIT

_LARGEUR, _PAR_BARRE, _MARGE, _LIGNE = 720, 30, 70, 20
_REPERE = timedelta(days=3)
"""La longueur d'un repère sans dernier jour à venir."""

_POLICE = {"name": POLICE, "size": 10, "color": TEXTE}
_SANS_TRAIT = {"none": True}


def tracer_barres(feuillet: Feuillet, ligne: int, barres: Barres) -> int:
    """Le tableau des nombres, puis ses barres ; rend la première ligne libre."""
    feuillet.entetes(ligne, (barres.titre, barres.unite, barres.total, "Reste"))
    for rang, barre in enumerate(barres.barres, ligne + 1):
        _ecrire_barre(feuillet, rang, barre)
    debut, fin = ligne + 1, ligne + len(barres.barres)
    if not barres.barres:
        return fin + 2
    graphique = _empiler(feuillet, barres.titre)
    _serie(graphique, feuillet, (debut, fin), 1, fill={"color": BLEU_MOYEN}, name=barres.unite)
    _serie(graphique, feuillet, (debut, fin), 3, fill={"color": BLEU_PALE}, name="Reste")
    graphique.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    graphique.set_legend({"position": "bottom", "font": _POLICE})
    return _poser(feuillet, graphique, fin + 2, len(barres.barres), barres.titre)


def tracer_temps(feuillet: Feuillet, ligne: int, temps: Temps) -> int:
    """Le tableau des dates, puis la ligne du temps ; rend la première ligne libre."""
    feuillet.entetes(ligne, (temps.titre, "Début du trait", "Jours", "Échéance"))
    for rang, repere in enumerate(temps.reperes, ligne + 1):
        _ecrire_repere(feuillet, rang, repere, temps.debut)
    debut, fin = ligne + 1, ligne + len(temps.reperes)
    graphique = _empiler(feuillet, temps.titre)
    _serie(graphique, feuillet, (debut, fin), 1, fill={"none": True}, name="Début")
    _serie(graphique, feuillet, (debut, fin), 2, fill={"color": BLEU_MOYEN}, name="À décider avant")
    graphique.set_x_axis(
        {
            "min": vers_serie(temps.debut),
            "max": vers_serie(temps.fin),
            "major_unit": 61,
            "num_format": "mm.yyyy",
            "num_font": {**_POLICE, "color": GRIS},
            "major_gridlines": {"visible": True, "line": {"color": TRAIT}},
        }
    )
    graphique.set_legend({"none": True})
    return _poser(feuillet, graphique, fin + 2, len(temps.reperes), temps.titre)


def _ecrire_barre(feuillet: Feuillet, ligne: int, barre: Barre) -> None:
    feuillet.case(ligne, 0, barre.libelle, "gras")
    feuillet.case(ligne, 1, barre.valeur, "entier")
    feuillet.case(ligne, 2, barre.sur, "entier")
    forme = feuillet.classeur.style("entier", bottom=1, bottom_color=TRAIT)
    formule = f"=C{ligne + 1}-B{ligne + 1}"
    feuillet.feuille.write_formula(ligne, 3, formule, forme, barre.sur - barre.valeur)


def _ecrire_repere(feuillet: Feuillet, ligne: int, repere: Repere, debut: date) -> None:
    """Du dernier jour à l'échéance ; sans dernier jour à venir, un simple repère."""
    depart = max(debut, repere.jour - _REPERE)
    if repere.alerte and repere.alerte >= debut:
        depart = repere.alerte
    feuillet.case(ligne, 0, repere.libelle, "gras")
    feuillet.case(ligne, 1, depart, "date")
    feuillet.case(ligne, 2, (repere.jour - depart).days, "entier")
    feuillet.case(ligne, 3, repere.jour, "date")


def _empiler(feuillet: Feuillet, titre: str) -> Chart:
    graphique = feuillet.classeur.livre.add_chart({"type": "bar", "subtype": "stacked"})
    graphique.set_title({"name": titre, "name_font": {**_POLICE, "bold": True}, "overlay": False})
    graphique.set_y_axis(
        {"reverse": True, "num_font": _POLICE, "line": _SANS_TRAIT, "major_tick_mark": "none"}
    )
    graphique.set_chartarea({"border": _SANS_TRAIT})
    return graphique


def _serie(
    graphique: Chart, feuillet: Feuillet, lignes: tuple[int, int], colonne: int, **forme: Any
) -> None:
    debut, fin = lignes
    graphique.add_series(
        {
            "categories": [feuillet.nom, debut, 0, fin, 0],
            "values": [feuillet.nom, debut, colonne, fin, colonne],
            "gap": 60,
            "border": _SANS_TRAIT,
            **forme,
        }
    )


def _poser(feuillet: Feuillet, graphique: Chart, ligne: int, barres: int, titre: str) -> int:
    hauteur = barres * _PAR_BARRE + _MARGE
    graphique.set_size({"width": _LARGEUR, "height": hauteur})
    feuillet.feuille.insert_chart(ligne, 0, graphique, {"description": titre})
    return ligne + hauteur // _LIGNE + 2
