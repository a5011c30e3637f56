"""Les prestataires d'un ensemble de classeurs, réunis sous un seul nom (voir `regroupement`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pilotage_xlsx.registre import Registre
from pilotage_xlsx.regroupement import Regroupement, regrouper


def regrouper_les_prestataires(
    registres: Iterable[Registre], correspondances: Mapping[str, str] | None = None
) -> Regroupement:
    """Le regroupement des prestataires inscrits dans ces classeurs.

    ``correspondances`` : nom écrit → nom à montrer, ce que la personne a décidé.
    """
    inscriptions = (inscription for registre in registres for inscription in inscrits(registre))
    return regrouper(inscriptions, correspondances)


def inscrits(registre: Registre) -> Iterator[tuple[str, str]]:
    """Le nom et l'IDE (ou rien) de chaque ligne du registre des prestataires."""
    for ligne in registre.lignes("prestataires"):
        if nom := ligne.texte("nom"):
            yield nom, ligne.texte("ide") or ""
