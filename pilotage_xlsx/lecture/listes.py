"""Lire une liste faite ailleurs : un classeur .xlsx, .xlsm ou .ods, ou un texte séparé.

Ni registre ni modèle : des tableaux de cellules brutes, avec les bornes de toute lecture.
"""

from __future__ import annotations

from pilotage_xlsx.lecture.separes import lire_separes
from pilotage_xlsx.lecture.source import lire_source
from pilotage_xlsx.registre.tableaux import ListeRecue, TableauRecu
from pilotage_xlsx.socle.entree import MIO, EnMemoire, EntreeRefusee, Raison, Source, chemin_de
from pilotage_xlsx.socle.entree import lire as lire_le_fichier
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.paquet import (
    MEMOIRE_MAX,
    RefusDUnTexte,
    demesure,
    interrompu,
    ouvrir_tout,
)

_TEXTE_MAX = 16 * MIO
_TROP_LONG = demesure("plus de 16 Mo de texte")


def lire_une_liste(source: Source, limite: int) -> ListeRecue:
    """Les ``limite`` premières lignes remplies de chaque tableau ; `Refus` s'il ne se lit pas."""
    try:
        return _lire(source, limite)
    except (MemoryError, RecursionError):
        raise demesure("mémoire") from None
    except OSError:
        raise interrompu() from None


def _lire(source: Source, limite: int) -> ListeRecue:
    try:
        with ouvrir_tout(source, MEMOIRE_MAX) as paquet:
            classeur = lire_source(paquet)
            grilles = [classeur.lire(feuille, limite) for feuille in classeur.feuilles]
            return ListeRecue(
                tuple(
                    TableauRecu(g.feuille.nom, g.lignes, classeur.origine, g.est_entiere)
                    for g in grilles
                )
            )
    except RefusDUnTexte:
        pass
    nom = nommer_le_fichier(chemin_de(source).stem)
    return lire_separes(_octets(source), nom, limite)


def _octets(source: Source) -> bytes:
    try:
        octets = (
            source.octets if isinstance(source, EnMemoire) else lire_le_fichier(source, _TEXTE_MAX)
        )
    except EntreeRefusee as refusee:
        raise _TROP_LONG if refusee.cause is Raison.DEMESUREE else interrompu() from None
    if len(octets) > _TEXTE_MAX:
        raise _TROP_LONG
    return octets
