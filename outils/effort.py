"""L'effort d'un premier remplissage, compté sur le modèle : cellules à écrire, choix à faire.

Une commune type inscrit ce que `COMMUNE_TYPE` décrit ; seules les cellules exigées d'elle comptent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from pilotage_xlsx.metier.etat import est_exigee
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Lieu, Ligne
from pilotage_xlsx.socle.textes import TexteSaisi

SECONDES_PAR_TEXTE, SECONDES_PAR_CHOIX = 20, 8
MINUTES_AU_PLUS = 90
"""Un après-midi suffit, et il reste du temps pour chercher les réponses."""

COMMUNE_TYPE: Mapping[str, tuple[tuple[int, Mapping[str, str]], ...]] = {
    "commune": ((1, {}),),
    "outils": (
        (7, {"criticite": "indispensable"}),
        (8, {"criticite": "important"}),
        (10, {"criticite": "accessoire"}),
    ),
    "prestataires": ((10, {}),),
    "decisions": ((5, {"portee": "durable", "statut": "validee"}),),
}
"""Par feuille : combien de lignes, et les clés des valeurs qui y décident des cellules exigées."""

_DEJA_ECRITES = frozenset({"annee"})
"""Ce que `generer` a déjà inscrit dans la fiche ; les seuils, utiles, ne comptent pas."""

_CHOIX = frozenset({Genre.LISTE, Genre.REFERENCE})


class Effort(msgspec.Struct, frozen=True):
    """Ce qu'une feuille demande : ses lignes, ses textes à écrire, ses choix dans un menu."""

    lignes: int
    textes: int
    choix: int

    @property
    def minutes(self) -> float:
        """Le temps de la saisie, réponses en main."""
        return (self.textes * SECONDES_PAR_TEXTE + self.choix * SECONDES_PAR_CHOIX) / 60

    def __add__(self, autre: Effort) -> Effort:
        sommes = (un + deux for un, deux in zip(_valeurs(self), _valeurs(autre), strict=True))
        return Effort(*sommes)


def estimer(modele: Modele) -> Mapping[str, Effort]:
    """L'effort de chaque feuille de la commune type, dans l'ordre du classeur."""
    return {
        feuille.id: _sommer(_estimer(modele, feuille, *sorte) for sorte in COMMUNE_TYPE[feuille.id])
        for feuille in modele.feuilles
        if feuille.id in COMMUNE_TYPE
    }


def total(efforts: Mapping[str, Effort]) -> Effort:
    """L'effort du classeur entier."""
    return _sommer(efforts.values())


def type_de_ligne(modele: Modele, feuille: str, cles: Mapping[str, str]) -> Mapping[str, str]:
    """Les valeurs, telles qu'une cellule les montre, des clés d'une sorte de ligne."""
    marques = (Marque(feuille, colonne, cle) for colonne, cle in cles.items())
    return {marque.colonne: modele.libelles(marque)[0] for marque in marques}


def _estimer(modele: Modele, feuille: Feuille, nombre: int, cles: Mapping[str, str]) -> Effort:
    valeurs = type_de_ligne(modele, feuille.id, cles)
    saisies = {nom: TexteSaisi(valeur) for nom, valeur in valeurs.items()}
    ligne = Ligne(Lieu("", feuille.id, feuille.libelle, 0, {}), 0, saisies)
    demandees = [c for c in feuille.saisies if est_exigee(c, ligne) and c.id not in _DEJA_ECRITES]
    choix = sum(map(_se_choisit, demandees))
    return Effort(nombre, nombre * (len(demandees) - choix), nombre * choix)


def _se_choisit(colonne: Colonne) -> bool:
    return colonne.genre in _CHOIX


def _sommer(efforts: Iterable[Effort]) -> Effort:
    return sum(efforts, Effort(0, 0, 0))


def _valeurs(effort: Effort) -> tuple[int, int, int]:
    return effort.lignes, effort.textes, effort.choix
