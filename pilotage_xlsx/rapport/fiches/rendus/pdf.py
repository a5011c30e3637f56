"""La fiche en PDF : une page A4, archivable et accessible, par le gabarit ``fiche.typ``."""

from __future__ import annotations

from datetime import date
from typing import Any

from pilotage_xlsx.rapport.document import Tableau
from pilotage_xlsx.rapport.fiches.blocs import Bloc, Fiche
from pilotage_xlsx.rapport.rendus.dessin import dessiner
from pilotage_xlsx.rapport.rendus.pdf import GABARITS, aplatir
from pilotage_xlsx.socle.papier import composer_pdf


def rendre(fiche: Fiche, creation: date) -> bytes:
    """La fiche en PDF/A-2a et PDF/UA-1 ; la même fiche donne les mêmes octets."""
    donnees = {
        "avis": fiche.avis,
        "surtitre": fiche.surtitre,
        "titre": fiche.titre,
        "pied": fiche.pied,
        "blocs": [_decrire(bloc) for bloc in fiche.blocs],
    }
    return composer_pdf(GABARITS / "fiche.typ", donnees, creation=creation)


def _decrire(bloc: Bloc) -> Any:
    if isinstance(bloc, Tableau):
        return aplatir(dessiner(bloc))
    return {"sorte": bloc.sorte, **aplatir(bloc)}
