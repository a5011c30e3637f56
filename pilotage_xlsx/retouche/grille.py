"""La grille d'une feuille : des cellules et leur format, même absentes ; en créer, en enlever."""

from __future__ import annotations

from collections.abc import Collection

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.schema import enfant, enfants, entier, fragment
from pilotage_xlsx.retouche.valeurs import cellules_d_une_ligne, lignes_de
from pilotage_xlsx.socle.adresses import lettres_de


class GrilleARetoucher:
    """Les cellules qu'on va toucher, et leurs lignes : rien d'autre n'est retenu."""

    def __init__(self, racine: Element, places: Collection[Place]) -> None:
        self._donnees = enfant(racine, "sheetData")
        self._cellules: dict[Place, Element] = {}
        self._lignes: dict[int, Element] = {}
        self._suivantes: dict[int, tuple[int, Element]] = {}
        self._relever(racine, places)
        self._alentour: dict[int, int] = {}
        self._colonnes = [
            (entier(col.get("min")), entier(col.get("max")), entier(col.get("style")))
            for cols in enfants(racine, "cols")
            for col in enfants(cols, "col")
        ]

    def _relever(self, racine: Element, places: Collection[Place]) -> None:
        """Retient cellules et lignes voulues ; à défaut d'une ligne, celle qui la suivrait."""
        a_venir = sorted({ligne for ligne, _ in places}, reverse=True)
        voulues = set(a_venir)
        for numero, rangee in lignes_de(racine):
            if numero in voulues:
                self._lignes[numero] = rangee
            while a_venir and a_venir[-1] <= numero:
                self._suivantes[a_venir.pop()] = (numero, rangee)
            for place, cellule in cellules_d_une_ligne(numero, rangee):
                if place in places:
                    self._cellules[place] = cellule

    def format_de(self, place: Place) -> int:
        """Le rang du format de la cellule ; absente, celui de sa ligne ou de sa colonne."""
        cellule = self._cellules.get(place)
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
        """La cellule, créée vide à sa place s'il le faut ; rien dans une feuille sans données.

        Les lignes absentes se demandent dans l'ordre.
        """
        if place in self._cellules or self._donnees is None:
            return self._cellules.get(place)
        ligne, colonne = place
        rangee = self._rangee(self._donnees, ligne)
        neuve = fragment(rangee, f'<c r="{lettres_de(colonne)}{ligne}"/>')
        for (_, autre), suivante in cellules_d_une_ligne(ligne, rangee):
            if autre > colonne:
                _inserer(neuve, suivante, f"{lettres_de(autre)}{ligne}")
                break
        else:
            rangee.append(neuve)
        rangee.attrib.pop("spans", None)
        self._cellules[place] = neuve
        return neuve

    def enlever(self, place: Place, cellule: Element) -> None:
        """Enlève cette cellule, et sa ligne si elle ne dit plus rien."""
        self._cellules.pop(place, None)
        rangee = cellule.getparent()
        rangee.remove(cellule)
        if not len(rangee) and set(rangee.attrib) == {"r"}:
            rangee.getparent().remove(rangee)

    def _rangee(self, donnees: Element, ligne: int) -> Element:
        if ligne not in self._lignes:
            neuve = fragment(donnees, f'<row r="{ligne}"/>')
            if ligne in self._suivantes:
                numero, suivante = self._suivantes[ligne]
                _inserer(neuve, suivante, str(numero))
            else:
                donnees.append(neuve)
            self._lignes[ligne] = neuve
        return self._lignes[ligne]


def _inserer(neuf: Element, suivant: Element, adresse: str) -> None:
    """Place ``neuf`` avant ``suivant``, dont l'adresse ne peut alors plus se sous-entendre."""
    if suivant.get("r") is None:
        suivant.set("r", adresse)
    suivant.addprevious(neuf)
