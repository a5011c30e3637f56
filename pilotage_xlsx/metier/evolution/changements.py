"""Ce qui change d'un classeur à l'autre : une donnée figée, que chacun montre à sa façon.

>>> from pilotage_xlsx.registre import Lieu
>>> ged = Ligne(Lieu("valmarin.xlsx", "outils", "Outils", 5, {}), 6, {"nom": "GED"})
>>> apparu = NatureDeChangement.APPARU
>>> Changement(apparu, "nom", None, ged, exige_une_decision=True).est_sans_decision
True
>>> Changement(apparu, "nom", None, ged, (ged,), exige_une_decision=True).est_sans_decision
False
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.longueur import en_bref


class NatureDeChangement(StrEnum):
    """Ce qui arrive à un outil ; les valeurs sont celles du JSON de ``comparer``."""

    APPARU = "apparu"
    DISPARU = "disparu"
    RENOMME = "renomme"
    PRESTATAIRE = "prestataire"
    COUT = "cout"
    LIEU = "lieu_donnees"
    CRITICITE = "criticite"
    REMPLACEMENT = "remplacement"
    RECUPERATION = "recuperation"
    INSCRIT = "inscrit"
    PROJET = "projet"


class Changement(msgspec.Struct, frozen=True, eq=False):
    """Un fait nouveau sur un outil : sa ligne avant, sa ligne après (l'une peut manquer).

    ``colonne`` : celle qui le montre. ``decisions`` : celles de l'intervalle qui s'y rattachent.
    ``exige_une_decision`` : le changement est durable, et ni faute ni feuille absente ne cache la
    décision qui manquerait. ``raisons`` : pourquoi un renommage est proposé. ``est_anticipe`` :
    fait avant la décision, car chacune de ses ``decisions`` n'est encore que proposée.
    """

    nature: NatureDeChangement
    colonne: str
    avant: Ligne | None
    apres: Ligne | None
    decisions: tuple[Ligne, ...] = ()
    exige_une_decision: bool = False
    raisons: tuple[str, ...] = ()
    est_anticipe: bool = False

    @property
    def est_sans_decision(self) -> bool:
        """Vrai si le changement est durable et qu'aucune décision ne l'explique (EVO)."""
        return self.exige_une_decision and not self.decisions

    @property
    def outil(self) -> Ligne:
        """La ligne qui nomme l'outil : la plus récente (`ValueError` s'il n'y en a aucune)."""
        ligne = self.apres if self.apres is not None else self.avant
        if ligne is None:
            raise ValueError("Un changement porte sur une ligne au moins.")
        return ligne


class Evolution(msgspec.Struct, frozen=True, eq=False):
    """D'un classeur à l'autre, du plus ancien au plus récent.

    ``changements`` : par nature, puis dans l'ordre de la feuille. ``decisions`` : toutes celles de
    l'intervalle. ``remarques`` : ce qu'il faut savoir avant de lire (ordre, commune, n° OFS…).
    """

    avant: Liens
    apres: Liens
    changements: tuple[Changement, ...]
    decisions: tuple[Ligne, ...]
    remarques: tuple[str, ...] = ()

    def __repr__(self) -> str:
        avant, apres = self.avant.registre, self.apres.registre
        resume = f"{len(self.changements)} changements, {len(self.sans_decision)} sans décision"
        return en_bref(f"Evolution de {avant.annee} à {apres.annee}, {apres.nom} : {resume}")

    def de_nature(self, *natures: NatureDeChangement) -> tuple[Changement, ...]:
        """Les changements de ces natures."""
        return tuple(c for c in self.changements if c.nature in natures)

    @property
    def sans_decision(self) -> tuple[Changement, ...]:
        """Les changements durables qu'aucune décision n'explique."""
        return tuple(c for c in self.changements if c.est_sans_decision)

    @property
    def anticipes(self) -> tuple[Changement, ...]:
        """Les changements durables faits avant la décision, qui n'est que proposée."""
        return tuple(c for c in self.changements if c.est_anticipe)
