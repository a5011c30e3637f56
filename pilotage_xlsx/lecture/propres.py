"""Les feuilles propres à la commune, lues à la demande : `lire` n'en donne que le nom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.lecture.registres import COUPEES_MAX
from pilotage_xlsx.lecture.source import lire_source
from pilotage_xlsx.registre import CelluleCoupee, FeuillePropre, Registre, Valeur
from pilotage_xlsx.registre.genres import interpreter_libre
from pilotage_xlsx.socle.adresses import LIGNES_MAX, lettres_de
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import MEMOIRE_MAX, ouvrir_tout

_CLE = motif(r"[a-z_]+\.#?[a-z0-9_]+")
_COULISSE = motif(r"[a-z_]\.#|[\ue000-\uf8ff]")
"""La clé d'une de nos colonnes calculées ; un signe qui ne se lit dans aucun texte."""


def lire_feuilles_propres(
    registre: Registre, memoire: int = MEMOIRE_MAX
) -> tuple[FeuillePropre, ...]:
    """Les feuilles propres d'un classeur déjà lu, en valeurs ; `Refus` si l'une est démesurée.

    ``memoire``, en octets : ce que la lecture peut en garder.
    """
    if not registre.feuilles_propres:
        return ()
    with ouvrir_tout(registre.source, memoire) as paquet:
        source = lire_source(paquet)
        grilles = (
            source.lire(feuille, LIGNES_MAX)
            for feuille in source.feuilles
            if feuille.nom in registre.feuilles_propres
        )
        return tuple(_en_valeurs(grille, source.origine) for grille in grilles)


def _en_valeurs(grille: Grille, origine: datetime) -> FeuillePropre:
    valeurs = {
        (ligne, colonne): interpreter_libre(cellule, origine)
        for ligne, rangee in grille.lignes.items()
        for colonne, cellule in rangee.items()
    }
    remplies = _sans_nos_coulisses(
        {place: valeur for place, valeur in valeurs.items() if valeur is not None}
    )
    coupees = (
        f"{lettres_de(colonne)}{ligne}"
        for ligne, rangee in grille.lignes.items()
        for colonne, cellule in rangee.items()
        if isinstance(cellule, CelluleCoupee)
    )
    return FeuillePropre(grille.feuille.nom, remplies, tuple(islice(coupees, COUPEES_MAX)))


def _sans_nos_coulisses(
    cellules: Mapping[tuple[int, int], Valeur],
) -> Mapping[tuple[int, int], Valeur]:
    """D'un registre que le modèle n'a plus, ce qui s'y lisait : ni clés, ni colonnes cachées."""
    cles = {
        place: valeur
        for place, valeur in cellules.items()
        if isinstance(valeur, str) and _CLE.fullmatch(valeur)
    }
    cachees = {place for place, cle in cles.items() if _COULISSE.search(cle)}
    if not cachees:
        return cellules
    ligne = min(cachees)[0]
    colonnes = {colonne for _, colonne in cachees}
    lisibles = {colonne for n, colonne in cles if n == ligne} - colonnes
    fin = max(lisibles, default=0)
    redits = {cellules.get((ligne + 1, colonne)) for colonne in lisibles}
    return {
        (n, colonne): valeur
        for (n, colonne), valeur in cellules.items()
        if (n > ligne and colonne not in colonnes)
        or (n < ligne and not (colonne > fin and (valeur in redits or _est_cachee(valeur))))
    }


def _est_cachee(valeur: Valeur) -> bool:
    return isinstance(valeur, str) and _COULISSE.search(valeur) is not None
