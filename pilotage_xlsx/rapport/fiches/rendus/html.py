"""La fiche en page HTML : seule, sans réseau, et une page A4 une fois imprimée."""

from __future__ import annotations

from pilotage_xlsx import page
from pilotage_xlsx.rapport.document import Tableau
from pilotage_xlsx.rapport.fiches.blocs import Bloc, Fiche, serrer
from pilotage_xlsx.rapport.rendus.cases import ecrire
from pilotage_xlsx.rapport.rendus.html import GABARITS, sortir


def rendre(fiche: Fiche) -> bytes:
    """La fiche en HTML, encodée en UTF-8."""
    blocs = [(_sorte(bloc), bloc) for bloc in fiche.blocs]
    texte = page.rendre(
        GABARITS,
        "fiche.html.j2",
        sortir,
        fiche=fiche,
        blocs=blocs,
        ecrire=ecrire,
        serre=serrer(fiche),
    )
    return texte.encode("utf-8")


def _sorte(bloc: Bloc) -> str:
    return "tableau" if isinstance(bloc, Tableau) else bloc.sorte
