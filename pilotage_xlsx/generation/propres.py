"""Les feuilles propres à la commune, écrites en valeurs à la suite des nôtres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.valeurs import contenu, style_de
from pilotage_xlsx.registre import FeuillePropre, Valeur
from pilotage_xlsx.socle.tableur import Classeur, ecrire

_NOM_MAX = 31
_INTERDITS = re.compile(r"[\[\]:*?/\\]")
_LARGEUR_MIN, _LARGEUR_MAX = 9, 50


def ecrire_propres(classeur: Classeur, propres: Iterable[FeuillePropre]) -> None:
    """Écrit chaque feuille sous son nom, ou un nom voisin si une des nôtres le porte."""
    pris = {feuille.get_name().casefold() for feuille in classeur.livre.worksheets()}
    for propre, nom in _nommer(propres, pris):
        feuille = classeur.livre.add_worksheet(nom)
        for (ligne, colonne), valeur in propre.cellules.items():
            donne = contenu(valeur)
            style = style_de(classeur, None, donne)
            ecrire(feuille, ligne - 1, colonne - 1, donne, style)
        _elargir(feuille, propre.cellules)


def _nommer(
    propres: Iterable[FeuillePropre], pris: set[str]
) -> Iterator[tuple[FeuillePropre, str]]:
    """Un nom qu'Excel admet, et que rien ne porte déjà."""
    pris = {*pris, "history"}
    for propre in propres:
        souche = _INTERDITS.sub("-", propre.nom).strip("' ") or "Feuille"
        suffixes = chain(("",), (f" ({rang})" for rang in count(2)))
        essais = (f"{souche[: _NOM_MAX - len(suffixe)]}{suffixe}" for suffixe in suffixes)
        nom = next(essai for essai in essais if essai.casefold() not in pris)
        pris.add(nom.casefold())
        yield propre, nom


def _elargir(feuille: Worksheet, cellules: Mapping[tuple[int, int], Valeur]) -> None:
    """Chaque colonne à la mesure de ce qu'elle contient : les dates s'y lisent."""
    largeurs: dict[int, int] = {}
    for (_, colonne), valeur in cellules.items():
        longueur = max(map(len, str(contenu(valeur)).splitlines()), default=0)
        largeurs[colonne] = max(largeurs.get(colonne, 0), longueur)
    for colonne, longueur in largeurs.items():
        largeur = min(max(longueur + 2, _LARGEUR_MIN), _LARGEUR_MAX)
        feuille.set_column(colonne - 1, colonne - 1, largeur)
