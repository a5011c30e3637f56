"""La table des constats : tout ce que le contrôle a trouvé, à côté des lignes consolidées."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.constats import Constat, Gravite, cellule

_ENSEMBLE = "Ensemble"
_TYPES: dict[str, Any] = {
    "commune": "string", "annee": "Int64", "gravite": "string", "feuille": "string",
    "cellule": "string", "ligne": "Int64", "libelle": "string", "valeur": "string",
    "message": "string", "corriger": "string", "regle": "string", "paragraphe": "string",
    "fichier": "string", "sort": "string",
}  # fmt: skip


def recenser(pieces: Sequence[Piece], d_ensemble: Iterable[Constat]) -> pd.DataFrame:
    """Une ligne par constat : ceux de chaque fichier, puis ceux de l'ensemble."""
    lignes = [_ligne(c, _situer(piece)) for piece in pieces for c in piece.examine.constats]
    lignes += [_ligne(c, {"fichier": c.lieu.fichier, "sort": _ENSEMBLE}) for c in d_ensemble]
    table = pd.DataFrame(lignes, columns=list(_TYPES)).astype(_TYPES)
    gravites = pd.Categorical(table["gravite"], [g.value for g in Gravite], ordered=True)
    return table.assign(gravite=gravites)


def _situer(piece: Piece) -> dict[str, Any]:
    registre = piece.registre
    commune = registre.nom if registre.refus is None else None
    return {
        "commune": commune, "annee": registre.annee, "fichier": piece.nom, "sort": piece.sort.value,
    }  # fmt: skip


def _ligne(constat: Constat, lieu: dict[str, Any]) -> dict[str, Any]:
    return {
        **lieu,
        "gravite": constat.gravite.value,
        "feuille": constat.lieu.feuille or None,
        "cellule": cellule(constat.lieu),
        "ligne": constat.lieu.ligne,
        "libelle": constat.libelle,
        "valeur": constat.valeur,
        "message": constat.message,
        "corriger": constat.corriger,
        "regle": constat.regle,
        "paragraphe": constat.paragraphe,
    }
