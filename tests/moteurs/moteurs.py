"""Quatre moteurs de calcul, une seule façon de s'en servir : des fichiers, puis leurs valeurs.

Chaque moteur reçoit une copie préparée (``fichiers.preparer``) : il doit tout calculer. Ceux qui
sont des modules Python vivent dans un processus à eux, car ils peuvent tomber ou ne jamais finir.
``PYTHON_DES_MOTEURS`` : un autre Python, où ils sont installés.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.moteurs.fichiers import Adresse, Valeur, lire_classeur, preparer

Valeurs = Mapping[Adresse, Valeur]
PYTHON = os.environ.get("PYTHON_DES_MOTEURS", sys.executable)
CAMPAGNE = int(os.environ.get("MOTEURS", "0"))
"""Le nombre de remplissages d'une longue campagne ; la porte, elle, en joue peu."""
ATTENTE = 120
"""Secondes au plus, pour un classeur."""

_ICI = Path(__file__).resolve().parent


class MoteurEnPanne(Exception):
    """Un moteur est tombé, ou n'a pas fini : lequel, sur quel fichier, comment."""


def _identique(texte: str) -> str:
    return texte


@dataclass(frozen=True, slots=True)
class Moteur:
    """Un moteur : ce qui manque pour s'en servir, et comment il calcule des fichiers préparés."""

    nom: str
    absence: Callable[[], str | None]
    calculer_prepares: Callable[[Sequence[Path], Path], list[Valeurs]]
    traduire: Callable[[str], str] = _identique
    """Ce que tout texte du classeur devient pour lui, et ce que l'on attend de lui."""

    def calculer(self, classeurs: Sequence[Path], dossier: Path, au: date) -> list[Valeurs]:
        """Ce que le moteur trouve dans chaque classeur, au jour dit."""
        prepares = dossier / "prepares"
        prepares.mkdir(parents=True)
        copies = [prepares / f"{rang}.xlsx" for rang in range(len(classeurs))]
        for classeur, copie in zip(classeurs, copies, strict=True):
            preparer(classeur, copie, au, self.traduire)
        return self.calculer_prepares(copies, dossier)


def _par_libreoffice(copies: Sequence[Path], dossier: Path) -> list[Valeurs]:
    """Un seul LibreOffice pour tous."""
    enregistrer(copies, dossier)
    return [lire_classeur(dossier / copie.name).valeurs for copie in copies]


def _par_gnumeric(copies: Sequence[Path], dossier: Path) -> list[Valeurs]:
    return [_convertir_par_gnumeric(copie, dossier / copie.name) for copie in copies]


def _convertir_par_gnumeric(copie: Path, sortie: Path) -> Valeurs:
    _lancer("Gnumeric", copie, "ssconvert", "--recalc", str(copie), str(sortie))
    return lire_classeur(sortie).valeurs


def _par_ironcalc(copies: Sequence[Path], dossier: Path) -> list[Valeurs]:
    return [_calculer_par_ironcalc(copie, dossier / f"{copie.stem}.json") for copie in copies]


def _calculer_par_ironcalc(copie: Path, sortie: Path, *suite: str) -> Valeurs:
    programme = str(_ICI / "ouvrier_ironcalc.py")
    _lancer("IronCalc", copie, PYTHON, programme, str(copie), str(sortie), *suite)
    return _valeurs_en_json(sortie)


def faire_par_ironcalc(classeur: Path, gestes: Sequence[Any], dossier: Path, au: date) -> Path:
    """Des gestes faits par IronCalc lui-même : ce qu'il enregistre ensuite, recalculé.

    Un geste : son nom, la feuille, le rang, le nombre (voir ``ouvrier_ironcalc.GESTES``).
    """
    copie, ordres, sortie = (dossier / nom for nom in ("avant.xlsx", "gestes.json", "apres.xlsx"))
    preparer(classeur, copie, au)
    ordres.write_text(json.dumps(gestes), "utf-8")
    _calculer_par_ironcalc(copie, dossier / "apres.json", str(ordres), str(sortie))
    return sortie


def _par_formualizer(copies: Sequence[Path], dossier: Path) -> list[Valeurs]:
    return [_calculer_par_formualizer(copie, dossier / f"{copie.stem}.json") for copie in copies]


def _calculer_par_formualizer(copie: Path, sortie: Path) -> Valeurs:
    cellules = sortie.with_suffix(".cellules")
    lieux = [(f, a, *coordinate_to_tuple(a)) for f, a in lire_classeur(copie).formules]
    cellules.write_text(json.dumps(lieux), "utf-8")
    programme = str(_ICI / "ouvrier_formualizer.py")
    _lancer("formualizer", copie, PYTHON, programme, str(copie), str(cellules), str(sortie))
    return _valeurs_en_json(sortie)


def _valeurs_en_json(chemin: Path) -> Valeurs:
    feuilles = json.loads(chemin.read_text("utf-8"))
    return {(f, a): valeur for f, cellules in feuilles.items() for a, valeur in cellules.items()}


def _lancer(moteur: str, copie: Path, *commande: str) -> None:
    try:
        joue = subprocess.run(
            commande, capture_output=True, check=False, timeout=ATTENTE, errors="replace", text=True
        )
    except subprocess.TimeoutExpired:
        raise MoteurEnPanne(f"{moteur}, {copie} : pas fini après {ATTENTE} s.") from None
    if joue.returncode:
        raise MoteurEnPanne(f"{moteur}, {copie} : {joue.stderr.strip()[-500:]}")


def _module_absent(module: str) -> Callable[[], str | None]:
    @lru_cache(maxsize=1)
    def absence() -> str | None:
        essai = subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False)
        return f"{module} n'est pas installé (extra « tests »)" if essai.returncode else None

    return absence


def _libreoffice_absent() -> str | None:
    return None if SOFFICE else RAISON


def _gnumeric_absent() -> str | None:
    return None if shutil.which("ssconvert") else "ssconvert n'est pas installé (paquet gnumeric)"


def _sans_capitales_accentuees(texte: str) -> str:
    """formualizer ne connaît la casse que de l'ASCII : « É » n'y est pas « é »."""
    return "".join(c if c.isascii() else c.lower() for c in texte)


LIBREOFFICE = Moteur("LibreOffice", _libreoffice_absent, _par_libreoffice)
GNUMERIC = Moteur("Gnumeric", _gnumeric_absent, _par_gnumeric)
IRONCALC = Moteur("IronCalc", _module_absent("ironcalc"), _par_ironcalc)
FORMUALIZER = Moteur(
    "formualizer", _module_absent("formualizer"), _par_formualizer, _sans_capitales_accentuees
)
MOTEURS = (LIBREOFFICE, GNUMERIC, IRONCALC, FORMUALIZER)

par_moteur = pytest.mark.parametrize("moteur", [pytest.param(m, id=m.nom) for m in MOTEURS])
"""Un essai par moteur."""
