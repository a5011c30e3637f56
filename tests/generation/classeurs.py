"""Des classeurs générés, rouverts avec openpyxl ; le même, demandé deux fois, n'est fait qu'une."""

from __future__ import annotations

from contextlib import nullcontext
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from pilotage_xlsx.generation import generer, plan
from pilotage_xlsx.lecture.donnees import lire_donnees
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

_FAITS: dict[tuple[str, int], bytes] = {}


def octets(document: dict[str, Any] | None = None, *, entier: bool = False) -> bytes:
    """Les octets du classeur que ces données remplissent.

    Vierge ou ``entier``, il a toutes ses lignes prêtes ; sinon, ses tables sont courtes.
    """
    with nullcontext() if entier or not document else petites_tables():
        nom = repr(document or {}), plan.LIGNES_DE_RESERVE
        if nom not in _FAITS:
            registre, _ = lire_donnees(document or {}, modele(), Path("essai.xlsx"))
            _FAITS[nom] = generer(modele(), registre, AU)
        return _FAITS[nom]


def ouvrir(
    document: dict[str, Any] | None = None, *, en_valeurs: bool = False, entier: bool = False
) -> Workbook:
    """Le classeur, rouvert par un autre programme : ses formules, ou leurs valeurs.

    Il se partage : rien ne s'y écrit.
    """
    return _relire(octets(document, entier=entier), en_valeurs=en_valeurs)


@lru_cache(maxsize=4)
def _relire(classeur: bytes, *, en_valeurs: bool) -> Workbook:
    return load_workbook(BytesIO(classeur), data_only=en_valeurs)
