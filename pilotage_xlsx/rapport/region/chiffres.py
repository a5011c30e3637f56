"""Les chiffres d'une région : ceux de ses communes, et leurs sommes.

Rien de personnel n'en sort : des noms de communes et des comptes, ni outil, ni personne, ni
description. Les communes se suivent par ordre alphabétique : aucune n'est classée.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pilotage_xlsx.metier.chiffres import D_UNE_ANNEE, du_rapport
from pilotage_xlsx.metier.mesure import Mesures
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.socle.textes import cle_large


@dataclass(frozen=True, slots=True)
class Region:
    """Les rapports d'une même année, une commune chacun, par ordre alphabétique.

    ``mesures`` : les chiffres qui s'additionnent ; ``anciennes`` : les cinq de l'an passé, si
    chaque commune les a.
    """

    annee: int
    au: date
    communes: tuple[Rapport, ...]
    mesures: Mesures
    anciennes: Mesures | None

    def somme(self, compter: Callable[[Rapport], int]) -> int:
        """La somme d'un compte sur toutes les communes."""
        return sum(map(compter, self.communes))


def reunir(rapports: Sequence[Rapport], *, annee: int, au: date) -> Region:
    """La région que forment ces rapports, tous de la même année."""
    communes = tuple(sorted(rapports, key=lambda rapport: cle_large(rapport.nom)))
    anciennes = [rapport.anciennes for rapport in communes if rapport.anciennes is not None]
    est_connue = bool(communes) and len(anciennes) == len(communes)
    return Region(
        annee,
        au,
        communes,
        Mesures.reunir([rapport.mesures for rapport in communes], du_rapport()),
        Mesures.reunir(anciennes, D_UNE_ANNEE) if est_connue else None,
    )
