"""Quelle feuille du classeur tient quel registre : par sa table, ses clés, son nom, ses en-têtes.

Pur : des grilles et un modèle, rien d'autre. Une feuille renommée, déplacée ou copiée se retrouve.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from pilotage_xlsx.lecture.classeur import FeuilleDuClasseur
from pilotage_xlsx.lecture.correspondance import cles_de, intituler
from pilotage_xlsx.lecture.entetes import LIGNES_EXAMINEES, trouver_entete
from pilotage_xlsx.lecture.fiches import trouver_fiche
from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.modele import (
    FEUILLES_DU_PRODUIT,
    FICHE_PAPIER,
    TABLE_A_CORRIGER,
    Feuille,
    Forme,
    Modele,
)
from pilotage_xlsx.socle.textes import cle_large

_CLES_AU_MOINS = 2
_ENTETES_AU_MOINS = 4
_FEUILLES_DU_PRODUIT = frozenset(map(cle_large, FEUILLES_DU_PRODUIT))
_FICHE_PAPIER = cle_large(FICHE_PAPIER)


class Identification(msgspec.Struct, frozen=True):
    """Les grilles retenues par registre, celles en trop, et les noms des feuilles propres."""

    retenues: Mapping[str, Grille]
    en_double: tuple[tuple[str, str], ...]
    propres: tuple[str, ...]


class _Titre(NamedTuple):
    """À quel titre une feuille tient un registre : le plus petit rang l'emporte."""

    rang: int
    registre: str
    grille: Grille


def identifier(grilles: Sequence[Grille], modele: Modele) -> Identification:
    """Attribue les feuilles aux registres ; une seule par registre, la mieux désignée."""
    titres = [titre for grille in grilles if (titre := _designer(grille, modele))]
    retenues = _meilleurs(titres)
    libres = [grille for grille in grilles if all(titre.grille is not grille for titre in titres)]
    retenues |= _par_entetes(libres, modele, retenues)
    return Identification(
        retenues,
        tuple(
            (titre.registre, titre.grille.feuille.nom)
            for titre in titres
            if retenues[titre.registre] is not titre.grille
        ),
        tuple(_propres(libres, retenues.values())),
    )


def est_du_produit(feuille: FeuilleDuClasseur) -> bool:
    """Vrai pour une feuille que le produit écrit et ne relit pas (« Listes »)."""
    nom = cle_large(feuille.nom)
    est_notee = any(table.startswith(TABLE_A_CORRIGER) for table in feuille.tables)
    return est_notee or nom in _FEUILLES_DU_PRODUIT or nom.startswith(_FICHE_PAPIER)


def _meilleurs(titres: Iterable[_Titre]) -> dict[str, Grille]:
    retenues: dict[str, Grille] = {}
    for titre in sorted(titres, key=lambda titre: titre.rang):
        retenues.setdefault(titre.registre, titre.grille)
    return retenues


def _designer(grille: Grille, modele: Modele) -> _Titre | None:
    for rang, designer in enumerate((_par_table, _par_cles, _par_nom)):
        for feuille in designer(grille, modele):
            return _Titre(rang, feuille.id, grille)
    return None


def _par_table(grille: Grille, modele: Modele) -> Iterator[Feuille]:
    return (feuille for feuille in modele.a_lire if feuille.table in grille.feuille.tables)


def _par_cles(grille: Grille, modele: Modele) -> Iterator[Feuille]:
    return (feuille for feuille in modele.a_lire if _compter_cles(grille, feuille))


def _compter_cles(grille: Grille, feuille: Feuille) -> bool:
    comptes = (
        sum(cle in feuille.par_id for cle in cles_de(rangee, feuille).values())
        for rangee in islice(grille.lignes.values(), LIGNES_EXAMINEES)
    )
    return sum(comptes) >= _CLES_AU_MOINS


def _par_nom(grille: Grille, modele: Modele) -> Iterator[Feuille]:
    nom = cle_large(grille.feuille.nom)
    return (
        feuille
        for feuille in modele.a_lire
        if nom
        in map(cle_large, (feuille.libelle, feuille.id, *feuille.synonymes, *feuille.anciens_noms))
        and _est_lisible(grille, feuille)
    )


def _par_entetes(
    grilles: Iterable[Grille], modele: Modele, retenues: Mapping[str, Grille]
) -> dict[str, Grille]:
    """En dernier : les registres manquants, dans une feuille libre dont l'en-tête est le leur."""
    trouvees: dict[str, Grille] = {}
    for grille in grilles:
        manquants = [f for f in modele.registres if f.id not in {*retenues, *trouvees}]
        comptes = {f.id: len(_colonnes_exactes(grille, f)) for f in manquants}
        registre = max(comptes, key=lambda nom: comptes[nom], default="")
        if registre and comptes[registre] >= _ENTETES_AU_MOINS:
            trouvees[registre] = grille
    return trouvees


def _colonnes_exactes(grille: Grille, feuille: Feuille) -> set[str]:
    entete = trouver_entete(grille, feuille)
    libelles = intituler(feuille).libelles
    return {cle_large(t) for t in entete.textes.values()} & set(libelles) if entete else set()


def _est_lisible(grille: Grille, feuille: Feuille) -> bool:
    trouver = trouver_fiche if feuille.forme is Forme.FICHE else trouver_entete
    return trouver(grille, feuille) is not None


def _propres(libres: Iterable[Grille], retenues: Iterable[Grille]) -> Iterator[str]:
    tenues = list(map(id, retenues))
    for grille in libres:
        if id(grille) not in tenues:
            yield grille.feuille.nom
