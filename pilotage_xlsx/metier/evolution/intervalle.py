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

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from pilotage_xlsx.metier.evolution.prestataires import Prestataires
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import ECARTEE
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import mots, sans_forme_juridique
from pilotage_xlsx.socle.textes import cle

_SENS_MINIMAL = 4
"""En deçà, un nom est trop court pour se reconnaître dans une phrase."""


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
        cles = {cle(nom) for nom in cherches}
        suites = [mots(sans_forme_juridique(nom)) for nom in cherches]
        return tuple(
            dite.decision
            for dite in self._dites
            if id(dite.decision) in liees or dite.cites & cles or dite.parle_de(suites)
        )

    @cached_property
    def _dites(self) -> tuple[_Dite, ...]:
        """Ce que disent les décisions, défait en mots une fois pour tous les outils."""
        return tuple(map(_ecouter, self.decisions))

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


class _Dite(NamedTuple):
    """Une décision, les clés des outils qu'elle cite, et les mots de ses phrases."""

    decision: Ligne
    cites: frozenset[str]
    phrases: Sequence[Sequence[str]]

    def parle_de(self, noms: Sequence[Sequence[str]]) -> bool:
        """Vrai si elle écrit un de ces noms, donnés en mots sans leur forme juridique."""
        return any(_suit(nom, phrase) for nom in noms for phrase in self.phrases)


def _ecouter(decision: Ligne) -> _Dite:
    cites = decision.textes("outil")
    phrases = [mots(decision.texte(colonne) or "") for colonne in ("decision", "motif")]
    phrases += [mots(nom) for nom in cites]
    return _Dite(decision, frozenset(map(cle, cites)), phrases)


def _suit(nom: Sequence[str], phrase: Sequence[str]) -> bool:
    """Vrai si les mots du nom se suivent dans la phrase."""
    if sum(map(len, nom)) < _SENS_MINIMAL:
        return False
    return any(phrase[rang : rang + len(nom)] == nom for rang in range(len(phrase)))
