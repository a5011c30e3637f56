"""Les chiffres d'une région : ceux de ses communes, et leurs sommes.

Rien de personnel n'en sort : des noms de communes et des comptes, ni outil, ni personne, ni
description. Les communes se suivent par ordre alphabétique : aucune n'est classée.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pilotage_xlsx.rapport.chiffres import Chiffre, Compte, Mesure, Rapport
from pilotage_xlsx.socle.textes import cle_large


@dataclass(frozen=True, slots=True)
class Region:
    """Les rapports d'une même année, une commune chacun, par ordre alphabétique."""

    annee: int
    au: date
    communes: tuple[Rapport, ...]

    def somme(self, compter: Callable[[Rapport], float]) -> float:
        """La somme d'un compte sur toutes les communes."""
        return round(sum(compter(commune) for commune in self.communes), 2)

    @property
    def cinq(self) -> tuple[Chiffre, ...]:
        """Les cinq chiffres de la région ; ceux de l'an passé seulement si chaque commune les a."""
        return tuple(self._chiffre(rang, mesure) for rang, mesure in enumerate(Mesure))

    def _chiffre(self, rang: int, mesure: Mesure) -> Chiffre:
        chiffres = [commune.cinq[rang] for commune in self.communes]
        anciens = [c.precedent for c in chiffres if c.precedent is not None]
        est_connu = bool(chiffres) and len(anciens) == len(chiffres)
        return Chiffre(
            mesure, _sommer([c.compte for c in chiffres]), _sommer(anciens) if est_connu else None
        )


def reunir(rapports: Sequence[Rapport], *, annee: int, au: date) -> Region:
    """La région que forment ces rapports, tous de la même année."""
    return Region(annee, au, tuple(sorted(rapports, key=lambda rapport: cle_large(rapport.nom))))


def _sommer(comptes: Sequence[Compte]) -> Compte:
    """La somme ; son total aussi, s'il en a un ; les lignes de toutes les communes."""
    totaux = [compte.sur for compte in comptes if compte.sur is not None]
    return Compte(
        round(sum(compte.valeur for compte in comptes), 2),
        sum(totaux) if totaux else None,
        tuple(ligne for compte in comptes for ligne in compte.lignes),
        sum(compte.sans_objet for compte in comptes),
    )
