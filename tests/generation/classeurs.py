"""Des classeurs générés, rouverts avec openpyxl."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from tests.tableaux import AU, modele


def octets(document: dict[str, Any] | None = None) -> bytes:
    """Les octets du classeur que ces données remplissent."""
    registre, _ = lire_donnees(document or {}, modele(), Path("essai.xlsx"))
    return generer(modele(), registre, AU)


def ouvrir(document: dict[str, Any] | None = None, *, en_valeurs: bool = False) -> Workbook:
    """Le classeur, rouvert par un autre programme : ses formules, ou leurs valeurs."""
    return load_workbook(BytesIO(octets(document)), data_only=en_valeurs)
