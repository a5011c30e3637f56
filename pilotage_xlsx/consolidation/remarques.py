"""Ce qu'une consolidation ne reprend pas d'un classeur, ou ne reprend pas tel quel, en phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import ACCEPTES, Feuille
from pilotage_xlsx.registre import FeuilleLue
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.longueur import SIGNES_MAX, est_trop_long
from pilotage_xlsx.socle.typographie import nombre, plages

if TYPE_CHECKING:
    from pilotage_xlsx.consolidation.extraits import FeuilleExtraite, Rangee


def remarquer(liens: Liens, feuilles: Mapping[str, FeuilleExtraite]) -> Iterator[str]:
    """Ce qui est dans le fichier et n'est pas dans les tables, ou n'y est pas tel quel."""
    registre, modele = liens.registre, liens.modele
    for nom, feuille in feuilles.items():
        for rangee in feuille.rangees:
            if rangee.est_totale:
                yield f"{feuille.nom}, ligne {rangee.numero} : « Total », non reprise."
            yield from _coupees(modele.par_id[nom], feuille.nom, rangee)
    for lue in registre.feuilles.values():
        yield from _proposees(liens, lue)
        for identifiant, rang in lue.en_double:
            libelle = modele.par_id[lue.lieu.registre].libelle_de(identifiant)
            yield (
                f"{lue.lieu.feuille}, colonne {lettres_de(rang)} non reprise : « {libelle} » y est."
            )
        if lue.en_marge:
            yield _dire_la_marge(lue)
    for identifiant, nom in registre.en_double:
        tenue = modele.par_id[identifiant].libelle
        yield f"Feuille « {nom} » non reprise : « {tenue} » est déjà tenue par une autre."
    if registre.feuilles_propres:
        noms = ", ".join(f"« {nom} »" for nom in registre.feuilles_propres)
        yield f"Feuilles propres à la commune, non reprises : {noms}."


def _proposees(liens: Liens, lue: FeuilleLue) -> Iterator[str]:
    """« Outils, lignes 7 à 32 : encore à confirmer, non reprises. »"""
    est_jugee = lue.lieu.registre != ACCEPTES
    proposees = liens.etat.a_confirmer(lue.lieu.registre) if est_jugee else ()
    if proposees:
        lignes = _nommer_les_lignes(lue, tuple(ligne.numero for ligne in proposees))
        yield f"{lignes} : encore à confirmer, non reprises."


def _coupees(feuille: Feuille, nom: str, rangee: Rangee) -> Iterator[str]:
    libelles = [colonne.libelle for colonne in feuille.colonnes]
    toutes = [*zip(libelles, rangee.cellules, strict=True), *rangee.propres.items()]
    for libelle, contenu in toutes:
        if isinstance(contenu, str) and est_trop_long(contenu):
            yield (
                f"{nom}, ligne {rangee.numero}, « {libelle} » : texte de {nombre(len(contenu))} "
                f"signes, coupé à {nombre(SIGNES_MAX)} dans un classeur."
            )


def _dire_la_marge(lue: FeuilleLue) -> str:
    """« Outils, lignes 7, 9 à 12 : rien que des colonnes propres, non reprises. »"""
    lieu = _nommer_les_lignes(lue, lue.en_marge)
    return f"{lieu} : rien que des colonnes propres, non reprises."


def _nommer_les_lignes(lue: FeuilleLue, numeros: tuple[int, ...]) -> str:
    return f"{lue.lieu.feuille}, ligne{'s' if len(numeros) > 1 else ''} {plages(numeros)}"
