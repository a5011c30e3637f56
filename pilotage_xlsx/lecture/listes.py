"""Lire une liste faite ailleurs : un classeur .xlsx, .xlsm ou .ods, ou un texte séparé.

Ni registre ni modèle : des tableaux de cellules brutes, avec les bornes de toute lecture. Un texte
ou une date dont la cellule descend sur plusieurs lignes y vaut pour chacune ; un nombre, non : le
prix de trois logiciels ne se compte pas trois fois.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from pilotage_xlsx.lecture.feuilletage import CELLULES_MAX
from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.lecture.separes import lire_separes
from pilotage_xlsx.lecture.source import lire_source
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.registre.genres import lire_nombre
from pilotage_xlsx.registre.tableaux import ListeRecue, Rang, TableauRecu
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
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import nombre

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
            etendues = [_etendre(grille) for grille in grilles]
            tableaux = (
                TableauRecu(g.feuille.nom, lignes, classeur.origine, g.est_entiere, g.fusions)
                for g, (lignes, _) in zip(grilles, etendues, strict=True)
            )
            remarques = (
                _dire_les_fusions(grille.feuille.nom, combien)
                for grille, (_, combien) in zip(grilles, etendues, strict=True)
                if combien
            )
            return ListeRecue(tuple(tableaux), tuple(remarques), classeur.version is not None)
    except RefusDUnTexte:
        pass
    nom = nommer_le_fichier(chemin_de(source).stem)
    return lire_separes(_octets(source), nom, limite)


def _etendre(grille: Grille) -> tuple[Mapping[int, Rang], int]:
    """Les lignes, un texte fusionné sur plusieurs recopié sur chacune ; et combien de recopies."""
    if not grille.fusions:
        return grille.lignes, 0
    lignes = {numero: dict(rang) for numero, rang in grille.lignes.items()}
    numeros, copies = list(lignes), 0
    for haut, gauche, bas, _ in grille.fusions:
        cellule = lignes.get(haut, {}).get(gauche)
        if cellule is None or haut == bas or _est_une_quantite(cellule):
            continue
        sous = numeros[bisect_right(numeros, haut) : bisect_right(numeros, bas)]
        dessous = [numero for numero in sous if gauche not in lignes[numero]]
        copies += len(sous)
        if copies > CELLULES_MAX:
            raise demesure("cellules fusionnées")
        for numero in dessous:
            lignes[numero][gauche] = cellule
    return lignes, copies


def _est_une_quantite(cellule: Cellule) -> bool:
    if cellule.nature is NatureDeCellule.TEXTE:
        return lire_nombre(cellule.texte) is not None
    return not cellule.est_date


def _dire_les_fusions(tableau: Texte, copies: int) -> str:
    quoi = "cellule fusionnée" if copies == 1 else "cellules fusionnées"
    return (
        f"{tableau} : {nombre(copies)} {quoi} sur plusieurs lignes : leur texte est recopié sur "
        "chacune."
    )


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
