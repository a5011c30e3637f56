"""La provenance : chaque fichier donné, ce qui en est pris, et pourquoi le reste ne l'est pas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from pilotage_xlsx.consolidation.colonnes import texte
from pilotage_xlsx.consolidation.comptes import Comptes, compter
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.registre import Illisible, Ligne, Valeur

_TYPES = {
    "fichier": "string", "sort": "string", "raison": "string", "commune": "string",
    "annee": "Int64", "modifie": "datetime64[s]", "modele": "string", "empreinte": "string",
    "octets": "Int64", "lues": "Int64", "en_vigueur": "Int64", "hors_vigueur": "Int64",
    "laissees": "Int64", "masquees": "Int64", "remarques": "string",
}  # fmt: skip


def etablir(pieces: Sequence[Piece], modele: Modele) -> pd.DataFrame:
    """Une ligne par fichier, dans l'ordre reçu ; « lues.outils » : les lignes d'un registre."""
    par_registre = {f"lues.{feuille.id}": "Int64" for feuille in modele.registres}
    types = {**_TYPES, **par_registre}
    lignes = [_ligne(piece, modele) for piece in pieces]
    return pd.DataFrame(lignes, columns=list(types)).astype(types)


def _ligne(piece: Piece, modele: Modele) -> dict[str, Any]:
    registre, examine = piece.registre, piece.examine
    est_lu = registre.refus is None
    par_registre = {feuille.id: compter(piece, feuille) for feuille in modele.registres}
    comptes = sum(par_registre.values(), Comptes())
    return {
        "fichier": piece.nom,
        "sort": piece.sort.value,
        "raison": piece.raison or None,
        "commune": registre.nom if est_lu else None,
        "annee": registre.annee,
        "modifie": _en_temps_universel(examine.modifie),
        "modele": " ".join(registre.version) if registre.version else None,
        "empreinte": examine.empreinte,
        "octets": examine.octets,
        "lues": comptes.lues,
        "en_vigueur": comptes.en_vigueur,
        "hors_vigueur": comptes.hors_vigueur,
        "laissees": comptes.laissees,
        "masquees": sum(_est_masquee(valeur) for valeur in _valeurs(piece, modele)),
        "remarques": " ".join(_remarques(piece, modele)) or None,
        **{f"lues.{nom}": part.lues for nom, part in par_registre.items()},
    }


def _en_temps_universel(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant else None


def _remarques(piece: Piece, modele: Modele) -> Iterator[str]:
    """Ce qui est dans le fichier et n'est pas dans les tables, ou n'y est pas tel quel."""
    registre = piece.registre
    if piece.est_retenue:
        for feuille in modele.registres:
            yield from _totaux(piece, feuille)
    for identifiant, nom in registre.en_double:
        tenue = modele.par_id[identifiant].libelle
        yield f"Feuille « {nom} » non reprise : « {tenue} » est déjà tenue par une autre."
    if registre.feuilles_propres:
        noms = ", ".join(f"« {nom} »" for nom in registre.feuilles_propres)
        yield f"Feuilles propres à la commune, non reprises : {noms}."


def _totaux(piece: Piece, feuille: Feuille) -> Iterator[str]:
    gardees = {id(ligne) for ligne in piece.liens.etat.lignes(feuille.id)}
    for ligne in piece.registre.lignes(feuille.id):
        if id(ligne) not in gardees:
            yield f"{ligne.lieu.feuille}, ligne {ligne.numero} : « Total », non reprise."


def _valeurs(piece: Piece, modele: Modele) -> Iterator[Valeur]:
    if piece.est_retenue:
        for feuille in modele.feuilles:
            for ligne in piece.liens.etat.lignes(feuille.id):
                yield from _valeurs_de(ligne)


def _valeurs_de(ligne: Ligne) -> Iterator[Valeur]:
    yield from ligne.valeurs.values()
    yield from ligne.propres.values()


def _est_masquee(valeur: Valeur) -> bool:
    return isinstance(valeur, str | tuple | Illisible) and texte(valeur) != afficher(valeur)
