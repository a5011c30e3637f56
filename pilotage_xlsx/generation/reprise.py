"""Reprendre : le classeur d'une année → ce que celui de l'année suivante en garde.

Passent les lignes en vigueur ou encore à confirmer, et celles qu'elles citent, de proche en
proche : aucune référence ne devient introuvable. Ce qui est clos reste dans l'ancien classeur. Une
ligne numérotée dans la nouvelle année passe toujours : son numéro ne doit pas resservir.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from pilotage_xlsx.generation.numeros import annee_du_numero
from pilotage_xlsx.metier.etat import Etat, est_a_confirmer, est_en_vigueur
from pilotage_xlsx.modele import ACCEPTES, Feuille, Modele
from pilotage_xlsx.registre import FeuilleLue, Ligne, Registre, Valeur
from pilotage_xlsx.registre.donnees import distinguer_propres


class CompteRepris(msgspec.Struct, frozen=True):
    """Ce que devient un registre : lignes reprises, dont closes mais citées ; laissées ; totaux."""

    reprises: int
    citees: int
    laissees: int
    totaux: int


class Reprise(msgspec.Struct, frozen=True):
    """Le contenu du nouveau classeur, et le compte de chaque registre de l'ancien."""

    registre: Registre
    comptes: Mapping[str, CompteRepris]


def reprendre(registre: Registre, modele: Modele, fiche: Mapping[str, Valeur]) -> Reprise:
    """Ce que garde le classeur de l'année ``fiche["annee"]``.

    ``fiche`` : les réponses qui changent ; les autres suivent, comme tout ce que la commune a
    ajouté.
    """
    etat = Etat(modele, registre)
    vivantes = [
        ligne
        for feuille in modele.registres
        for ligne in etat.lignes(feuille.id)
        if _est_vivante(feuille, ligne, fiche["annee"])
    ]
    gardees = _suivre(etat, [registre.commune, *vivantes])
    lues = {f.id: registre.feuilles[f.id] for f in modele.registres if f.id in registre.feuilles}
    acceptes = {nom: lue for nom, lue in registre.feuilles.items() if nom == ACCEPTES}
    feuilles = {nom: _retenir(lue, modele.par_id[nom], gardees) for nom, lue in lues.items()}
    fiches = {modele.fiche.id: _repondre(registre, fiche)}
    return Reprise(
        replace(registre, feuilles={**fiches, **feuilles, **acceptes}),
        {nom: _compter(lue, feuilles[nom], set(vivantes), etat) for nom, lue in lues.items()},
    )


def _est_vivante(feuille: Feuille, ligne: Ligne, annee: Valeur) -> bool:
    if not isinstance(annee, int):
        return True
    numerotee = annee_du_numero(feuille, ligne)
    est_numerotee_ensuite = numerotee is not None and numerotee >= annee
    attend = est_a_confirmer(feuille, ligne)
    return est_numerotee_ensuite or attend or est_en_vigueur(feuille, ligne, annee)


def _suivre(etat: Etat, departs: Iterable[Ligne]) -> frozenset[Ligne]:
    """Les lignes de départ et toutes celles qu'elles citent, de proche en proche."""
    a_voir = list(departs)
    gardees = set(a_voir)
    while a_voir:
        nouvelles = set(_citees(etat, a_voir.pop())) - gardees
        gardees |= nouvelles
        a_voir.extend(nouvelles)
    return frozenset(gardees)


def _citees(etat: Etat, ligne: Ligne) -> Iterator[Ligne]:
    for colonne in etat.modele.par_id[ligne.lieu.registre].colonnes:
        for registre in colonne.reference:
            yield from etat.citees(ligne, colonne.id, registre)


def _retenir(lue: FeuilleLue, feuille: Feuille, gardees: frozenset[Ligne]) -> FeuilleLue:
    lignes = tuple(ligne for ligne in lue.lignes if ligne in gardees)
    return distinguer_propres(replace(lue, lignes=lignes), feuille)


def _repondre(registre: Registre, fiche: Mapping[str, Valeur]) -> FeuilleLue:
    commune = registre.commune
    ligne = replace(commune, valeurs={**commune.valeurs, **fiche})
    lue = registre.feuilles.get(commune.lieu.registre) or FeuilleLue(commune.lieu, ())
    return replace(lue, lignes=(ligne,))


def _compter(
    lue: FeuilleLue, retenue: FeuilleLue, vivantes: set[Ligne], etat: Etat
) -> CompteRepris:
    totaux = sum(ligne in etat.totaux for ligne in lue.lignes)
    return CompteRepris(
        reprises=len(retenue.lignes),
        citees=len(retenue.lignes) - len(vivantes.intersection(lue.lignes)),
        laissees=len(lue.lignes) - len(retenue.lignes) - totaux,
        totaux=totaux,
    )
