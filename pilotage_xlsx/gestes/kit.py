"""Le kit : les lignes qu'un classeur propose d'avance, à confirmer par la commune."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele import Feuille, Kit, LigneDuKit, Modele
from pilotage_xlsx.modele.condition import Parmi
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import FeuilleLue, Ligne, Registre
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.socle.typographie import nombre


class Prerempli(NamedTuple):
    """Le registre, les lignes proposées à la suite des siennes, et ce qui s'en dit."""

    registre: Registre
    remarque: str


def preremplir(registre: Registre, modele: Modele) -> Prerempli:
    """Propose chaque ligne du kit dont le nom n'est pas inscrit ; le reste ne change pas.

    Lève `GesteImpossible` si le modèle n'a pas de kit.
    """
    if (kit := modele.kit) is None:
        raise GesteImpossible(
            f"Le modèle « {modele.identite.id} » n'a pas de kit (kit.toml) : rien à proposer."
        )
    feuille = modele.par_id[kit.registre]
    inscrits = {_nom(feuille, ligne) for ligne in registre.lignes(feuille.id)}
    proposees = _lire(kit, feuille, modele, registre)
    neuves = tuple(une for une in proposees.lignes if _nom(feuille, une) not in inscrits)
    deja = len(proposees.lignes) - len(neuves)
    lue = _joindre(registre.feuilles.get(feuille.id), replace(proposees, lignes=neuves))
    return Prerempli(
        replace(registre, feuilles={**registre.feuilles, feuille.id: lue}),
        _dire(feuille, len(neuves), deja),
    )


def _nom(feuille: Feuille, ligne: Ligne) -> str:
    return cle_large(ligne.texte(feuille.cle or "") or "")


def _lire(kit: Kit, feuille: Feuille, modele: Modele, registre: Registre) -> FeuilleLue:
    """Les lignes du kit, comme si un JSON les donnait : chaque choix par son libellé."""
    lignes = [_ecrire(ligne, feuille, modele) for ligne in kit.lignes]
    lu, _ = lire_donnees({feuille.id: lignes}, modele, registre.fichier)
    return lu.feuilles[feuille.id]


def _ecrire(ligne: LigneDuKit, feuille: Feuille, modele: Modele) -> Mapping[str, str]:
    cellules = {
        colonne: next(iter(modele.libelles(Marque(feuille.id, colonne, dit))), dit)
        for colonne, dit in ligne.cellules.items()
    }
    return {**cellules, **_a_confirmer(feuille)}


def _a_confirmer(feuille: Feuille) -> Mapping[str, str]:
    """Ce qui, dans une ligne, la dit à confirmer."""
    essais = feuille.a_confirmer.essais() if feuille.a_confirmer else ()
    return {essai.colonne: essai.valeurs[0] for essai in essais if isinstance(essai, Parmi)}


def _joindre(lue: FeuilleLue | None, proposees: FeuilleLue) -> FeuilleLue:
    """Les lignes proposées à la suite, chacune avec un numéro qui n'est qu'à elle."""
    if lue is None:
        return proposees
    debut = max((ligne.numero for ligne in lue.lignes), default=0) + 1
    neuves = (replace(une, numero=debut + rang) for rang, une in enumerate(proposees.lignes))
    return replace(lue, lignes=(*lue.lignes, *neuves))


def _dire(feuille: Feuille, neuves: int, deja: int) -> str:
    """« Outils : 21 lignes proposées, à confirmer ; 5 du kit y étaient déjà. »"""
    proposees = "ligne proposée" if neuves < 2 else "lignes proposées"
    suite = f" ; {nombre(deja)} du kit y {'était' if deja < 2 else 'étaient'} déjà" if deja else ""
    combien = nombre(neuves) if neuves else "aucune"
    return f"{feuille.libelle} : {combien} {proposees}, à confirmer{suite}."
