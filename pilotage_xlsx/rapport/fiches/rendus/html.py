"""La fiche en page HTML : seule, sans réseau, et une page A4 une fois imprimée."""

from __future__ import annotations

from pilotage_xlsx.rapport.document import Tableau
from pilotage_xlsx.rapport.fiches.blocs import Fiche, serrer
from pilotage_xlsx.rapport.rendus.dessin import dessiner
from pilotage_xlsx.rapport.rendus.html import GABARITS, sortir
from pilotage_xlsx.socle import page
from pilotage_xlsx.socle.montrable import en_octets


def rendre(fiche: Fiche) -> bytes:
    """La fiche en HTML, encodée en UTF-8."""
    blocs = [dessiner(bloc) if isinstance(bloc, Tableau) else bloc for bloc in fiche.blocs]
    donnees = {"fiche": fiche, "blocs": blocs, "serre": serrer(fiche)}
    return en_octets(page.rendre(GABARITS, "fiche.html.j2", sortir, **donnees))
