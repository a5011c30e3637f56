"""Corriger : sur une copie, les cellules dont la réparation ne fait aucun doute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from pilotage_xlsx.retouche.classeur import ClasseurARetoucher, ouvrir_pour_retoucher
from pilotage_xlsx.retouche.copie import Copie, CopieRetouchee
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.origine import oublier
from pilotage_xlsx.retouche.schema import exiger
from pilotage_xlsx.retouche.valeurs import (
    Recriture,
    ValeurEcrite,
    a_des_resultats,
    oublier_les_resultats,
)
from pilotage_xlsx.socle.entree import Source
from pilotage_xlsx.socle.paquet import ouvrir

Adresse = tuple[str, int, int]
"""Une feuille, une ligne, une colonne."""


class Correction(NamedTuple):
    """La copie corrigée, et les cellules qui y ont changé : jamais celle d'une formule."""

    copie: Copie
    faites: frozenset[Adresse]


@contextmanager
def corriger(
    source: Source,
    valeurs: Mapping[Adresse, ValeurEcrite],
    gardees: Mapping[str, Collection[Place]],
) -> Iterator[Correction]:
    """La copie du classeur où ces cellules, déjà remplies, ont ces valeurs.

    ``gardees`` : par feuille, les cellules que le contrôle lit ; une formule y garde son résultat.
    Les autres formules le perdent, pour que tout tableur les recalcule. `Refus` si le classeur ne
    se lit pas.
    """
    with ouvrir(source) as paquet:
        classeur = ouvrir_pour_retoucher(paquet)
        oublier(classeur.archive)
        faites = frozenset(_recrire(classeur, valeurs))
        faire_recalculer(classeur, gardees)
        yield Correction(CopieRetouchee(classeur.archive), faites)


def _recrire(
    classeur: ClasseurARetoucher, valeurs: Mapping[Adresse, ValeurEcrite]
) -> Iterator[Adresse]:
    recriture = Recriture(classeur)
    for nom, siennes in _par_feuille(valeurs).items():
        if feuille := classeur.feuilles.get(nom):
            yield from ((nom, *place) for place in recriture.recrire(feuille, siennes))
            feuille.ranger()


def _par_feuille(
    valeurs: Mapping[Adresse, ValeurEcrite],
) -> Mapping[str, Mapping[Place, ValeurEcrite]]:
    feuilles: dict[str, dict[Place, ValeurEcrite]] = defaultdict(dict)
    for (nom, ligne, colonne), valeur in valeurs.items():
        feuilles[nom][ligne, colonne] = valeur
    return feuilles


def faire_recalculer(
    classeur: ClasseurARetoucher, gardees: Mapping[str, Collection[Place]]
) -> None:
    """Les formules perdent leur résultat, sauf dans ``gardees`` : tout tableur les recalculera."""
    for feuille in classeur.distinctes:
        if a_des_resultats(classeur.archive.lire(feuille.partie)):
            oublier_les_resultats(feuille.racine, gardees.get(feuille.nom, ()))
        feuille.ranger()
    exiger(classeur.racine, "calcPr").set("fullCalcOnLoad", "1")
