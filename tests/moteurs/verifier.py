"""L'épreuve commune : des classeurs, un moteur, ce qui est attendu ; tout écart est une faute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.moteurs.bilan import comparer
from tests.moteurs.fichiers import Adresse, Classeur, Valeur, lire_classeur
from tests.moteurs.moteurs import Moteur
from tests.moteurs.verite import attendre
from tests.tableaux import AU, modele

PART_COMPAREE = 0.9
"""En deçà, un moteur passe trop de cellules pour que son accord dise quelque chose."""

Attendre = Callable[[Path, Classeur], dict[Adresse, Valeur]]


def ecrites(_: Path, classeur: Classeur) -> dict[Adresse, Valeur]:
    """Un classeur que nous venons d'écrire porte déjà la valeur juste de chaque formule."""
    return classeur.valeurs


def jugees(chemin: Path, classeur: Classeur) -> dict[Adresse, Valeur]:
    """Un classeur rempli ou changé par d'autres mains est relu, et jugé."""
    return attendre(chemin, classeur, modele())


def verifier(moteur: Moteur, chemins: Sequence[Path], attendre_de: Attendre, dossier: Path) -> None:
    """Le moteur trouve, dans chaque classeur, ce qui est attendu."""
    if absence := moteur.absence():
        pytest.skip(absence)
    bilans = []
    for chemin, obtenues in zip(chemins, moteur.calculer(chemins, dossier, AU), strict=True):
        classeur = lire_classeur(chemin)
        attendues = attendre_de(chemin, classeur)
        assert attendues
        bilans.append((chemin.stem, comparer(moteur, classeur, attendues, obtenues)))
    faux = [f"{nom}, {bilan.dire()}" for nom, bilan in bilans if bilan.ecarts]
    assert not faux, "\n".join(faux)
    assert {nom for nom, bilan in bilans if bilan.part_comparee < PART_COMPAREE} == set()
