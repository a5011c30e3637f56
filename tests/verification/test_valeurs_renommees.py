"""Renommer une valeur, dans le modèle et dans les données, ne fait taire aucune règle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.modele import Colonne, Feuille, Modele
from pilotage_xlsx.modele.condition import Condition, traduire
from pilotage_xlsx.modele.vocabulaire import Mot
from pilotage_xlsx.registre import FeuilleLue, Ligne, Registre, Valeur
from pilotage_xlsx.verification import verifier
from tests.tableaux import AU, modele, registre
from tests.verification.test_regles import CAS

_RENOMMEE = "Renommée"


def _valeurs() -> Iterator[tuple[str, str]]:
    """Chaque valeur du modèle : sa liste, ou sa colonne si c'est une mention, et son libellé."""
    for nom, liste in modele().listes.items():
        yield from ((nom, mot.libelle) for mot in liste.valeurs)
    for feuille in modele().a_lire:
        for colonne in feuille.colonnes:
            yield from ((f"{feuille.id}.{colonne.id}", mot.libelle) for mot in colonne.mots)


def _porte(feuille: Feuille, colonne: Colonne, ou: str) -> bool:
    return ou in (colonne.liste, f"{feuille.id}.{colonne.id}")


def _renommer_mot(mot: Mot, libelle: str) -> Mot:
    return replace(mot, libelle=_RENOMMEE) if mot.libelle == libelle else mot


def _renommer_le_modele(ou: str, libelle: str) -> Modele:
    listes = dict(modele().listes)
    if ou in listes:
        mots = tuple(_renommer_mot(mot, libelle) for mot in listes[ou].valeurs)
        listes[ou] = replace(listes[ou], valeurs=mots)
    feuilles = tuple(_renommer_la_feuille(feuille, ou, libelle) for feuille in modele().feuilles)
    return replace(modele(), listes=listes, feuilles=feuilles)


def _renommer_la_feuille(feuille: Feuille, ou: str, libelle: str) -> Feuille:
    touchees = {c.id for c in feuille.colonnes if _porte(feuille, c, ou)}

    def dire(colonne: str, nom: str) -> tuple[str, ...]:
        return (_RENOMMEE,) if colonne in touchees and nom == libelle else ()

    def recondition(condition: Condition | None) -> Condition | None:
        return traduire(condition, dire) if condition else None

    colonnes = tuple(
        replace(
            c,
            mots=tuple(_renommer_mot(m, libelle) for m in c.mots) if c.id in touchees else c.mots,
            si_vide=_RENOMMEE if c.id in touchees and c.si_vide == libelle else c.si_vide,
            obligatoire_si=recondition(c.obligatoire_si),
            passe_si=recondition(c.passe_si),
            suppose=recondition(c.suppose),
        )
        for c in feuille.colonnes
    )
    return replace(feuille, colonnes=colonnes, hors_vigueur=recondition(feuille.hors_vigueur))


def _renommer_le_registre(lu: Registre, ou: str, libelle: str) -> Registre:
    return replace(lu, feuilles={n: _renommer_lue(f, ou, libelle) for n, f in lu.feuilles.items()})


def _renommer_lue(lue: FeuilleLue, ou: str, libelle: str) -> FeuilleLue:
    feuille = modele().par_id[lue.lieu.registre]
    touchees = {c.id for c in feuille.colonnes if _porte(feuille, c, ou)}

    def dire(colonne: str, valeur: Valeur) -> Valeur:
        if colonne not in touchees:
            return valeur
        if isinstance(valeur, tuple):
            return tuple(_RENOMMEE if nom == libelle else nom for nom in valeur)
        return _RENOMMEE if valeur == libelle else valeur

    def relire(ligne: Ligne) -> Ligne:
        return replace(ligne, valeurs={c: dire(c, v) for c, v in ligne.valeurs.items()})

    return replace(lue, lignes=tuple(map(relire, lue.lignes)))


def _lieux(constats: tuple[Constat, ...]) -> list[tuple[str, str | None, int | None]]:
    return [(c.regle, c.colonne, c.lieu.ligne) for c in constats]


def _cite(lu: Registre, libelle: str) -> bool:
    lignes = (ligne for feuille in lu.feuilles.values() for ligne in feuille.lignes)
    return any(
        libelle == valeur or (isinstance(valeur, tuple) and libelle in valeur)
        for ligne in lignes
        for valeur in ligne.valeurs.values()
    )


@pytest.mark.parametrize(("ou", "libelle"), list(_valeurs()))
def test_une_valeur_renommee_ne_fait_taire_aucune_regle(ou: str, libelle: str) -> None:
    renomme = _renommer_le_modele(ou, libelle)
    for cas in CAS:
        lu = registre(cas.fautif)
        if _cite(lu, libelle):
            avant = verifier(lu, modele(), AU)
            apres = verifier(_renommer_le_registre(lu, ou, libelle), renomme, AU)
            assert _lieux(apres) == _lieux(avant), cas.code
