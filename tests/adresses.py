"""L'adresse d'une cellule de nos classeurs, où que le plan mette sa colonne."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pilotage_xlsx.generation.plan import Plan, planifier
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.adresses import lettres_de
from tests.tableaux import modele


@lru_cache(maxsize=1)
def _plan() -> Plan:
    return planifier(modele(), Registre(Path("vierge.xlsx")))


def rang(registre: str, colonne: str) -> int:
    """Le numéro de cette colonne de ce registre."""
    return _plan().registre(registre).rang(colonne)


def case(registre: str, colonne: str, ligne: int) -> str:
    """« D7 » : cette colonne de ce registre, à cette ligne."""
    return f"{lettres_de(rang(registre, colonne))}{ligne}"
