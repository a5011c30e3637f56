"""La table des communes : une ligne par commune et par année, ses comptes et sa complétude."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.tables import ORIGINE, situer
from pilotage_xlsx.constats import resumer
from pilotage_xlsx.etat import Completude
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Modele

_COMPTES = (
    "completes", "incompletes", "erreurs", "avertissements", "attentions", "outils",
    "indispensables", "outils_au_cout_connu",
)  # fmt: skip
_TYPES = {
    **{nom: ORIGINE[nom] for nom in list(ORIGINE)[:5]},
    **dict.fromkeys(_COMPTES, "Int64"),
    "cout_annuel": "Float64",
}


def dresser(pieces: Iterable[Piece], modele: Modele) -> pd.DataFrame:
    """La table des pièces retenues ; « completude.outils » dit « 20 sur 25 » ou « sans objet »."""
    registres = (f"completude.{feuille.id}" for feuille in modele.registres)
    types = {**_TYPES, **dict.fromkeys(("completude", *registres), "string")}
    lignes = [_ligne(piece) for piece in pieces]
    return pd.DataFrame(lignes, columns=list(types)).astype(types)


def _ligne(piece: Piece) -> dict[str, Any]:
    etat, resume = piece.liens.etat, resumer(piece.examine.constats)
    totale = etat.completude_totale
    return {
        **dict(zip(ORIGINE, (*situer(piece), piece.nom), strict=False)),
        "completes": totale.completes,
        "incompletes": totale.lignes - totale.completes,
        "completude": _dire(totale),
        "erreurs": resume.erreurs,
        "avertissements": resume.avertissements,
        "attentions": resume.attentions,
        "indispensables": len(piece.liens.indispensables),
        **_couts(piece.liens),
        **{f"completude.{nom}": _dire(part) for nom, part in etat.completude.items()},
    }


def _couts(liens: Liens) -> dict[str, Any]:
    """Le coût annuel connu des outils en service ; rien si aucun n'est connu."""
    outils = liens.outils_en_service
    couts = [cout for outil in outils if (cout := outil.nombre("cout_annuel")) is not None]
    return {
        "outils": len(outils),
        "outils_au_cout_connu": len(couts),
        "cout_annuel": round(sum(couts), 2) if couts else None,
    }


def _dire(part: Completude) -> str:
    return f"{part.completes} sur {part.lignes}" if part.lignes else "sans objet"
