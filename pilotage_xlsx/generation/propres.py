"""Les feuilles propres à la commune, écrites en valeurs à la suite des nôtres."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import chain, count

from msgspec.structs import replace
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.formulaires import nom_du_formulaire
from pilotage_xlsx.generation.valeurs import contenu, style_de
from pilotage_xlsx.modele import FEUILLES_DU_PRODUIT, Modele
from pilotage_xlsx.registre import FeuillePropre, Valeur
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.tableur import Classeur, ecrire, mettre_en_page

_NOM_MAX = 31
_INTERDITS = motif(r"[\[\]:*?/\\]")
_LARGEUR_MIN, _LARGEUR_MAX = 9, 50


def nommer_propres(modele: Modele, propres: Iterable[FeuillePropre]) -> tuple[FeuillePropre, ...]:
    """Les mêmes feuilles, sous un nom qu'un tableur admet et que rien d'autre ne porte."""
    papiers = (nom_du_formulaire(feuille) for feuille in modele.feuilles)
    des_registres = (feuille.libelle for feuille in modele.par_id.values())
    pris = {nom.casefold() for nom in (*FEUILLES_DU_PRODUIT, *des_registres, *papiers, "History")}
    nommees = []
    for propre in propres:
        nom = _nommer(propre, pris)
        pris.add(nom.casefold())
        nommees.append(replace(propre, nom=nom))
    return tuple(nommees)


def ecrire_propres(
    classeur: Classeur, modele: Modele, propres: Iterable[FeuillePropre], pied: str
) -> None:
    """Écrit chaque feuille sous son nom, ou sous celui que `nommer_propres` lui donne."""
    for propre in nommer_propres(modele, propres):
        feuille = classeur.livre.add_worksheet(propre.nom)
        for (ligne, colonne), valeur in propre.cellules.items():
            donne = contenu(valeur)
            style = style_de(classeur, None, donne)
            if propre.intitules:
                style = _style_a_nous(classeur, est_un_intitule=ligne in propre.intitules)
            ecrire(feuille, ligne - 1, colonne - 1, donne, style)
        _elargir(feuille, propre.cellules)
        if propre.intitules:
            mettre_en_page(feuille, pied)


def _style_a_nous(classeur: Classeur, *, est_un_intitule: bool) -> Format:
    if est_un_intitule:
        return classeur.style("entete", align="left")
    return classeur.style("texte", text_wrap=True, valign="top")


def _nommer(propre: FeuillePropre, pris: Container[str]) -> str:
    souche = _INTERDITS.sub("-", propre.nom).strip("' ") or "Feuille"
    suffixes = chain(("",), (f" ({rang})" for rang in count(2)))
    essais = (f"{souche[: _NOM_MAX - len(suffixe)]}{suffixe}" for suffixe in suffixes)
    return next(essai for essai in essais if essai.casefold() not in pris)


def _elargir(feuille: Worksheet, cellules: Mapping[tuple[int, int], Valeur]) -> None:
    """Chaque colonne à la mesure de ce qu'elle contient : les dates s'y lisent."""
    largeurs: dict[int, int] = {}
    for (_, colonne), valeur in cellules.items():
        longueur = max(map(len, str(contenu(valeur)).splitlines()), default=0)
        largeurs[colonne] = max(largeurs.get(colonne, 0), longueur)
    for colonne, longueur in largeurs.items():
        largeur = min(max(longueur + 2, _LARGEUR_MIN), _LARGEUR_MAX)
        feuille.set_column(colonne - 1, colonne - 1, largeur)
