"""Consolider : des classeurs extraits → une `Consolidation`, où chaque ligne garde son origine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage_xlsx.consolidation.annexes import (
    dresser_la_provenance,
    dresser_les_communes,
    dresser_les_constats,
)
from pilotage_xlsx.consolidation.comptes import Comptes
from pilotage_xlsx.consolidation.conflits import confronter
from pilotage_xlsx.consolidation.extraits import Tete
from pilotage_xlsx.consolidation.pieces import Piece, Sort, nommer, trier
from pilotage_xlsx.consolidation.rayon import Rayon
from pilotage_xlsx.consolidation.registres import SourceDeTable, tabler
from pilotage_xlsx.consolidation.regroupements import presenter
from pilotage_xlsx.consolidation.tables import Table
from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.metier.regroupement import Regroupement
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.annuaire import Annuaire
from pilotage_xlsx.socle.longueur import en_bref
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.textes import cle_large

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Consolidation:
    """Plusieurs classeurs en un, au jour ``au`` ; chaque ligne garde le fichier d'où elle vient.

    ``pieces`` : dans l'ordre reçu ; ``rayon`` : leurs lignes, à garder ouvert tant qu'on s'en sert.
    """

    au: date
    modele: Modele
    pieces: tuple[Piece, ...]
    rayon: Rayon
    d_ensemble: tuple[Constat, ...]
    prestataires: Regroupement

    def __repr__(self) -> str:
        return en_bref(f"Consolidation : {self.phrase()}")

    @cached_property
    def retenues(self) -> tuple[Piece, ...]:
        """Les pièces dont les lignes sont dans les tables, par commune puis par année."""
        retenues = (piece for piece in self.pieces if piece.est_retenue)
        return tuple(
            sorted(retenues, key=lambda p: (cle_large(p.tete.nom), p.tete.annee or 0, p.nom))
        )

    @cached_property
    def comptes(self) -> Comptes:
        """Les lignes de tous les registres de toutes les pièces."""
        return sum((piece.total for piece in self.pieces), Comptes())

    @cached_property
    def table_des_communes(self) -> Table:
        """Une ligne par commune et par année."""
        phrases = (f"Préparé le {afficher(self.au)}. {self.phrase()}", self.comptes.phrase())
        return dresser_les_communes(self.retenues, self.modele, phrases)

    @cached_property
    def registres(self) -> Mapping[str, Table]:
        """Une table par feuille du modèle, la fiche comprise."""
        source = SourceDeTable(self.retenues, self.rayon, self.modele, self.prestataires)
        return {feuille.id: tabler(feuille, source) for feuille in self.modele.a_lire}

    @cached_property
    def jugements(self) -> Mapping[str, Table]:
        """Ce qui juge les lignes : constats, conflits, prestataires réunis, provenance."""
        tables = (
            dresser_les_constats(self.pieces, self.rayon, self.d_ensemble),
            confronter(self.pieces, self.rayon, self.modele),
            presenter(self.prestataires),
            dresser_la_provenance(self.pieces, self.modele, self.comptes),
        )
        return {table.id: table for table in tables}

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Chaque feuille du modèle en DataFrame, chaque colonne dans son type."""
        return Annuaire({nom: _cadrer(table) for nom, table in self.registres.items()})

    @cached_property
    def communes(self) -> pd.DataFrame:
        """`table_des_communes` en DataFrame."""
        return _cadrer(self.table_des_communes)

    @cached_property
    def constats(self) -> pd.DataFrame:
        """Tous les constats, en DataFrame."""
        return _cadrer(self.jugements["constats"])

    @cached_property
    def conflits(self) -> pd.DataFrame:
        """Ce que deux classeurs d'une même commune et d'une même année ne disent pas pareil."""
        return _cadrer(self.jugements["conflits"])

    @cached_property
    def provenance(self) -> pd.DataFrame:
        """Une ligne par fichier reçu : son sort, la raison, les lignes prises."""
        return _cadrer(self.jugements["provenance"])

    def phrase(self) -> str:
        """« 4 fichiers : 2 retenus, 1 écarté, 1 refusé. »"""
        sorts = Counter(piece.sort for piece in self.pieces)
        parts = [f"{sorts[sort]} {_accorder(sort, sorts[sort])}" for sort in Sort if sorts[sort]]
        total = len(self.pieces)
        return f"{total} fichier{'s' if total > 1 else ''} : {', '.join(parts) or 'aucun retenu'}."


def assembler(
    tetes: Sequence[Tete],
    rayon: Rayon,
    modele: Modele,
    au: date,
    *,
    d_ensemble: Sequence[Constat],
    prestataires: Regroupement,
    prefere: Sequence[Path] = (),
    annee: int | None = None,
) -> Consolidation:
    """Joint des classeurs déjà extraits : leurs têtes, dans l'ordre de leur rang au rayon."""
    noms = map(nommer_le_fichier, nommer([tete.chemin for tete in tetes]))
    paires = zip(tetes, noms, strict=True)
    pieces = (Piece(tete, rang, nom) for rang, (tete, nom) in enumerate(paires))
    triees = trier(tuple(pieces), prefere, annee)
    return Consolidation(au, modele, triees, rayon, tuple(d_ensemble), prestataires)


def _cadrer(table: Table) -> pd.DataFrame:
    from pilotage_xlsx.consolidation.cadres import cadrer  # noqa: PLC0415 — pandas, à la demande

    return cadrer(table)


def _accorder(sort: Sort, combien: int) -> str:
    return f"{sort.value.lower()}{'s' if combien > 1 else ''}"
