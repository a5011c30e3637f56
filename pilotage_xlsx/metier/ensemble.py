r"""Un ensemble : plusieurs classeurs lus d'après un même modèle, et ce qui s'y réunit.

>>> from tests.tableaux import modele, registre
>>> lus = [registre(f"prestataires | nom\n | {nom}") for nom in ("Alpha SA", "ALPHA S.A.")]
>>> ensemble = Ensemble(modele(), tuple(lus))
>>> [groupe.nom for groupe in ensemble.prestataires.groupes]
['Alpha SA']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from pilotage_xlsx.metier.copies import Ecart
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre

if TYPE_CHECKING:
    from pilotage_xlsx.metier.regroupement import Regroupement


class Ensemble(msgspec.Struct, frozen=True, dict=True, eq=False):
    """Plusieurs classeurs lus d'après un même modèle, dans l'ordre reçu.

    ``copies`` : ceux qui semblent deux copies d'un même, et ce qui y diffère.
    ``correspondances`` : nom de prestataire écrit → nom à montrer, ce que la personne a décidé.
    """

    modele: Modele
    registres: tuple[Registre, ...]
    correspondances: Mapping[str, str] = msgspec.field(default_factory=dict)
    copies: tuple[tuple[Registre, Registre, tuple[Ecart, ...]], ...] = ()

    def lisibles(self) -> Iterator[Registre]:
        """Les classeurs qui ont pu être lus."""
        return (registre for registre in self.registres if registre.refus is None)

    @cached_property
    def prestataires(self) -> Regroupement:
        """Les prestataires de tous les classeurs, réunis sous un seul nom ou proposés."""
        from pilotage_xlsx.metier.regroupement import regrouper  # noqa: PLC0415 — un seul s'en passe

        lignes = (ligne for r in self.lisibles() for ligne in r.lignes("prestataires"))
        inscrits = (
            (nom, ligne.texte("ide") or "") for ligne in lignes if (nom := ligne.texte("nom"))
        )
        return regrouper(inscrits, self.correspondances)
