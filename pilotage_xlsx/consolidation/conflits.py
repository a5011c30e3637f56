"""Les conflits : deux classeurs d'une même commune et d'une même année, cellule à cellule.

Les deux valeurs sont montrées, chacune avec sa place et le fichier retenu.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from pilotage_xlsx.consolidation.colonnes import texte
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.constats import cellule
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.textes import cle

_LIGNE_ENTIERE = "(la ligne)"
_ABSENTE, _PRESENTE = "absente", "présente"
_SANS_DIFFERENCE = "Aucune différence : les deux classeurs disent la même chose."

Nom = tuple[str, int]
"""Le nom d'une ligne dans sa feuille et son rang parmi celles qui portent ce nom."""


class Cote(NamedTuple):
    """Un côté d'une différence : ce que la cellule dit, et où."""

    dit: str | None
    place: str | None


class Conflit(NamedTuple):
    """Une différence entre le classeur retenu et un classeur écarté."""

    commune: str
    annee: int | None
    retenu: str
    ecarte: str
    feuille: str | None = None
    ligne: str | None = None
    colonne: str | None = None
    valeur_retenue: str | None = None
    place_retenue: str | None = None
    valeur_ecartee: str | None = None
    place_ecartee: str | None = None


_TYPES = {nom: "Int64" if nom == "annee" else "string" for nom in Conflit._fields}


def confronter(pieces: Sequence[Piece], modele: Modele) -> pd.DataFrame:
    """Une ligne par différence, ou une seule qui dit qu'il n'y en a pas."""
    par_nom = {piece.nom: piece for piece in pieces if piece.est_retenue}
    conflits = [
        conflit
        for ecartee in pieces
        if ecartee.doublon_de
        for conflit in _comparer(par_nom[ecartee.doublon_de], ecartee, modele)
    ]
    return pd.DataFrame(conflits, columns=list(Conflit._fields)).astype(_TYPES)


def _comparer(retenue: Piece, ecartee: Piece, modele: Modele) -> Iterator[Conflit]:
    tete = (retenue.registre.nom, retenue.registre.annee, retenue.nom, ecartee.nom)
    differences = [
        Conflit(*tete, feuille.libelle, *difference)
        for feuille in modele.feuilles
        for difference in _comparer_feuilles(feuille, retenue, ecartee)
    ]
    yield from differences or [Conflit(*tete, valeur_retenue=_SANS_DIFFERENCE)]


def _comparer_feuilles(
    feuille: Feuille, retenue: Piece, ecartee: Piece
) -> Iterator[tuple[str | None, ...]]:
    gardees = _par_nom(feuille, retenue.registre.lignes(feuille.id))
    autres = _par_nom(feuille, ecartee.registre.lignes(feuille.id))
    for nom in dict.fromkeys((*gardees, *autres)):
        gardee, autre = gardees.get(nom), autres.get(nom)
        titre = _titre(feuille, gardee or autre)
        if gardee and autre:
            for colonne, un, deux in _comparer_lignes(feuille, gardee, autre):
                yield (titre, colonne, *un, *deux)
        else:
            yield (titre, _LIGNE_ENTIERE, *_presence(gardee), *_presence(autre))


def _comparer_lignes(
    feuille: Feuille, gardee: Ligne, autre: Ligne
) -> Iterator[tuple[str, Cote, Cote]]:
    for colonne in feuille.saisies:
        if gardee[colonne.id] != autre[colonne.id]:
            yield colonne.libelle, _cote(gardee, colonne.id), _cote(autre, colonne.id)
    for entete in dict.fromkeys((*gardee.propres, *autre.propres)):
        un, deux = gardee.propres.get(entete), autre.propres.get(entete)
        if un != deux:
            yield entete, Cote(texte(un), _rang(gardee)), Cote(texte(deux), _rang(autre))


def _par_nom(feuille: Feuille, lignes: Sequence[Ligne]) -> Mapping[Nom, Ligne]:
    """Les lignes par clé ; un doublon, ou une ligne sans clé, se distingue par son rang."""
    vues: Counter[str] = Counter()
    noms: dict[Nom, Ligne] = {}
    for ligne in lignes:
        nom = cle(ligne.texte(feuille.cle or "") or "")
        noms[(nom, vues[nom])] = ligne
        vues[nom] += 1
    return noms


def _titre(feuille: Feuille, ligne: Ligne | None) -> str | None:
    nom = ligne.texte(feuille.cle or "") if ligne else None
    return texte(nom)


def _cote(ligne: Ligne, colonne: str) -> Cote:
    lieu = ligne.emplacement(colonne)
    adresse = cellule(lieu)
    return Cote(texte(ligne[colonne]), f"{lieu.feuille}!{adresse}" if adresse else None)


def _presence(ligne: Ligne | None) -> Cote:
    return Cote(_PRESENTE, _rang(ligne)) if ligne else Cote(_ABSENTE, None)


def _rang(ligne: Ligne) -> str:
    return f"{ligne.lieu.feuille}, ligne {ligne.numero}"
