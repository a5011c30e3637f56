"""L'épreuve commune : des classeurs, un moteur, ce qui est attendu ; tout écart est une faute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.moteurs.bilan import comparer
from tests.moteurs.fichiers import Adresse, Classeur, Valeur, ouvrir_classeur
from tests.moteurs.moteurs import Moteur
from tests.moteurs.verite import attendre
from tests.tableaux import AU, modele

PART_COMPAREE = 0.9
"""En deçà, un moteur passe trop de cellules pour que son accord dise quelque chose."""

Attendre = Callable[[Path, Classeur], Mapping[Adresse, Valeur]]


class Epreuve(NamedTuple):
    """Un classeur, et ce qui y est attendu."""

    chemin: Path
    attendre: Attendre


def ecrites(_: Path, classeur: Classeur) -> Mapping[Adresse, Valeur]:
    """Un classeur que nous venons d'écrire porte déjà la valeur juste de chaque formule."""
    return classeur.valeurs


@lru_cache(maxsize=32)
def _juger(chemin: Path) -> Mapping[Adresse, Valeur]:
    return attendre(chemin, ouvrir_classeur(chemin), modele())


def jugees(chemin: Path, _: Classeur) -> Mapping[Adresse, Valeur]:
    """Un classeur rempli ou changé par d'autres mains est relu, et jugé."""
    return _juger(chemin)


def verifier(moteur: Moteur, epreuves: Sequence[Epreuve], dossier: Path) -> None:
    """Le moteur trouve, dans chaque classeur, ce qui est attendu."""
    if absence := moteur.absence():
        pytest.skip(absence)
    bilans = []
    chemins = [epreuve.chemin for epreuve in epreuves]
    calcules = moteur.calculer(chemins, dossier, AU)
    for (chemin, attendre_de), obtenues in zip(epreuves, calcules, strict=True):
        classeur = ouvrir_classeur(chemin)
        attendues = attendre_de(chemin, classeur)
        assert attendues
        bilans.append((chemin.stem, comparer(moteur, classeur, attendues, obtenues)))
    faux = [f"{nom}, {bilan.dire()}" for nom, bilan in bilans if bilan.ecarts]
    assert not faux, "\n".join(faux)
    assert {nom for nom, bilan in bilans if bilan.part_comparee < PART_COMPAREE} == set()
