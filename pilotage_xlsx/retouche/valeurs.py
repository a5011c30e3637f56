"""Récrire des cellules du classeur d'autrui : chacune seule, aucune formule touchée.

Une chaîne partagée sert à d'autres cellules : elle n'est jamais changée, la cellule récrite porte
son texte elle-même.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date, datetime

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.classeur import ClasseurARetoucher, FeuilleARetoucher
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.schema import enfant, enfants, entier, fragment
from pilotage_xlsx.retouche.styles import Styles
from pilotage_xlsx.retouche.textes import echapper
from pilotage_xlsx.socle.adresses import COLONNES_MAX, situer, situer_plage
from pilotage_xlsx.socle.dates import ORIGINE_1904, Jour, vers_serie

Plage = tuple[int, int, int, int]
"""Haut, gauche, bas, droite."""

_OUVRE, _DEMANDE, _FERME = range(3)


def couvertes(places: Iterable[Place], plages: Iterable[Plage]) -> Iterator[Place]:
    """Celles de ces cellules qui sont dans une plage.

    On descend les lignes ; chaque plage compte dans ses colonnes de sa première ligne à sa
    dernière. Le temps croît comme le nombre de plages et de cellules, qu'elles se recouvrent ou
    non.
    """
    gestes = [(ligne, _DEMANDE, colonne, 0) for ligne, colonne in places]
    for haut, gauche, bas, droite in plages:
        if haut <= bas and gauche <= droite:
            gestes += [(haut, _OUVRE, gauche, droite), (bas, _FERME, gauche, droite)]
    ouvertes = _Comptes(COLONNES_MAX)
    for ligne, geste, gauche, droite in sorted(gestes):
        if geste == _DEMANDE:
            if ouvertes[gauche]:
                yield (ligne, gauche)
        else:
            pas = 1 if geste == _OUVRE else -1
            ouvertes.ajouter(gauche, pas)
            ouvertes.ajouter(droite + 1, -pas)


class _Comptes:
    """Un arbre de Fenwick : des ajouts « à partir d'ici », et le total ici, en temps log(n)."""

    def __init__(self, taille: int) -> None:
        self._sommes = [0] * (taille + 2)

    def ajouter(self, rang: int, pas: int) -> None:
        while rang < len(self._sommes):
            self._sommes[rang] += pas
            rang += rang & -rang

    def __getitem__(self, rang: int) -> int:
        total = 0
        while rang:
            total += self._sommes[rang]
            rang &= rang - 1
        return total


ValeurEcrite = str | float | Jour

_TEXTE, _GENERAL = 49, 0
_DATE, _DATE_HEURE, _MONTANT = 14, 22, 4
_DECALAGE_1904 = vers_serie(ORIGINE_1904)


class Recriture:
    """Récrit les cellules d'un classeur, avec ses formats et l'origine de ses dates."""

    def __init__(self, classeur: ClasseurARetoucher) -> None:
        self._classeur = classeur
        self._styles = Styles(classeur)
        self._decalage = _DECALAGE_1904 if _est_de_1904(classeur) else 0

    def recrire(
        self, feuille: FeuilleARetoucher, valeurs: Mapping[Place, ValeurEcrite]
    ) -> tuple[Place, ...]:
        """Écrit ces valeurs ; rend les cellules écrites, sans celles que remplit une formule."""
        cellules = {place: c for place, c in cellules_de(feuille.racine) if place in valeurs}
        libres = cellules.keys() - remplies_par_une_formule(feuille.racine, cellules)
        permises = tuple(place for place in valeurs if place in libres)
        for place in permises:
            self._ecrire(cellules[place], valeurs[place])
        return permises

    def _ecrire(self, cellule: Element, valeur: ValeurEcrite) -> None:
        for contenu in list(cellule):
            cellule.remove(contenu)
        cellule.attrib.pop("t", None)
        if isinstance(valeur, str):
            cellule.set("t", "inlineStr")
            en_ligne = fragment(cellule, '<is><t xml:space="preserve"/></is>')
            en_ligne[0].text = echapper(valeur)
            cellule.append(en_ligne)
            return
        nombre: float = vers_serie(valeur) - self._decalage if isinstance(valeur, date) else valeur
        ecrit = fragment(cellule, "<v/>")
        ecrit.text = repr(int(nombre) if float(nombre).is_integer() else float(nombre))
        cellule.append(ecrit)
        self._mettre_au_format(cellule, valeur)

    def _mettre_au_format(self, cellule: Element, valeur: float | Jour) -> None:
        """Un nombre sous un format de texte ne se calcule pas bien ; une date doit se montrer."""
        rang = entier(cellule.get("s"))
        actuel = self._styles.format_de_nombre(rang)
        if isinstance(valeur, date):
            voulu = _DATE_HEURE if isinstance(valeur, datetime) else _DATE
            if not self._styles.est_une_date(rang):
                cellule.set("s", str(self._styles.deriver(rang, voulu)))
        elif actuel == _TEXTE:
            voulu = _GENERAL if float(valeur).is_integer() else _MONTANT
            cellule.set("s", str(self._styles.deriver(rang, voulu)))


def cellules_de(racine: Element) -> Iterator[tuple[Place, Element]]:
    """Chaque cellule et sa place."""
    for ligne, rangee in lignes_de(racine):
        yield from cellules_d_une_ligne(ligne, rangee)


def lignes_de(racine: Element) -> Iterator[tuple[int, Element]]:
    """Chaque ligne et son numéro ; une ligne sans numéro suit la précédente."""
    donnees = enfant(racine, "sheetData")
    ligne = 0
    for rangee in () if donnees is None else enfants(donnees, "row"):
        ligne = entier(rangee.get("r"), ligne + 1)
        yield ligne, rangee


def cellules_d_une_ligne(ligne: int, rangee: Element) -> Iterator[tuple[Place, Element]]:
    """Chaque cellule d'une ligne et sa place ; une cellule sans adresse suit la précédente."""
    colonne = 0
    for cellule in enfants(rangee, "c"):
        place = situer(cellule.get("r", "")) or (ligne, colonne + 1)
        colonne = place[1]
        yield place, cellule


def remplies_par_une_formule(racine: Element, places: Collection[Place]) -> set[Place]:
    """Celles de ces cellules qu'une formule remplit, matricielles comprises : on n'y écrit rien."""
    remplies: set[Place] = set()
    plages: list[Plage] = []
    for place, cellule in cellules_de(racine):
        formule = enfant(cellule, "f")
        if formule is not None:
            remplies.add(place)
            plage = situer_plage(formule.get("ref", ""))
            if plage and formule.get("t") in ("array", "dataTable"):
                plages.append(plage)
    return remplies.intersection(places) | set(couvertes(places, plages))


def oublier_les_resultats(racine: Element, gardees: Container[Place]) -> None:
    """Retire le résultat enregistré des formules, pour qu'un tableur les recalcule.

    Celles de ``gardees`` le gardent : le contrôle les lit, et une formule sans résultat est une
    faute.
    """
    for place, cellule in cellules_de(racine):
        resultat = enfant(cellule, "v")
        if resultat is not None and enfant(cellule, "f") is not None and place not in gardees:
            cellule.remove(resultat)
            cellule.attrib.pop("t", None)


def a_des_resultats(racine: Element) -> bool:
    """Vrai si une formule de la feuille porte un résultat enregistré."""
    formules = (cellule for _, cellule in cellules_de(racine) if enfant(cellule, "f") is not None)
    return any(enfant(cellule, "v") is not None for cellule in formules)


def _est_de_1904(classeur: ClasseurARetoucher) -> bool:
    reglages = enfant(classeur.archive.lire(classeur.partie), "workbookPr")
    return reglages is not None and reglages.get("date1904") in ("1", "true")
