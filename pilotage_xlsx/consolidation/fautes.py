"""La table des constats : tout ce que le contrôle a trouvé, à côté des lignes consolidées."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.consolidation.extraits import decrire
from pilotage_xlsx.consolidation.natives import Genree, Native, Type
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.rayon import Rayon
from pilotage_xlsx.consolidation.tables import Entete, Table, entier
from pilotage_xlsx.metier.constats import Constat, Gravite

_ENSEMBLE = "Ensemble"
_GRAVITES = Genree(Type.CHOIX, tuple(gravite.mot for gravite in Gravite))
_ENTETES = (
    Entete("commune", "Commune", 18, "gras"),
    entier("annee", "Année", 8, "numero"),
    Entete("gravite", "Gravité", 15, genree=_GRAVITES),
    Entete("feuille", "Feuille", 14),
    Entete("cellule", "Cellule", 9),
    entier("ligne", "Ligne", 8, "numero")._replace(est_montree=False),
    Entete("libelle", "Colonne", 18),
    Entete("valeur", "Valeur", 18),
    Entete("message", "Constat", 44),
    Entete("corriger", "Que faire", 38),
    Entete("regle", "Règle", 10),
    Entete("paragraphe", "§", 9),
    Entete("fichier", "Fichier", 20),
    Entete("sort", "Classeur", 11),
)


def recenser(pieces: Sequence[Piece], rayon: Rayon, d_ensemble: Sequence[Constat]) -> Table:
    """Une ligne par constat : ceux de l'ensemble d'abord, puis ceux de chaque fichier."""
    hauteur = len(d_ensemble) + sum(piece.tete.constats for piece in pieces)
    phrase = (
        "Ce que le contrôle a trouvé entre les classeurs, puis dans chacun, le plus grave d'abord."
    )
    return Table(
        "constats", "Constats", "Constats", (phrase,), _ENTETES,
        lambda: _rangees(pieces, rayon, d_ensemble), hauteur,
    )  # fmt: skip


def _rangees(
    pieces: Sequence[Piece], rayon: Rayon, d_ensemble: Sequence[Constat]
) -> Iterator[Sequence[Native]]:
    for constat in d_ensemble:
        yield (None, None, *decrire(constat), constat.lieu.fichier, _ENSEMBLE)
    for piece in pieces:
        commune = piece.tete.nom if piece.est_lue else None
        for dit in rayon.constats(piece.rang):
            yield (commune, piece.tete.annee, *dit, piece.nom, piece.sort.value)
