"""Les tables : une par feuille du modèle, chaque ligne avec la commune et le lieu d'où elle vient.

Colonnes : d'où vient la ligne (`ORIGINE`), si elle est en vigueur, celles du modèle, puis les
colonnes propres aux communes (« propres.En-tête »).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import pandas as pd

from pilotage_xlsx.consolidation.colonnes import libre, typer
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.donnees import PROPRES
from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.modele import Calcul, Colonne, Feuille, Modele
from pilotage_xlsx.registre import Ligne, Valeur

ORIGINE: Mapping[str, str] = {
    "source_commune": "string",
    "source_ofs": "Int64",
    "source_canton": "string",
    "source_annee": "Int64",
    "source_fichier": "string",
    "source_feuille": "string",
    "source_ligne": "Int64",
    "en_vigueur": "boolean",
}
"""Les colonnes que la consolidation ajoute, et leur type."""


class Versee(NamedTuple):
    """Une ligne versée dans une table, et le classeur d'où elle vient."""

    piece: Piece
    ligne: Ligne


def tabler(feuille: Feuille, pieces: Iterable[Piece], modele: Modele) -> pd.DataFrame:
    """La table d'une feuille : toutes les lignes des pièces retenues, sans les lignes « Total »."""
    versees = [
        Versee(piece, ligne) for piece in pieces for ligne in piece.liens.etat.lignes(feuille.id)
    ]
    colonnes = dict(_origine(feuille, versees))
    for colonne in feuille.colonnes:
        colonnes.update(typer(colonne, [_valeur(colonne, v.ligne) for v in versees], modele))
    colonnes.update(_propres(versees))
    return pd.DataFrame(colonnes)


def titre_propre(colonne: str) -> str | None:
    """L'en-tête d'une colonne propre, tel qu'écrit par la commune ; rien pour une autre."""
    prefixe, point, titre = colonne.partition(".")
    return titre if point and prefixe == PROPRES else None


def _origine(feuille: Feuille, versees: Sequence[Versee]) -> Iterator[tuple[str, pd.Series[Any]]]:
    en_vigueur = {
        id(ligne)
        for piece in {id(v.piece): v.piece for v in versees}.values()
        for ligne in piece.liens.etat.en_vigueur(feuille.id)
    }
    rangees = [
        (*situer(piece), piece.nom, ligne.lieu.feuille, ligne.numero, id(ligne) in en_vigueur)
        for piece, ligne in versees
    ]
    for rang, (nom, genre) in enumerate(ORIGINE.items()):
        yield nom, pd.Series([rangee[rang] for rangee in rangees], dtype=genre)


def situer(piece: Piece) -> tuple[str, int | None, str | None, int | None]:
    """La commune d'une pièce : son nom, son numéro OFS, son canton, l'année du rapport."""
    registre = piece.registre
    ofs = registre.commune["numero_ofs"]
    return (
        registre.nom,
        ofs if isinstance(ofs, int) else None,
        registre.commune.texte("canton"),
        registre.annee,
    )


def _valeur(colonne: Colonne, ligne: Ligne) -> Valeur | None:
    match colonne.calcul:
        case None:
            return ligne[colonne.id]
        case Calcul.DERNIER_JOUR_POUR_RESILIER:
            return dernier_jour_pour_resilier(ligne)


def _propres(versees: Sequence[Versee]) -> Iterator[tuple[str, pd.Series[Any]]]:
    """Les colonnes propres, dans l'ordre où elles apparaissent, une par en-tête."""
    entetes = dict.fromkeys(chain.from_iterable(ligne.propres for _, ligne in versees))
    for entete in entetes:
        yield f"{PROPRES}.{entete}", libre([ligne.propres.get(entete) for _, ligne in versees])
