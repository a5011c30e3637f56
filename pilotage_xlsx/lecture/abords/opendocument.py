"""Les abords d'un .ods : une seule lecture rend ce qui est tapé, commenté, lié, dessiné."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage_xlsx.lecture.abords.objets import est_dit
from pilotage_xlsx.lecture.abords.sortes import GRAPHIQUE, IMAGE, Abord, Recolte, SorteDAbord
from pilotage_xlsx.lecture.abords.tapees import Tapees, par_place
from pilotage_xlsx.lecture.ods import CONTENU, FORMULE, OFFICE, TEXTE, LecteurDeDocument
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.paquet import Paquet, creer_analyseur

_DESSIN = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0|"
_ADRESSE = "http://www.w3.org/1999/xlink|href"
_SORTES = {
    f"{OFFICE}annotation": SorteDAbord.COMMENTAIRE,
    f"{_DESSIN}frame": SorteDAbord.FORME,
    f"{_DESSIN}custom-shape": SorteDAbord.FORME,
}
_OBJET, _IMAGE = f"{_DESSIN}object", f"{_DESSIN}image"
_PARAGRAPHE = f"{TEXTE}p"


class _LecteurDAbords(LecteurDeDocument):
    """Ne range que les cellules tapées, et récolte ce qui est autour."""

    def __init__(self, paquet: Paquet, recolte: Recolte) -> None:
        super().__init__(paquet.budget)
        self._recolte = recolte
        self.liens: list[Abord] = []
        self._sorte: SorteDAbord | None = None
        self._ouverts = self._paragraphe = 0
        self._dit: list[str] = []
        self._tient: set[str] = set()

    def entrer(self, nom: str, attributs: Mapping[str, str]) -> None:
        """Un élément s'ouvre : peut-être un commentaire, un dessin, un lien."""
        if self._sorte is not None:
            self._ouverts += 1
            self._paragraphe += nom == _PARAGRAPHE
            self._tient |= {nom} & {_OBJET, _IMAGE}
        elif nom in _SORTES:
            self._sorte, self._ouverts, self._paragraphe = _SORTES[nom], 1, 0
            self._dit, self._tient = [], set()
        elif nom == f"{TEXTE}a" and not attributs.get(_ADRESSE, "#").startswith("#"):
            self.liens.append(self._situer(SorteDAbord.LIEN, attributs[_ADRESSE]))
        super().entrer(nom, attributs)

    def noter(self, texte: str) -> None:
        """Un morceau de texte : celui d'un commentaire est dans l'un de ses paragraphes."""
        if self._sorte is not None and self._paragraphe:
            self._dit.append(texte)
        super().noter(texte)

    def sortir(self, nom: str) -> None:
        """Un élément se ferme."""
        super().sortir(nom)
        if self._sorte is None:
            return
        self._ouverts -= 1
        if nom == _PARAGRAPHE:
            self._paragraphe -= 1
            self._dit.append("\n")
        if not self._ouverts:
            sorte, self._sorte = self._sorte, None
            self._recolte.ajouter([self._situer(sorte, "".join(self._dit))])
            if _OBJET in self._tient or _IMAGE in self._tient:
                quoi = GRAPHIQUE if _OBJET in self._tient else IMAGE
                self._recolte.objets[self._nom or "", quoi] += 1

    def _situer(self, sorte: SorteDAbord, texte: str) -> Abord:
        place = None if self._cellule is None else (self._ligne + 1, self._colonne + 1)
        return Abord(self._nom or "", place, sorte, texte)

    def _faire(self, attributs: Mapping[str, str]) -> Cellule | None:
        """Ce qui se calcule n'est pas tapé."""
        return None if FORMULE in attributs else super()._faire(attributs)


def lire_un_opendocument(paquet: Paquet, recolte: Recolte) -> Mapping[str, Tapees]:
    """Ce qui est tapé, par feuille ; le reste va à la récolte."""
    lecteur = _LecteurDAbords(paquet, recolte)
    analyseur = creer_analyseur(CONTENU)
    analyseur.StartElementHandler = lecteur.entrer
    analyseur.EndElementHandler = lecteur.sortir
    analyseur.CharacterDataHandler = lecteur.noter
    paquet.nourrir(analyseur, CONTENU, paquet.morceaux(CONTENU))
    tapees = {grille.feuille.nom: par_place(grille.lignes) for grille in lecteur.grilles()}
    recolte.ajouter(
        lien for lien in lecteur.liens if not est_dit(lien, tapees.get(lien.feuille, {}))
    )
    return tapees
