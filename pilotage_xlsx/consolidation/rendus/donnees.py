"""La consolidation en JSON : chaque classeur retenu tel que `generer --depuis` l'accepte."""

from __future__ import annotations

from typing import Any

import msgspec

from pilotage_xlsx.confidentiel import masquer
from pilotage_xlsx.consolidation.colonnes import enregistrements
from pilotage_xlsx.consolidation.ensemble import Consolidation
from pilotage_xlsx.donnees import en_donnees
from pilotage_xlsx.modele import Modele

FORMAT = 1


def rendre_json(consolidation: Consolidation, modele: Modele) -> bytes:
    """``{"format", "classeurs", "provenance"}`` en UTF-8, secrets masqués (`confidentiel`)."""
    document = {
        "format": FORMAT,
        "classeurs": [
            _masquer(en_donnees(piece.registre, modele)) for piece in consolidation.retenues
        ],
        "provenance": enregistrements(consolidation.provenance),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def _masquer(donnee: Any) -> Any:
    match donnee:
        case str():
            return masquer(donnee)
        case dict():
            return {cle: _masquer(valeur) for cle, valeur in donnee.items()}
        case list():
            return [_masquer(valeur) for valeur in donnee]
        case _:
            return donnee
