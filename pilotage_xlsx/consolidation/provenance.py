"""La provenance : chaque fichier donné, ce qui en est pris, et pourquoi le reste ne l'est pas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from pilotage_xlsx.consolidation.comptes import Comptes
from pilotage_xlsx.consolidation.natives import Genree, Native, Type
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.tables import Entete, Table, entier
from pilotage_xlsx.modele import Modele

_ENTETES = (
    Entete("fichier", "Fichier", 24, "gras"),
    Entete("sort", "Classeur", 11),
    Entete("raison", "Raison", 30),
    Entete("commune", "Commune", 16),
    entier("annee", "Année", 8, "numero"),
    entier("lues", "Lignes lues", 10),
    entier("en_vigueur", "En vigueur", 11),
    entier("hors_vigueur", "Hors vigueur", 11),
    entier("laissees", "De côté", 8),
    entier("masquees", "Valeurs masquées", 13),
    Entete("remarques", "Ce qui n'est pas repris", 30),
    Entete("modele", "Modèle", 14),
    entier("octets", "Octets", 11),
    Entete("modifie", "Modifié le (temps universel)", 17, "date_heure", Genree(Type.INSTANT)),
    Entete("empreinte", "Empreinte SHA-256", 26),
)


def etablir(pieces: Sequence[Piece], modele: Modele, comptes: Comptes) -> Table:
    """Une ligne par fichier, dans l'ordre reçu ; « lues.outils » : les lignes d'un registre."""
    entetes = (
        *_ENTETES,
        *(
            entier(f"lues.{f.id}", f"Lues : {f.libelle}", 14)._replace(est_montree=False)
            for f in modele.registres
        ),
    )
    phrase = "Chaque fichier donné : ce qui en est pris, et pourquoi le reste ne l'est pas."
    return Table(
        "provenance", "Provenance", "Provenance", (phrase, comptes.phrase()), entetes,
        lambda: _rangees(pieces, modele), len(pieces),
    )  # fmt: skip


def _rangees(pieces: Sequence[Piece], modele: Modele) -> Iterator[Sequence[Native]]:
    for piece in pieces:
        tete, total = piece.tete, piece.total
        yield (
            piece.nom, piece.sort.value, piece.raison or None,
            tete.nom if piece.est_lue else None, tete.annee,
            total.lues, total.en_vigueur, total.hors_vigueur, total.laissees,
            tete.masquees if piece.est_retenue else 0,
            " ".join(tete.remarques) if piece.est_retenue and tete.remarques else None,
            " ".join(tete.version) if tete.version else None, tete.octets,
            _en_temps_universel(tete.modifie), tete.empreinte or None,
            *(piece.comptes(feuille.id).lues for feuille in modele.registres),
        )  # fmt: skip


def _en_temps_universel(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC).replace(tzinfo=None, microsecond=0) if instant else None
