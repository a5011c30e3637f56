"""La page HTML : seule, sans réseau, lisible à l'écran, au téléphone et sur papier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pilotage_xlsx.rapport.document import Document, PageRegionale
from pilotage_xlsx.rapport.rendus.dessin import Dessin, TableauDessine, dessiner
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.page import rendre as rendre_page
from pilotage_xlsx.socle.typographie import jour, typographier

GABARITS = Path(__file__).resolve().parent.parent / "gabarits"


def rendre(document: Document) -> bytes:
    """Le document en HTML, encodé en UTF-8."""
    annexe = [
        (section, tuple(dessiner(bloc) for bloc in section.blocs)) for section in document.annexe
    ]
    dessins = [bloc for _, blocs in annexe for bloc in blocs]
    page = document.premiere
    donnees: dict[str, Any] = {"page": page, "annexe": annexe, "pied": document.pied}
    gabarit = "rapport.html.j2"
    if isinstance(page, PageRegionale):
        gabarit, donnees["communes"] = "region.html.j2", dessiner(page.communes)
        dessins.append(donnees["communes"])
    texte = rendre_page(GABARITS, gabarit, sortir, **donnees, largeurs=_largeurs(dessins))
    return en_octets(texte)


def _largeurs(dessins: Iterable[Dessin]) -> list[int]:
    """Chaque largeur de colonne une fois, en pour-cent : une règle de style pour chacune."""
    tableaux = (dessin for dessin in dessins if isinstance(dessin, TableauDessine))
    return sorted({largeur for tableau in tableaux for largeur in tableau.largeurs})


def sortir(valeur: Any) -> str:
    """Ce que devient chaque valeur montrée : une date suisse, un texte typographié."""
    match valeur:
        case None:
            return "–"
        case date():
            return jour(valeur)
        case _:
            return typographier(str(valeur))
