"""D'une grille et de ses places aux lignes d'un registre : chaque cellule prend son genre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec

from pilotage_xlsx.lecture.entetes import EnteteTrouvee, trouver_entete
from pilotage_xlsx.lecture.fiches import FicheTrouvee, trouver_fiche
from pilotage_xlsx.lecture.grille import Grille, Rangee
from pilotage_xlsx.modele import Feuille, Forme, Modele
from pilotage_xlsx.modele.vocabulaire import AUCUN_MOT_PROPRE, MotsPropres
from pilotage_xlsx.registre import (
    Cellule,
    CelluleCoupee,
    Emplacement,
    FeuilleLue,
    Lieu,
    Ligne,
    Valeur,
)
from pilotage_xlsx.registre.genres import (
    Attente,
    attendre_tout,
    interpreter_libre,
    interpreter_une_fois,
)
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.paquet import Budget, demesure

REMPLIES_MAX = 30_000
"""Au-delà, ce n'est plus le registre d'une petite commune, et le contrôle n'en finirait pas."""

COUPEES_MAX = 1_000


class Contexte(msgspec.Struct, frozen=True):
    """Ce que partagent les lignes d'un classeur : son nom, son modèle, l'origine de ses dates.

    ``budget`` : ce que la lecture peut encore en garder.
    """

    fichier: str
    modele: Modele
    origine: datetime
    budget: Budget
    propres: MotsPropres = AUCUN_MOT_PROPRE


class _Memoire(dict[Cellule, Valeur | None]):
    """Les valeurs d'une colonne : une cellule déjà vue ne s'interprète pas deux fois."""

    def __init__(self, attente: Attente, budget: Budget) -> None:
        super().__init__()
        self._attente, self._budget = attente, budget
        self.a_des_coupees = False

    def __missing__(self, cellule: Cellule) -> Valeur | None:
        valeur = self[cellule] = interpreter_une_fois(cellule, self._attente)
        self.a_des_coupees |= isinstance(cellule, CelluleCoupee)
        noms = valeur if isinstance(valeur, tuple) else ()
        self._budget.comprendre(cellule.texte, noms)
        return valeur


class _Cellules(Mapping[str, Cellule]):
    """Les cellules brutes d'une ligne, par colonne du modèle : une vue, sans copie."""

    __slots__ = ("_places", "_rangee", "_valeurs")

    def __init__(
        self, places: Mapping[str, int], rangee: Rangee, valeurs: Mapping[str, Valeur]
    ) -> None:
        self._places, self._rangee, self._valeurs = places, rangee, valeurs

    def __getitem__(self, colonne: str) -> Cellule:
        if colonne not in self._valeurs:
            raise KeyError(colonne)
        return self._rangee[self._places[colonne]]

    def get(self, colonne: str, defaut: Any = None) -> Any:
        """La cellule, ou ``defaut`` : sans lever, ce que tous font de chacune."""
        return self._rangee[self._places[colonne]] if colonne in self._valeurs else defaut

    def __contains__(self, colonne: object) -> bool:
        return colonne in self._valeurs

    def __iter__(self) -> Iterator[str]:
        return iter(self._valeurs)

    def __len__(self) -> int:
        return len(self._valeurs)


def lire_feuille(grille: Grille, feuille: Feuille, contexte: Contexte) -> FeuilleLue:
    """La feuille lue ; sans une ligne si rien n'y désigne une colonne du modèle."""
    if feuille.forme is Forme.FICHE:
        fiche = trouver_fiche(grille, feuille) or FicheTrouvee(1, {}, {})
        return _lire_fiche(grille, feuille, fiche, contexte)
    entete = trouver_entete(grille, feuille) or EnteteTrouvee(max(grille.lignes, default=1), {}, {})
    return _lire_registre(grille, feuille, entete, contexte)


def _lire_fiche(
    grille: Grille, feuille: Feuille, fiche: FicheTrouvee, contexte: Contexte
) -> FeuilleLue:
    lieu = Lieu(
        contexte.fichier,
        feuille.id,
        grille.feuille.nom,
        fiche.ligne,
        {},
        fiche.cases,
        feuille.par_id,
    )
    cellules = {
        champ: grille.lignes[ligne][place]
        for champ, (ligne, place) in fiche.cases.items()
        if place in grille.lignes[ligne]
    }
    memoires = _memoires(feuille, contexte)
    valeurs = {champ: memoires[champ][cellule] for champ, cellule in cellules.items()}
    propres = {
        texte: interpreter_libre(grille.lignes[ligne][place], contexte.origine)
        for texte, (ligne, place) in fiche.propres.items()
        if place in grille.lignes[ligne]
    }
    ligne = Ligne(lieu, fiche.ligne, _remplies(valeurs), cellules, _remplies(propres))
    nommees = (*fiche.cases.items(), *fiche.propres.items())
    coupees = tuple(_coupees(grille, lieu, ((*place, nom) for nom, place in nommees)))
    anciennes = fiche.anciennes
    return FeuilleLue(lieu, (ligne,), fiche.en_double, coupees=coupees, anciennes=anciennes)


def _lire_registre(
    grille: Grille, feuille: Feuille, entete: EnteteTrouvee, contexte: Contexte
) -> FeuilleLue:
    lieu = Lieu(
        contexte.fichier,
        feuille.id,
        grille.feuille.nom,
        entete.ligne,
        entete.colonnes,
        {},
        feuille.par_id,
    )
    donnees = {numero: r for numero, r in grille.lignes.items() if numero > entete.ligne}
    propres = _nommer_propres(entete, donnees)
    memoires = _memoires(feuille, contexte)
    places = {
        place: (champ, memoires[champ])
        for champ, place in entete.colonnes.items()
        if champ in memoires
    }
    lignes: list[Ligne] = []
    en_marge: dict[int, Mapping[str, Valeur]] = {}
    for numero, rangee in donnees.items():
        valeurs = _lire_valeurs(rangee, places)
        libres = _lire_propres(rangee, propres, contexte.origine) if propres else {}
        if libres and not valeurs:
            en_marge[numero] = libres
        if valeurs:
            cellules = _Cellules(entete.colonnes, rangee, valeurs)
            est_masquee = numero in grille.masquees
            lignes.append(Ligne(lieu, numero, valeurs, cellules, libres, est_masquee))
    if len(lignes) > REMPLIES_MAX:
        raise demesure(f"plus de {REMPLIES_MAX} lignes remplies dans « {lieu.feuille} »")
    noms = {place: champ for place, (champ, memoire) in places.items() if memoire.a_des_coupees}
    noms |= {place: nom for nom, place in propres.items()}
    nommees = ((numero, place, nom) for numero in donnees for place, nom in sorted(noms.items()))
    coupees = tuple(_coupees(grille, lieu, nommees))
    autres = (entete.en_double, propres, en_marge, coupees, entete.anciennes)
    return FeuilleLue(lieu, tuple(lignes), *autres)


def _coupees(
    grille: Grille, lieu: Lieu, nommees: Iterable[tuple[int, int, str]]
) -> Iterator[tuple[Emplacement, str]]:
    """Les premières de ces places, nommées, dont le texte est trop long pour une cellule."""
    trouvees = (
        (Emplacement(lieu.fichier, lieu.feuille, numero, place), nom)
        for numero, place, nom in nommees
        if isinstance(grille.lignes[numero].get(place), CelluleCoupee)
    )
    return islice(trouvees, COUPEES_MAX)


def _memoires(feuille: Feuille, contexte: Contexte) -> dict[str, _Memoire]:
    attentes = attendre_tout(feuille, contexte.modele, contexte.propres, contexte.origine)
    return {nom: _Memoire(attente, contexte.budget) for nom, attente in attentes.items()}


def _lire_valeurs(rangee: Rangee, places: Mapping[int, tuple[str, _Memoire]]) -> dict[str, Valeur]:
    valeurs: dict[str, Valeur] = {}
    for place, cellule in rangee.items():
        if place in places:
            champ, memoire = places[place]
            valeur = memoire[cellule]
            if valeur is not None:
                valeurs[champ] = valeur
    return valeurs


def _lire_propres(
    rangee: Rangee, propres: Mapping[str, int], origine: datetime
) -> dict[str, Valeur]:
    return _remplies(
        {
            nom: interpreter_libre(rangee[place], origine)
            for nom, place in propres.items()
            if place in rangee
        }
    )


def _remplies(valeurs: Mapping[str, Valeur | None]) -> dict[str, Valeur]:
    return {nom: valeur for nom, valeur in valeurs.items() if valeur is not None}


def _nommer_propres(entete: EnteteTrouvee, donnees: Mapping[int, Rangee]) -> dict[str, int]:
    """Les colonnes hors du modèle : leur en-tête, suivi de leur lettre s'il sert deux fois."""
    remplies = set(entete.textes).union(*donnees.values())
    noms: dict[str, int] = {}
    for place in sorted(remplies - {*entete.colonnes.values()} - entete.techniques):
        nom = " ".join(entete.textes.get(place, f"Colonne {lettres_de(place)}").split())
        noms[f"{nom} ({lettres_de(place)})" if nom in noms else nom] = place
    return noms
