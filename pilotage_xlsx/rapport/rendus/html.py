"""La page HTML : seule, sans réseau, lisible à l'écran, au téléphone et sur papier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pilotage_xlsx.rapport.document import (
    EN_BREF,
    BlocDeFiche,
    Champs,
    Document,
    Encadre,
    Etapes,
    Fiche,
    Numeros,
    PageRegionale,
    Paragraphes,
    Tableau,
)
from pilotage_xlsx.rapport.rendus.dessin import Dessin, TableauDessine, dessiner
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.page import rendre as rendre_page
from pilotage_xlsx.socle.typographie import jour, typographier

GABARITS = Path(__file__).resolve().parent.parent / "gabarits"

_PAR_LIGNE = 78
_BORNES = (34, 40, 48)
"""Les signes d'une ligne, et les lignes au-delà desquelles une fiche se resserre."""


def rendre(document: Document | Fiche) -> bytes:
    """Le rapport ou la fiche en HTML, encodé en UTF-8."""
    if isinstance(document, Fiche):
        return _rendre_la_fiche(document)
    annexe = [
        (section, tuple(dessiner(bloc) for bloc in section.blocs)) for section in document.annexe
    ]
    dessins = [bloc for _, blocs in annexe for bloc in blocs]
    page = document.premiere
    donnees: dict[str, Any] = {
        "page": page,
        "annexe": annexe,
        "pied": document.pied,
        "en_bref": EN_BREF,
    }
    gabarit = "rapport.html.j2"
    if isinstance(page, PageRegionale):
        gabarit, donnees["communes"] = "region.html.j2", dessiner(page.communes)
        donnees["tableaux"] = tuple(map(dessiner, page.tableaux))
        dessins += (*donnees["tableaux"], donnees["communes"])
    texte = rendre_page(GABARITS, gabarit, sortir, **donnees, largeurs=_largeurs(dessins))
    return en_octets(texte)


def _rendre_la_fiche(fiche: Fiche) -> bytes:
    blocs = [dessiner(bloc) if isinstance(bloc, Tableau) else bloc for bloc in fiche.blocs]
    donnees = {"fiche": fiche, "blocs": blocs, "serre": serrer(fiche)}
    return en_octets(rendre_page(GABARITS, "fiche.html.j2", sortir, **donnees))


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


def serrer(fiche: Fiche) -> int:
    """De 0 à 3 : de combien resserrer la page HTML pour qu'elle s'imprime en autant de feuilles.

    Le PDF, lui, mesure : voir ``gabarits/fiche.typ``.
    """
    lignes = sum(map(_compter, fiche.blocs))
    return sum(lignes > borne * fiche.pages for borne in _BORNES)


def _compter(bloc: BlocDeFiche) -> int:
    """Les lignes qu'un bloc prend à la taille ordinaire, un peu plus que trop peu."""
    match bloc:
        case Champs(_, lignes):
            return 2 + sum(_plier(texte, _PAR_LIGNE) for _, texte in lignes)
        case Numeros(_, lignes):
            return 2 + sum(_plier(n.nom, _PAR_LIGNE - 20) for n in lignes)
        case Paragraphes(_, textes) | Etapes(_, textes):
            return 2 + sum(_plier(texte, _PAR_LIGNE + 20) for texte in textes)
        case Encadre():
            return 4 + _plier(bloc.texte, _PAR_LIGNE + 10) + 2 * bool(bloc.a_remplir)
        case Tableau():
            return 3 + sum(_hauteur(bloc, ligne) for ligne in bloc.lignes)


def _hauteur(tableau: Tableau, ligne: tuple[object, ...]) -> int:
    total = sum(colonne.largeur for colonne in tableau.colonnes)
    places = (colonne.largeur * 92 // total for colonne in tableau.colonnes)
    return max(_plier(str(case), place) for case, place in zip(ligne, places, strict=True))


def _plier(texte: str, place: int) -> int:
    return 1 + len(texte) // place
