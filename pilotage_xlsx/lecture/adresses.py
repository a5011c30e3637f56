"""Les adresses d'une feuille sont au sol, dans `adresses` ; ce nom-ci reste le temps d'y passer."""

from pilotage_xlsx.adresses import (
    COLONNE_DE,
    COLONNES_MAX,
    LIGNES_MAX,
    lettres_de,
    situer,
    situer_plage,
)

__all__ = ["COLONNES_MAX", "COLONNE_DE", "LIGNES_MAX", "lettres_de", "situer", "situer_plage"]
