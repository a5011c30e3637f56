"""Un jeu étiqueté de raisons sociales, et ce que le regroupement en fait, compté par paires."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from pilotage_xlsx.metier.regroupement import regrouper

Ecriture = tuple[str, str]


class Mesure(NamedTuple):
    """Paires réunies à raison, à tort, et laissées à part ; sur ``ecritures`` façons d'écrire."""

    ecritures: int
    justes: int
    fausses: frozenset[tuple[str, str]]
    manquees: frozenset[tuple[str, str]]

    @property
    def precision(self) -> float:
        """La part de ce qui est réuni qui devait l'être."""
        return self.justes / (self.justes + len(self.fausses))

    @property
    def rappel(self) -> float:
        """La part de ce qui devait être réuni qui l'est."""
        return self.justes / (self.justes + len(self.manquees))


def charger(nom: str) -> list[list[Ecriture]]:
    """Les entreprises du jeu, chacune avec ses façons d'être écrite (nom, IDE ou rien)."""
    texte = Path(__file__).with_name(f"{nom}.txt").read_text("utf-8")
    lignes = [ligne for ligne in texte.splitlines() if not ligne.startswith("#")]
    paragraphes = "\n".join(lignes).strip().split("\n\n")
    return [[_lire(ligne) for ligne in p.splitlines()] for p in paragraphes]


def _lire(ligne: str) -> Ecriture:
    nom, _, ide = (part.strip() for part in ligne.partition("|"))
    return nom, ide


def mesurer(entreprises: list[list[Ecriture]]) -> Mesure:
    """Compare, paire par paire, ce qui est réuni d'office à ce qui devait l'être."""
    ecritures = [ecriture for entreprise in entreprises for ecriture in entreprise]
    regroupement = regrouper(ecritures)
    voulues = {frozenset(p) for entreprise in entreprises for p in combinations(entreprise, 2)}
    reunies = {
        frozenset((une, autre))
        for une, autre in combinations(ecritures, 2)
        if regroupement.groupe(*une) is regroupement.groupe(*autre)
    }
    return Mesure(
        len(ecritures), len(voulues & reunies), _nommer(reunies - voulues),
        _nommer(voulues - reunies),
    )  # fmt: skip


def _nommer(paires: set[frozenset[Ecriture]]) -> frozenset[tuple[str, str]]:
    return frozenset(tuple(sorted(nom for nom, _ in paire)) for paire in paires)  # type: ignore[misc]
