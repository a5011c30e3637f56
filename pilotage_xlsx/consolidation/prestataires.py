"""Les prestataires d'un ensemble de classeurs, réunis sous un seul nom (voir `regroupement`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.regroupement import Regroupement
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre


def regrouper_les_prestataires(
    modele: Modele,
    registres: Iterable[Registre],
    correspondances: Mapping[str, str] | None = None,
) -> Regroupement:
    """Le regroupement des prestataires inscrits dans ces classeurs.

    ``correspondances`` : nom écrit → nom à montrer, ce que la personne a décidé.
    """
    return Ensemble(modele, tuple(registres), correspondances or {}).prestataires
