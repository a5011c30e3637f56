"""Consolider : des classeurs examinés → tables, constats, conflits et provenance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from pilotage_xlsx.consolidation.communes import dresser
from pilotage_xlsx.consolidation.comptes import Comptes, compter_tout
from pilotage_xlsx.consolidation.conflits import confronter
from pilotage_xlsx.consolidation.fautes import recenser
from pilotage_xlsx.consolidation.pieces import Examine, Piece, Sort, nommer, trier
from pilotage_xlsx.consolidation.provenance import etablir
from pilotage_xlsx.consolidation.tables import tabler
from pilotage_xlsx.constats import Constat
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.textes import cle_large, en_clair


@dataclass(frozen=True, slots=True, eq=False)
class Consolidation:
    """Plusieurs classeurs en un, au jour ``au`` ; chaque ligne garde le fichier d'où elle vient.

    ``tables`` : une par feuille du modèle, la fiche comprise ; ``pieces`` : dans l'ordre reçu.
    """

    au: date
    pieces: tuple[Piece, ...]
    communes: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    constats: pd.DataFrame
    conflits: pd.DataFrame
    provenance: pd.DataFrame
    comptes: Comptes

    @property
    def retenues(self) -> tuple[Piece, ...]:
        """Les pièces dont les lignes sont dans les tables, par commune puis par année."""
        return _ordonner(self.pieces)

    def phrase(self) -> str:
        """« 4 fichiers : 2 retenus, 1 écarté, 1 refusé. »"""
        sorts = Counter(piece.sort for piece in self.pieces)
        parts = [f"{sorts[sort]} {_accorder(sort, sorts[sort])}" for sort in Sort if sorts[sort]]
        total = len(self.pieces)
        return f"{total} fichier{'s' if total > 1 else ''} : {', '.join(parts) or 'aucun retenu'}."


def consolider(
    examines: Sequence[Examine],
    modele: Modele,
    d_ensemble: Sequence[Constat],
    au: date,
    *,
    prefere: Sequence[Path] = (),
    annee: int | None = None,
) -> Consolidation:
    """Joint des classeurs examinés. Ne lève rien : un classeur refusé est dit dans la provenance.

    ``d_ensemble`` : les constats qui regardent plusieurs classeurs ; ``prefere`` : ceux à retenir
    si une commune en a plusieurs pour une même année ; ``annee`` : la seule année à retenir.
    """
    noms = map(en_clair, nommer([examine.registre.fichier for examine in examines]))
    pieces = trier(
        [
            Piece(examine, Liens(modele, examine.registre, au), nom)
            for examine, nom in zip(examines, noms, strict=True)
        ],
        prefere,
        annee,
    )
    retenues = _ordonner(pieces)
    return Consolidation(
        au=au,
        pieces=pieces,
        communes=dresser(retenues, modele),
        tables={feuille.id: tabler(feuille, retenues, modele) for feuille in modele.feuilles},
        constats=recenser(pieces, d_ensemble),
        conflits=confronter(pieces, modele),
        provenance=etablir(pieces, modele),
        comptes=compter_tout(pieces, modele),
    )


def _ordonner(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    retenues = (piece for piece in pieces if piece.est_retenue)
    return tuple(
        sorted(retenues, key=lambda p: (cle_large(p.registre.nom), p.registre.annee or 0, p.nom))
    )


def _accorder(sort: Sort, combien: int) -> str:
    return f"{sort.value.lower()}{'s' if combien > 1 else ''}"
