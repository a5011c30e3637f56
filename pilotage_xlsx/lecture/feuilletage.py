"""Le parcours d'une feuille, chemin de chaque cellule : tout y est compté.

Deux appels Python par élément et un par cellule remplie, aucun par texte ni par cellule vide.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers.expat import XMLParserType

from pilotage_xlsx.lecture.cellules import Fabrique
from pilotage_xlsx.lecture.flux import Lecteur, alleger
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.adresses import (
    COLONNE_DE,
    LIGNES_MAX,
    Plage,
    lettres_de,
    situer,
    situer_plage,
)
from pilotage_xlsx.socle.paquet import PROFONDEUR_MAX, Budget, Refus, abime, demesure

CELLULES_MAX = 500_000
FUSIONS_MAX = 100_000

_VRAI = ("1", "true")


class AssezLu(Exception):
    """Les premières lignes suffisaient."""


class LecteurDeGrille(Lecteur):
    """L'état du parcours : la ligne et la cellule ouvertes, et ce qui est déjà rangé."""

    def __init__(
        self, partie: str, feuille: str, fabrique: Fabrique, budget: Budget, limite: int
    ) -> None:
        super().__init__(partie)
        self.lignes: dict[int, dict[int, Cellule]] = {}
        self.masquees: list[int] = []
        self.fusions: list[Plage] = []
        self._feuille, self._faire, self._limite = feuille, fabrique.faire, limite
        self._budget = budget
        self._ligne = self._cellules = 0
        self._est_masquee = False
        self._suffixe = ""
        self._rangee: dict[int, Cellule] = {}
        self._attributs: dict[str, str] = {}
        self._valeur: str | None = None
        self._parties: list[str] = []
        self._repere, self._sans_adresse = "", 0
        self._formule: str | None = None
        self._est_phonetique = False

    def commencer(self, espace: str, analyseur: XMLParserType) -> None:
        """Prend la main sur l'analyseur."""
        self._c, self._v, self._row = f"{espace}c", f"{espace}v", f"{espace}row"
        self._f, self._t, self._rph = f"{espace}f", f"{espace}t", f"{espace}rPh"
        self._fusion = f"{espace}mergeCell"
        analyseur.StartElementHandler = self._entrer
        analyseur.EndElementHandler = self._sortir
        analyseur.CharacterDataHandler = self.morceaux.append

    def _entrer(self, nom: str, attributs: dict[str, str]) -> None:
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAX:
            raise demesure(f"imbrication dans « {self._feuille} »")
        self.morceaux.clear()
        if nom == self._c:
            if "r" in attributs:
                self._repere, self._sans_adresse = attributs["r"], 0
            else:
                self._sans_adresse += 1
            self._attributs = attributs
        elif nom == self._row:
            self._ouvrir_ligne(attributs)
        elif nom == self._rph:
            self._est_phonetique = True
        elif nom == self._fusion:
            self._noter_fusion(attributs.get("ref", ""))

    def _sortir(self, nom: str) -> None:
        self.profondeur -= 1
        if nom == self._v:
            self._valeur = "".join(self.morceaux)
        elif nom == self._c:
            if self._valeur or self._parties or self._formule is not None:
                self._fermer_cellule()
        elif nom == self._t:
            if not self._est_phonetique:
                self._parties.extend(self.morceaux)
        elif nom == self._f:
            self._formule = "".join(self.morceaux)
        elif nom == self._rph:
            self._est_phonetique = False
        elif nom == self._row:
            self._fermer_ligne()

    def alleger(self) -> None:
        """D'un texte sans fin, ou fait de bouts sans nombre, seul le début se garde."""
        super().alleger()
        alleger(self._parties)

    def ranger(self, numero: int, rangee: dict[int, Cellule], est_masquee: bool) -> None:
        """Range une ligne entière, lue par le chemin court."""
        if numero in self.lignes:
            doubles = rangee.keys() & self.lignes[numero].keys()
            if doubles:
                raise abime(f"cellule en double, feuille « {self._feuille} », ligne {numero}")
            rangee = self.lignes[numero] | rangee
        self._ligne, self._rangee, self._est_masquee = numero, rangee, est_masquee
        self._fermer_ligne()

    def _ouvrir_ligne(self, attributs: Mapping[str, str]) -> None:
        numero = attributs.get("r")
        self._ligne = self._ligne + 1 if numero is None else _entier(numero)
        if not 1 <= self._ligne <= LIGNES_MAX:
            raise abime(f"numéro de ligne dans la feuille « {self._feuille} »")
        self._suffixe, self._repere, self._sans_adresse = str(self._ligne), "", 0
        self._rangee = self.lignes.get(self._ligne) or {}
        self._est_masquee = attributs.get("hidden") in _VRAI

    def _fermer_ligne(self) -> None:
        if self._rangee:
            self.lignes[self._ligne] = self._rangee
            self._cellules += len(self._rangee)
            self._budget.ranger_une_ligne(len(self._rangee))
            if self._est_masquee:
                self.masquees.append(self._ligne)
            if self._cellules > CELLULES_MAX:
                raise demesure(f"plus de {CELLULES_MAX} cellules dans « {self._feuille} »")
            if len(self.lignes) >= self._limite:
                raise AssezLu

    def _fermer_cellule(self) -> None:
        if self._sans_adresse:
            self._attributs["r"] = self._adresse_suivante()
        cellule = self._faire_cellule()
        self._valeur = self._formule = None
        self._parties.clear()
        if cellule is None:
            return
        rangee = self._rangee
        colonne = COLONNE_DE.get(self._attributs["r"].removesuffix(self._suffixe))
        if colonne is None:
            rangee, colonne = self._situer(self._attributs["r"])
        if colonne in rangee:
            raise self._abimee("cellule en double")
        rangee[colonne] = cellule

    def _faire_cellule(self) -> Cellule | None:
        type_, style = self._attributs.get("t"), self._attributs.get("s")
        try:
            texte = "".join(self._parties) or self._valeur
            return self._faire(type_, style, texte, self._formule)
        except ValueError as erreur:
            raise self._abimee("texte introuvable") from erreur

    def _situer(self, adresse: str) -> tuple[dict[int, Cellule], int]:
        """La place d'une cellule dont l'adresse n'est pas de sa ligne, ou est très à droite."""
        place = situer(adresse)
        if place is None:
            raise self._abimee("adresse hors de la grille")
        ligne, colonne = place
        if ligne == self._ligne:
            return self._rangee, colonne
        self._budget.ranger_une_ligne(1)
        return self.lignes.setdefault(ligne, {}), colonne

    def _adresse_suivante(self) -> str:
        """Une cellule sans adresse suit la précédente."""
        place = situer(self._repere)
        return f"{lettres_de((place[1] if place else 0) + self._sans_adresse)}{self._ligne}"

    def _noter_fusion(self, plage: str) -> None:
        if len(self.fusions) >= FUSIONS_MAX:
            raise demesure(f"cellules fusionnées de « {self._feuille} »")
        if (bornes := situer_plage(plage)) is not None:
            self._budget.garder_une_entree()
            self.fusions.append(bornes)

    def _abimee(self, faute: str) -> Refus:
        adresse = self._attributs["r"][:20]
        return abime(f"{faute}, feuille « {self._feuille} », cellule {adresse}")


def _entier(texte: str) -> int:
    return int(texte) if texte.isdecimal() and texte.isascii() and len(texte) < 9 else 0
