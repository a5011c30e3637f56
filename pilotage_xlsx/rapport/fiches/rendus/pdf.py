"""La fiche en PDF : une page A4, archivable et accessible, par le gabarit ``fiche.typ``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from pilotage_xlsx.papier import composer_pdf
from pilotage_xlsx.rapport.document import Genre, Tableau
from pilotage_xlsx.rapport.fiches.blocs import Bloc, Fiche, serrer
from pilotage_xlsx.rapport.rendus.cases import ecrire

_GABARIT = Path(__file__).resolve().parents[2] / "gabarits" / "fiche.typ"
_A_DROITE = (Genre.NOMBRE, Genre.MONTANT)


def rendre(fiche: Fiche, creation: date) -> bytes:
    """La fiche en PDF/A-2a et PDF/UA-1."""
    donnees = {
        "avis": fiche.avis,
        "surtitre": fiche.surtitre,
        "titre": fiche.titre,
        "pied": fiche.pied,
        "serre": serrer(fiche),
        "blocs": [_decrire(bloc) for bloc in fiche.blocs],
    }
    return composer_pdf(_GABARIT, donnees, creation=creation)


def _decrire(bloc: Bloc) -> dict[str, Any]:
    if isinstance(bloc, Tableau):
        return _decrire_le_tableau(bloc)
    return {"sorte": bloc.sorte, **msgspec.to_builtins(bloc)}


def _decrire_le_tableau(tableau: Tableau) -> dict[str, Any]:
    return {
        "sorte": "tableau",
        "titre": tableau.titre,
        "colonnes": [
            {"titre": c.titre, "largeur": c.largeur, "a_droite": c.genre in _A_DROITE}
            for c in tableau.colonnes
        ],
        "lignes": [
            [ecrire(case, c.genre) for c, case in zip(tableau.colonnes, ligne, strict=True)]
            for ligne in tableau.lignes
        ],
    }
