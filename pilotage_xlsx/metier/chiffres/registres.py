"""L'état des registres : ce qui manque, ce qui reste à clarifier.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... outils | nom | criticite   | sauvegarde  | domaine
...        | GED | À clarifier | À clarifier | Archivage
... ''')
>>> libelles_a_clarifier(liens, liens.outils[0]), A_CLARIFIER.mesurer(liens, 2026).valeur
(('Criticité', 'Sauvegarde'), 2)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.metier.etat import a_clarifier
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import Addition, Chapitre, Chiffre, Part
from pilotage_xlsx.registre import Ligne


def libelles_a_clarifier(liens: Liens, ligne: Ligne) -> tuple[str, ...]:
    """Les libellés de ses cellules « À clarifier », dans l'ordre des colonnes."""
    feuille = liens.modele.par_id[ligne.lieu.registre]
    return tuple(colonne.libelle for colonne in a_clarifier(feuille, ligne))


def _incompletes(liens: Liens, _: int | None) -> Iterator[Ligne]:
    etat = liens.etat
    for feuille in liens.modele.registres:
        for ligne in etat.en_vigueur(feuille.id):
            if not etat.est_complete(feuille, ligne):
                yield ligne


def _par_registre(liens: Liens, lignes: Sequence[Ligne]) -> Iterator[Part]:
    for feuille in liens.modele.registres:
        yield feuille.libelle, tuple(o for o in lignes if o.lieu.registre == feuille.id)


def _a_clarifier(liens: Liens, _: int | None) -> Iterator[Ligne]:
    """Les registres d'abord, la fiche de la commune en dernier."""
    for feuille in (*liens.modele.registres, liens.modele.fiche):
        for ligne in liens.etat.en_vigueur(feuille.id):
            if libelles_a_clarifier(liens, ligne):
                yield ligne


INCOMPLETES = Chiffre(
    "lignes_incompletes",
    "lignes incomplètes",
    Chapitre.REGISTRES,
    _incompletes,
    addition=Addition.AUCUNE,
    parts=_par_registre,
)
A_CLARIFIER = Chiffre(
    "a_clarifier",
    "points à clarifier",
    Chapitre.REGISTRES,
    _a_clarifier,
    singulier="point à clarifier",
    valeur=lambda liens, lignes: sum(len(libelles_a_clarifier(liens, o)) for o in lignes),
    colonne="Points à clarifier",
)
