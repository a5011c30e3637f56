"""Les graphiques natifs du classeur : barres horizontales et ligne du temps.

Les nombres qu'ils montrent sont sur une feuille cachée, dite « Données des graphiques ».
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from xlsxwriter.chart import Chart

from pilotage_xlsx.rapport.document import Barres, Repere, Temps
from pilotage_xlsx.rapport.rendus.feuillet import Feuillet
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.tableur import (
    BLEU_MOYEN,
    BLEU_PALE,
    GRIS,
    POLICE,
    TEXTE,
    TRAIT,
    Classeur,
    Contenu,
)
from pilotage_xlsx.socle.typographie import jour

_LARGEUR, _PAR_BARRE, _MARGE, _LIGNE = 720, 30, 70, 20
_REPERE = timedelta(days=3)
"""La longueur d'un repère sans dernier jour à venir."""

_POLICE = {"name": POLICE, "size": 10, "color": TEXTE}
_SANS_TRAIT = {"none": True}


class Coulisses:
    """Les nombres des graphiques, sur une feuille cachée : les pages ne montrent qu'eux.

    La feuille s'écrit à la fin, pour venir la dernière.
    """

    NOM = "Données des graphiques"

    def __init__(self) -> None:
        self._blocs: list[tuple[int, _Nombres]] = []
        self._libre = 0

    def poser(self, nombres: _Nombres) -> tuple[int, int]:
        """Réserve leur place ; rend leur première et leur dernière ligne."""
        debut = self._libre + 1
        self._blocs.append((self._libre, nombres))
        self._libre += len(nombres.rangees) + 2
        return debut, debut + len(nombres.rangees) - 1

    def ecrire(self, classeur: Classeur) -> None:
        """Écrit la feuille cachée, s'il y a un graphique."""
        if not self._blocs:
            return
        feuillet = Feuillet(classeur, self.NOM, (40, 16, 16, 16))
        for debut, nombres in self._blocs:
            feuillet.entetes(debut, nombres.titres)
            for ligne, rangee in enumerate(nombres.rangees, debut + 1):
                for rang, (case, style) in enumerate(zip(rangee, nombres.styles, strict=True)):
                    feuillet.case(ligne, rang, case, style)
        feuillet.feuille.hide()


class _Nombres(NamedTuple):
    titres: tuple[str, ...]
    styles: tuple[str, ...]
    rangees: tuple[tuple[Contenu, ...], ...]


def tracer_barres(feuillet: Feuillet, ligne: int, barres: Barres, coulisses: Coulisses) -> int:
    """Les barres ; rend la première ligne libre."""
    if not barres.barres:
        return ligne
    nombres = _Nombres(
        (barres.titre, barres.unite, barres.total, "Reste"),
        ("gras", "entier", "entier", "entier"),
        tuple(
            (
                f"{barre.libelle} : {barre.legende}",
                barre.valeur,
                barre.sur,
                barre.sur - barre.valeur,
            )
            for barre in barres.barres
        ),
    )
    lignes = coulisses.poser(nombres)
    graphique = _empiler(feuillet, barres.titre)
    _serie(graphique, lignes, 1, fill={"color": BLEU_MOYEN}, name=barres.unite)
    _serie(graphique, lignes, 3, fill={"color": BLEU_PALE}, name="Reste")
    graphique.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    graphique.set_legend({"position": "bottom", "font": _POLICE})
    return _poser(feuillet, graphique, ligne + 1, len(barres.barres), barres.titre)


def tracer_temps(feuillet: Feuillet, ligne: int, temps: Temps, coulisses: Coulisses) -> int:
    """La ligne du temps ; rend la première ligne libre."""
    nombres = _Nombres(
        (temps.titre, "Début du trait", "Jours", "Échéance"),
        ("gras", "date", "entier", "date"),
        tuple(_situer(repere, temps.debut) for repere in temps.reperes),
    )
    lignes = coulisses.poser(nombres)
    graphique = _empiler(feuillet, temps.titre)
    _serie(graphique, lignes, 1, fill={"none": True}, name="Début")
    _serie(graphique, lignes, 2, fill={"color": BLEU_MOYEN}, name="À décider avant")
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
    return _poser(feuillet, graphique, ligne + 1, len(temps.reperes), temps.titre)


def _situer(repere: Repere, debut: date) -> tuple[Contenu, ...]:
    """Du dernier jour à l'échéance ; sans dernier jour à venir, un simple repère."""
    depart = max(debut, repere.jour - _REPERE)
    if repere.alerte and repere.alerte >= debut:
        depart = repere.alerte
    libelle = f"{repere.libelle} : {jour(repere.jour)}"
    return (libelle, depart, (repere.jour - depart).days, repere.jour)


def _empiler(feuillet: Feuillet, titre: str) -> Chart:
    graphique = feuillet.classeur.livre.add_chart({"type": "bar", "subtype": "stacked"})
    graphique.set_title({"name": titre, "name_font": {**_POLICE, "bold": True}, "overlay": False})
    graphique.set_y_axis(
        {"reverse": True, "num_font": _POLICE, "line": _SANS_TRAIT, "major_tick_mark": "none"}
    )
    graphique.set_chartarea({"border": _SANS_TRAIT})
    return graphique


def _serie(graphique: Chart, lignes: tuple[int, int], colonne: int, **forme: Any) -> None:
    debut, fin = lignes
    graphique.add_series(
        {
            "categories": [Coulisses.NOM, debut, 0, fin, 0],
            "values": [Coulisses.NOM, debut, colonne, fin, colonne],
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
