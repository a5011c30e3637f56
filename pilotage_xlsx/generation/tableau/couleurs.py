"""Les couleurs de « À faire » : une échéance passée, une échéance proche ; le mot est à côté."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.tableau.places import (
    AUJOURD_HUI,
    PREMIERE_TACHE,
    SEGMENT,
    TACHES_MONTREES,
)
from pilotage_xlsx.socle.tableur import (
    FAUTE,
    FAUTE_FOND,
    MANQUE,
    MANQUE_BORD,
    MANQUE_FOND,
    TRAIT,
    Classeur,
)

_SEGMENTS_A_TERME = 2
"""Les deux premiers segments (contrats, révisions) ont un terme ; les autres attendent."""


def colorer(classeur: Classeur, feuille: Worksheet) -> None:
    """Pose les deux règles sur le jour et le délai de chaque tâche."""
    passe = classeur.livre.add_format(
        {"bg_color": FAUTE_FOND, "font_color": FAUTE, "bold": True, "bottom": 1,
         "bottom_color": TRAIT}
    )  # fmt: skip
    proche = classeur.livre.add_format(
        {"bg_color": MANQUE_FOND, "font_color": MANQUE, "border": 1, "border_color": MANQUE_BORD}
    )
    fin = PREMIERE_TACHE + TACHES_MONTREES - 1
    segment, jour = f"${SEGMENT}{PREMIERE_TACHE}", f"$B{PREMIERE_TACHE}"
    a_terme = f"ISNUMBER({segment}),{segment}<={_SEGMENTS_A_TERME}"
    for compare, format_ in (("<", passe), (">=", proche)):
        critere = f"=AND({a_terme},{jour}{compare}{AUJOURD_HUI})"
        regle = {"type": "formula", "criteria": critere, "format": format_}
        feuille.conditional_format(f"B{PREMIERE_TACHE}:C{fin}", regle)
