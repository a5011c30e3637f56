"""La grille d'une feuille : chaque cellule et son format, même absente ; en créer, en enlever."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.schema import enfant, enfants, entier, fragment
from pilotage_xlsx.retouche.valeurs import cellules_de
from pilotage_xlsx.socle.adresses import lettres_de


class Grille:
    """Les lignes d'une feuille, et les cellules de celles qu'on va toucher."""

    def __init__(self, racine: Element, touchees: Container[int]) -> None:
        self._donnees = enfant(racine, "sheetData")
        self._lignes: dict[int, Element] = {}
        self._alentour: dict[int, int] = {}
        self._cellules: dict[int, dict[int, Element]] = defaultdict(dict)
        numero = 0
        for rangee in () if self._donnees is None else enfants(self._donnees, "row"):
            numero = entier(rangee.get("r"), numero + 1)
            self._lignes[numero] = rangee
        for (ligne, colonne), cellule in cellules_de(racine):
            if ligne in touchees:
                self._cellules[ligne][colonne] = cellule
        self._numeros = sorted(self._lignes)
        self._colonnes = [
            (entier(col.get("min")), entier(col.get("max")), entier(col.get("style")))
            for cols in enfants(racine, "cols")
            for col in enfants(cols, "col")
        ]

    def format_de(self, place: Place) -> int:
        """Le rang du format de la cellule ; absente, celui de sa ligne ou de sa colonne."""
        cellule = self._cellules.get(place[0], {}).get(place[1])
        return self.format_alentour(place) if cellule is None else entier(cellule.get("s"))

    def format_alentour(self, place: Place) -> int:
        """Le format qu'aurait la cellule si elle n'était pas écrite."""
        ligne, colonne = place
        rangee = self._lignes.get(ligne)
        if rangee is not None and rangee.get("customFormat") in ("1", "true"):
            return entier(rangee.get("s"))
        if colonne not in self._alentour:
            trouves = (rang for debut, fin, rang in self._colonnes if debut <= colonne <= fin)
            self._alentour[colonne] = next(trouves, 0)
        return self._alentour[colonne]

    def exiger(self, place: Place) -> Element | None:
        """La cellule, créée vide à sa place s'il le faut ; rien dans une feuille sans données."""
        ligne, colonne = place
        trouvee = self._cellules.get(ligne, {}).get(colonne)
        if trouvee is not None or self._donnees is None:
            return trouvee
        rangee = self._rangee(self._donnees, ligne)
        neuve = fragment(rangee, f'<c r="{lettres_de(colonne)}{ligne}"/>')
        suivantes = [rang for rang in self._cellules[ligne] if rang > colonne]
        if suivantes:
            suivante = self._cellules[ligne][min(suivantes)]
            _inserer(neuve, suivante, f"{lettres_de(min(suivantes))}{ligne}")
        else:
            rangee.append(neuve)
        rangee.attrib.pop("spans", None)
        self._cellules[ligne][colonne] = neuve
        return neuve

    def enlever(self, place: Place, cellule: Element) -> None:
        """Enlève cette cellule, et sa ligne si elle ne dit plus rien."""
        ligne, colonne = place
        self._cellules[ligne].pop(colonne, None)
        rangee = cellule.getparent()
        rangee.remove(cellule)
        if not len(rangee) and set(rangee.attrib) == {"r"}:
            rangee.getparent().remove(rangee)
            if self._lignes.get(ligne) is rangee:
                del self._lignes[ligne], self._numeros[bisect_left(self._numeros, ligne)]

    def _rangee(self, donnees: Element, ligne: int) -> Element:
        if ligne not in self._lignes:
            neuve = fragment(donnees, f'<row r="{ligne}"/>')
            place = bisect_right(self._numeros, ligne)
            if place == len(self._numeros):
                donnees.append(neuve)
            else:
                suivante = self._numeros[place]
                _inserer(neuve, self._lignes[suivante], str(suivante))
            self._numeros.insert(place, ligne)
            self._lignes[ligne] = neuve
        return self._lignes[ligne]


def _inserer(neuf: Element, suivant: Element, adresse: str) -> None:
    """Place ``neuf`` avant ``suivant``, dont l'adresse ne peut alors plus se sous-entendre."""
    if suivant.get("r") is None:
        suivant.set("r", adresse)
    suivant.addprevious(neuf)
