"""La page HTML : seule, sans réseau, lisible à l'écran, au téléphone et sur papier."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pilotage_xlsx import page
from pilotage_xlsx.rapport.document import Document
from pilotage_xlsx.rapport.rendus.dessin import TableauDessine, dessiner
from pilotage_xlsx.typographie import jour, typographier

GABARITS = Path(__file__).resolve().parent.parent / "gabarits"


def rendre(document: Document) -> bytes:
    """Le document en HTML, encodé en UTF-8."""
    annexe = [
        (section, tuple(dessiner(bloc) for bloc in section.blocs)) for section in document.annexe
    ]
    tableaux = (bloc for _, blocs in annexe for bloc in blocs if isinstance(bloc, TableauDessine))
    largeurs = sorted({largeur for tableau in tableaux for largeur in tableau.largeurs})
    texte = page.rendre(
        GABARITS, "rapport.html.j2", sortir, document=document, annexe=annexe, largeurs=largeurs
    )
    return texte.encode("utf-8")


def sortir(valeur: Any) -> str:
    """Ce que devient chaque valeur montrée : une date suisse, un texte typographié."""
    match valeur:
        case None:
            return "–"
        case date():
            return jour(valeur)
        case _:
            return typographier(str(valeur))
