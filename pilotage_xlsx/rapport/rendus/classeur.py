"""Le classeur du rapport : la page de vote, puis une feuille par section.

Les nombres et les dates restent des nombres et des dates ; les graphiques sont natifs.
"""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import Any

from pilotage_xlsx import __version__
from pilotage_xlsx.modele import PROPRIETE
from pilotage_xlsx.rapport.document import (
    Barres,
    Bloc,
    Case,
    ColonneDeTable,
    Document,
    GenreDeColonne,
    PageRegionale,
    Section,
    Tableau,
    Temps,
)
from pilotage_xlsx.rapport.rendus.cases import VIDE
from pilotage_xlsx.rapport.rendus.classeur_graphiques import Coulisses, tracer_barres, tracer_temps
from pilotage_xlsx.rapport.rendus.classeur_page import ecrire_page
from pilotage_xlsx.rapport.rendus.feuillet import Feuillet
from pilotage_xlsx.registre import RAPPORT
from pilotage_xlsx.socle.tableur import GRIS, Classeur, mettre_en_page
from pilotage_xlsx.socle.typographie import typographier

_POUR_UN_GRAPHIQUE = (30, 16, 16, 16)
_POUR_DES_PHRASES = (100,)
_STYLES = {
    GenreDeColonne.FORT: "gras",
    GenreDeColonne.CLE: "gras",
    GenreDeColonne.DATE: "date",
    GenreDeColonne.NOMBRE: "entier",
    GenreDeColonne.MONTANT: "montant",
}


def ecrire_section(classeur: Classeur, section: Section, pied: str, coulisses: Coulisses) -> None:
    """La feuille d'une section : son titre, ses phrases, puis ses tableaux et ses graphiques."""
    feuillet = Feuillet(classeur, section.feuille, _largeurs(section))
    feuillet.bande(0, section.titre, "sous_titre", hauteur=22)
    ligne = 1
    for phrase in section.phrases:
        feuillet.bande(ligne, phrase, "texte")
        ligne += 1
    if [type(bloc) for bloc in section.blocs] == [Tableau]:
        feuillet.feuille.repeat_rows(ligne)  # L'en-tête revient sur chaque page imprimée.
    for bloc in section.blocs:
        ligne = _ecrire_bloc(feuillet, ligne, bloc, coulisses)
    mettre_en_page(feuillet.feuille, pied)


def _largeurs(section: Section) -> tuple[int, ...]:
    """La plus grande largeur que demande chaque colonne."""
    demandees = [_largeurs_du_bloc(bloc) for bloc in section.blocs] or [_POUR_DES_PHRASES]
    return tuple(max(colonne) for colonne in zip_longest(*demandees, fillvalue=0))


def _largeurs_du_bloc(bloc: Bloc) -> tuple[int, ...]:
    if isinstance(bloc, Tableau):
        return tuple(colonne.largeur for colonne in bloc.colonnes)
    return _POUR_UN_GRAPHIQUE


def _ecrire_bloc(feuillet: Feuillet, ligne: int, bloc: Bloc, coulisses: Coulisses) -> int:
    match bloc:
        case Tableau():
            return _ecrire_tableau(feuillet, ligne, bloc)
        case Barres():
            return tracer_barres(feuillet, ligne, bloc, coulisses)
        case Temps():
            return tracer_temps(feuillet, ligne, bloc, coulisses)


def _ecrire_tableau(feuillet: Feuillet, ligne: int, tableau: Tableau) -> int:
    feuillet.entetes(ligne, tuple(colonne.titre for colonne in tableau.colonnes))
    for cases in tableau.lignes:
        ligne += 1
        feuillet.hausser(ligne, cases)
        for rang, (case, colonne) in enumerate(zip(cases, tableau.colonnes, strict=True)):
            _ecrire_case(feuillet, ligne, rang, case, colonne)
    return ligne + 2


def _ecrire_case(
    feuillet: Feuillet, ligne: int, rang: int, case: Case, colonne: ColonneDeTable
) -> None:
    if case is None or case == "":
        feuillet.case(ligne, rang, VIDE, "texte", **_precisions(colonne.genre))
    else:
        style = _STYLES.get(colonne.genre, "texte")
        feuillet.case(ligne, rang, case, style, **_precisions(colonne.genre))


def _precisions(genre: GenreDeColonne) -> dict[str, Any]:
    match genre:
        case GenreDeColonne.DISCRET:
            return {"font_color": GRIS}
        case GenreDeColonne.NOMBRE | GenreDeColonne.MONTANT | GenreDeColonne.MESURE:
            return {"align": "right", "indent": 1}
        case _:
            return {}


def rendre(document: Document, creation: date) -> bytes:
    """Le document en classeur ; le même document donne les mêmes octets."""
    classeur = Classeur(creation, {"title": document.premiere.titre, "comments": document.pied})
    classeur.livre.set_custom_property(PROPRIETE, f"{RAPPORT} {__version__}")
    coulisses = Coulisses()
    ecrire_page(classeur, document)
    for section in (*_communes(document), *document.annexe):
        ecrire_section(classeur, section, typographier(document.pied), coulisses)
    coulisses.ecrire(classeur)
    return classeur.octets()


def _communes(document: Document) -> tuple[Section, ...]:
    """Les communes d'une région, sur leur propre feuille : la page de vote n'en a pas."""
    page = document.premiere
    if not isinstance(page, PageRegionale):
        return ()
    titre = "Une ligne par commune"
    return (Section("communes", "Communes", titre, (), (page.communes,)),)
