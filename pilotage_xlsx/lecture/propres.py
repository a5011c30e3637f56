"""Les feuilles propres à la commune, lues à la demande : `lire` n'en donne que le nom."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.lecture.registres import COUPEES_MAX
from pilotage_xlsx.lecture.source import lire_source
from pilotage_xlsx.registre import CelluleCoupee, FeuillePropre, Registre
from pilotage_xlsx.registre.genres import interpreter_libre
from pilotage_xlsx.socle.adresses import LIGNES_MAX, lettres_de
from pilotage_xlsx.socle.paquet import MEMOIRE_MAX, ouvrir_tout


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
    remplies = {place: valeur for place, valeur in valeurs.items() if valeur is not None}
    coupees = (
        f"{lettres_de(colonne)}{ligne}"
        for ligne, rangee in grille.lignes.items()
        for colonne, cellule in rangee.items()
        if isinstance(cellule, CelluleCoupee)
    )
    return FeuillePropre(grille.feuille.nom, remplies, tuple(islice(coupees, COUPEES_MAX)))
