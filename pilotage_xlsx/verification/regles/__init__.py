"""Les règles, une famille par fichier : OUT-006 est dans `out.py`. Les y écrire les inscrit."""

from __future__ import annotations

from collections.abc import Mapping

FAMILLES: Mapping[str, str] = {
    "FIC": "Le fichier",
    "STR": "La structure du classeur",
    "CEL": "Une cellule",
    "OUT": "Les outils",
    "PRE": "Les prestataires",
    "DEC": "Les décisions",
    "INC": "Les incidents",
    "SIG": "Les signalements",
    "ECH": "Les échanges",
    "COM": "La commune",
    "ACC": "Les constats acceptés",
    "ENS": "Un ensemble de classeurs",
    "EVO": "Entre deux années",
}
"""De chaque préfixe, ce que ses règles regardent ; dans l'ordre où les familles se lisent.

Une famille est un fichier : `catalogue` y trouve ses règles.
"""
