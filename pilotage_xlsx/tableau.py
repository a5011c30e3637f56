"""Ce que le contrôle demande encore ici ; sa place est `metier.jugements`."""

from __future__ import annotations

from pilotage_xlsx.metier.jugements import est_captif, groupe_etranger

__all__ = ["est_captif", "groupe_etranger"]
