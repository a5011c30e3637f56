"""Remplir : sur une copie, des lignes ajoutées sous celles d'un registre, et ses colonnes neuves.

Rien de ce qui est écrit ne change : une cellule qu'une formule remplit ne se touche pas. Une table
trop courte s'agrandit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from pilotage_xlsx.retouche.agrandissement import agrandir, imprimer_jusqu_a
from pilotage_xlsx.retouche.classeur import (
    ClasseurARetoucher,
    FeuilleARetoucher,
    ouvrir_pour_retoucher,
)
from pilotage_xlsx.retouche.copie import Copie, CopieRetouchee
from pilotage_xlsx.retouche.correction import faire_recalculer
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.grille import GrilleARetoucher
from pilotage_xlsx.retouche.origine import oublier
from pilotage_xlsx.retouche.schema import enfant, entier
from pilotage_xlsx.retouche.valeurs import Recriture, ValeurEcrite, cellules_de
from pilotage_xlsx.socle.adresses import COLONNES_MAX, situer_plage
from pilotage_xlsx.socle.entree import Source
from pilotage_xlsx.socle.paquet import abime, demesure, ouvrir


class Ajout(msgspec.Struct, frozen=True):
    """Ce qui s'ajoute à une feuille : des lignes, dès ``premiere``, et des colonnes à nommer.

    Chaque valeur est à une place connue (un numéro de colonne), ou sous un en-tête d'``entetes``.
    """

    feuille: str
    ligne_entete: int
    premiere: int
    entetes: tuple[str, ...]
    lignes: tuple[Mapping[int | str, ValeurEcrite], ...]


class Remplissage(msgspec.Struct, frozen=True):
    """La copie remplie, et par feuille la dernière ligne de sa table, agrandie s'il le fallait."""

    copie: Copie
    dernieres: Mapping[str, int | None]


@contextmanager
def remplir(
    source: Source, ajouts: Sequence[Ajout], gardees: Mapping[str, Collection[Place]]
) -> Iterator[Remplissage]:
    """La copie du classeur où ces lignes sont ajoutées ; `Refus` s'il ne se lit pas.

    ``gardees`` : par feuille, les cellules que le contrôle lit ; une formule y garde son résultat.
    """
    with ouvrir(source) as paquet:
        classeur = ouvrir_pour_retoucher(paquet)
        oublier(classeur.archive)
        recriture = Recriture(classeur)
        dernieres = {ajout.feuille: _ajouter(classeur, recriture, ajout) for ajout in ajouts}
        faire_recalculer(classeur, gardees)
        yield Remplissage(CopieRetouchee(classeur.archive), dernieres)


def _ajouter(classeur: ClasseurARetoucher, recriture: Recriture, ajout: Ajout) -> int | None:
    feuille = classeur.feuilles.get(ajout.feuille)
    if feuille is None:
        raise abime(f"la feuille « {ajout.feuille} »")
    fin = ajout.premiere + len(ajout.lignes) - 1
    derniere = agrandir(classeur, feuille, ajout.ligne_entete, fin)
    imprimer_jusqu_a(classeur, feuille, fin)
    places = _placer_les_colonnes(feuille, ajout)
    valeurs: dict[Place, ValeurEcrite] = {
        (ajout.ligne_entete, place): entete for entete, place in places.items()
    }
    for numero, ligne in enumerate(ajout.lignes, ajout.premiere):
        for ou, valeur in ligne.items():
            valeurs[numero, places[ou] if isinstance(ou, str) else ou] = valeur
    _ecrire(feuille, recriture, valeurs, ajout)
    feuille.ranger()
    return derniere


def _ecrire(
    feuille: FeuilleARetoucher,
    recriture: Recriture,
    valeurs: Mapping[Place, ValeurEcrite],
    ajout: Ajout,
) -> None:
    """Crée les cellules, au format de leur colonne ; un en-tête neuf prend celui d'un voisin."""
    grille = GrilleARetoucher(feuille.racine, {*valeurs, *_voisins(feuille, ajout)})
    entete = max((grille.format_de(place) for place in _voisins(feuille, ajout)), default=0)
    for place in sorted(valeurs):
        cellule = grille.exiger(place)
        if cellule is None:
            raise abime(f"la feuille « {ajout.feuille} »")
        if cellule.get("s") is None:
            est_un_entete = place[0] == ajout.ligne_entete
            rang = entete if est_un_entete else grille.format_alentour(place)
            cellule.set("s", str(rang))
    ecrites = recriture.recrire(feuille, valeurs)
    if len(ecrites) < len(valeurs):
        raise abime(f"une formule remplit des lignes vides de « {ajout.feuille} »")


def _voisins(feuille: FeuilleARetoucher, ajout: Ajout) -> set[Place]:
    """Les en-têtes déjà là."""
    return {place for place, _ in cellules_de(feuille.racine) if place[0] == ajout.ligne_entete}


def _placer_les_colonnes(feuille: FeuilleARetoucher, ajout: Ajout) -> dict[str, int]:
    """Chaque colonne neuve à droite de la table, là où rien n'est écrit de haut en bas."""
    occupees = {colonne for (_, colonne), _ in cellules_de(feuille.racine)}
    depart = _bord_de_la_table(feuille, ajout)
    libres = (
        c for c in range(depart + 1, COLONNES_MAX + 1) if c not in occupees | _cachees(feuille)
    )
    places = dict(zip(ajout.entetes, libres, strict=False))
    if len(places) < len(ajout.entetes):
        raise demesure("colonnes de la feuille")
    return places


def _cachees(feuille: FeuilleARetoucher) -> set[int]:
    """Les colonnes que la feuille cache : rien de neuf ne s'y montrerait."""
    cols = enfant(feuille.racine, "cols")
    cachees: set[int] = set()
    for col in () if cols is None else cols:
        if col.get("hidden") in ("1", "true"):
            fin = min(entier(col.get("max")), COLONNES_MAX)
            cachees.update(range(entier(col.get("min")), fin + 1))
    return cachees


def _plage_de_la_table(
    feuille: FeuilleARetoucher, ajout: Ajout
) -> tuple[int, int, int, int] | None:
    plages = (situer_plage(table.get("ref", "")) for table in feuille.tables())
    return next((plage for plage in plages if plage and plage[0] == ajout.ligne_entete), None)


def _bord_de_la_table(feuille: FeuilleARetoucher, ajout: Ajout) -> int:
    plage = _plage_de_la_table(feuille, ajout)
    if plage:
        return plage[3]
    return max((colonne for _, colonne in _voisins(feuille, ajout)), default=0)
