r"""Les décisions de l'intervalle : celles qui peuvent expliquer un changement entre deux classeurs.

Ni refusées, ni abandonnées ; datées depuis le début de l'année du premier classeur (ou sans date
lisible) ; celles que le premier classeur disait déjà mises en œuvre n'expliquent plus rien.

>>> from tests.metier.evolution.annees import classeur
>>> avant = classeur("decisions | numero | date\n | D-2024-001 | 12.03.2024", 2025)
>>> apres = classeur("decisions | numero | date\n | D-2026-001 | 12.03.2026", 2026)
>>> [decision.texte("numero") for decision in Intervalle(avant, apres).decisions]
['D-2026-001']
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

import msgspec

from pilotage_xlsx.metier.evolution.prestataires import Prestataires
from pilotage_xlsx.metier.evolution.recit import Recit
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import ECARTEE
from pilotage_xlsx.registre import Ligne


class Intervalle(msgspec.Struct, frozen=True, dict=True, eq=False):
    """Ce qui s'est décidé entre deux classeurs, et les prestataires qu'ils ont en commun."""

    avant: Liens
    apres: Liens

    @cached_property
    def prestataires(self) -> Prestataires:
        """Les prestataires des deux classeurs, reconnus sous leurs écritures."""
        return Prestataires(self.avant, self.apres)

    @cached_property
    def decisions(self) -> tuple[Ligne, ...]:
        """Les décisions de l'intervalle ; celles que le second classeur a perdues à la fin."""
        gardees = tuple(d for d in self.apres.decisions if self._compte(d))
        perdues = tuple(
            d
            for d in self.avant.decisions
            if self.apres.etat.trouver("decisions", d.texte("numero")) is None and self._compte(d)
        )
        return (*gardees, *perdues)

    def sur(self, avant: Ligne | None, apres: Ligne | None, *noms: str | None) -> tuple[Ligne, ...]:
        """Celles que l'outil cite, qui le citent, ou qui parlent de lui ou d'un de ces ``noms``."""
        liees = {
            id(d)
            for liens, outil in ((self.avant, avant), (self.apres, apres))
            if outil is not None
            for d in liens.decisions_sur(outil)
        }
        tous = [ligne.texte("nom") for ligne in (avant, apres) if ligne is not None]
        cherches = [nom for nom in (*tous, *noms) if nom]
        dites = {rang for nom in cherches for rang in self._recit.qui_nomment(nom)}
        return tuple(d for rang, d in enumerate(self.decisions) if rang in dites or id(d) in liees)

    @cached_property
    def _recit(self) -> Recit:
        """Ce que disent les décisions des outils des deux classeurs et de leurs prestataires."""
        noms = (
            outil.texte(colonne)
            for liens in (self.avant, self.apres)
            for outil in liens.etat.lignes("outils")
            for colonne in ("nom", "prestataire")
        )
        return Recit(self.decisions, filter(None, noms))

    def _compte(self, decision: Ligne) -> bool:
        if self.apres.est(decision, ECARTEE):
            return False
        jour, annee = decision.date("date"), self.avant.registre.annee
        if jour is not None and annee is not None and jour < date(annee, 1, 1):
            return False
        ancienne = self.avant.etat.trouver("decisions", decision.texte("numero"))
        return ancienne is None or not self._etait_faite(ancienne)

    def _etait_faite(self, decision: Ligne) -> bool:
        fait_le, annee = decision.date("mise_en_oeuvre_le"), self.avant.registre.annee
        return fait_le is not None and (annee is None or fait_le.year <= annee)
