"""Fusionner : chaque cellule reçue, comptée ; celle qui ne se retrouve nulle part est perdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import chain

import msgspec

from pilotage_xlsx.generation.fusion.reunion import Fusion, Passage, Renommage
from pilotage_xlsx.registre import FeuillePropre, Valeur, est_remise
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.textes import cle


class SortDeCellule(Enum):
    """Ce que devient une cellule reçue."""

    INSCRITE = "inscrite"
    SUIVIE = "suivie"
    MONTREE = "montree"
    SANS_REPONSE = "sans_reponse"
    PERDUE = "perdue"


class BilanDeFusion(msgspec.Struct, frozen=True):
    """Toutes les cellules reçues, par commune, et ce qu'elles sont devenues."""

    recues: Mapping[str, int]
    sorts: Mapping[SortDeCellule, int]
    de_leurs_feuilles: int


def compter(fusion: Fusion, montrees: FeuillePropre) -> BilanDeFusion:
    """Le bilan d'une fusion, d'après ce qui est inscrit et ce que sa feuille montre.

    Une citation d'un numéro changé est suivie ; une valeur opposée à une autre, ou d'un total, se
    retrouve sur la feuille ``montrees``.
    """
    textes = Counter(cle(afficher(valeur)) for valeur in montrees.cellules.values())
    recues: Counter[str] = Counter()
    sorts: Counter[SortDeCellule] = Counter()
    for passage in fusion.passages:
        for sort in _sorts(passage, textes, fusion.changements):
            recues[passage.commune] += 1
            sorts[sort] += 1
    siennes = sum(len(propre.cellules) for propre in fusion.propres)
    return BilanDeFusion(recues, sorts, siennes)


def _sorts(
    passage: Passage, textes: Mapping[str, int], changements: tuple[Renommage, ...]
) -> Iterator[SortDeCellule]:
    recue, ou = passage.recue, passage.inscrite
    paires = chain(
        ((valeur, ou.valeurs.get(nom) if ou else None) for nom, valeur in recue.valeurs.items()),
        ((valeur, ou.propres.get(nom) if ou else None) for nom, valeur in recue.propres.items()),
    )
    neufs = {cle(c.avant): c.apres for c in changements if c.commune == passage.commune}
    for valeur, inscrite in paires:
        yield _sort(valeur, inscrite, textes, neufs)


def _sort(
    valeur: Valeur, inscrite: Valeur | None, textes: Mapping[str, int], neufs: Mapping[str, str]
) -> SortDeCellule:
    noms = valeur if isinstance(valeur, tuple) else (afficher(valeur),)
    lus = inscrite if isinstance(inscrite, tuple) else (afficher(inscrite),)
    dits = {*map(cle, lus)}
    if {*map(cle, noms)} <= dits:
        return SortDeCellule.INSCRITE
    if {cle(neufs.get(cle(nom), nom)) for nom in noms} <= dits:
        return SortDeCellule.SUIVIE
    if cle(afficher(valeur)) in textes:
        return SortDeCellule.MONTREE
    return SortDeCellule.SANS_REPONSE if est_remise(valeur) else SortDeCellule.PERDUE
