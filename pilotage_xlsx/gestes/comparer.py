"""Comparer : l'évolution d'une commune, ses constats, et ses changements par nature, en mots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Classeur, charger_une_fois, ouvrir
from pilotage_xlsx.gestes.porte import modele_de, relire_comme
from pilotage_xlsx.metier import evolution as suivre
from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.metier.evolution import (
    Changement,
    Evolution,
    NatureDeChangement,
    dire_les_decisions,
    est_la_meme_commune,
    ordonner,
    raconter,
    titre_de,
)
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.textes import normaliser
from pilotage_xlsx.verification import verifier_evolution
from pilotage_xlsx.verification.phrases import accorder

RIEN = "Aucun changement sur les outils"


class Trait(NamedTuple):
    """Un changement en mots : le fait, les décisions qui s'y rattachent, ou leur absence.

    ``est_a_voir`` : rien de décidé ne l'explique, faute de décision ou avant elle.
    """

    fait: str
    decisions: str
    est_a_voir: bool


class Rubrique(NamedTuple):
    """Les changements d'une même nature."""

    titre: str
    traits: tuple[Trait, ...]


class Comparaison(msgspec.Struct, frozen=True, eq=False):
    """Deux classeurs comparés, du plus ancien au plus récent.

    ``est_inversee`` : vrai s'ils étaient donnés dans l'autre ordre.
    """

    modele: Modele
    evolution: Evolution
    constats: tuple[Constat, ...]
    est_inversee: bool

    @property
    def titre(self) -> str:
        """« Valmarin : de 2025 à 2026 »."""
        avant, apres = self.evolution.avant.registre, self.evolution.apres.registre
        nom = normaliser(apres.nom)
        if not est_la_meme_commune(avant, apres):
            return f"{normaliser(avant.nom)} et {nom} : deux communes"
        if avant.annee is None or apres.annee is None or avant.annee == apres.annee:
            return f"{nom} : deux classeurs comparés"
        return f"{nom} : de {avant.annee} à {apres.annee}"

    @property
    def resume(self) -> str:
        """« 11 changements, dont 2 durables : 1 sans décision, 1 fait avant la décision »."""
        changements = self.evolution.changements
        if not changements:
            return RIEN
        sans, avant = len(self.evolution.sans_decision), len(self.evolution.anticipes)
        durables = sum(c.exige_une_decision for c in changements)
        compte = accorder(len(changements), "changement")
        if not durables:
            return f"{compte}, dont aucun ne demande de décision"
        restes = [
            *([f"{sans} sans décision"] if sans else ()),
            *([f"{accorder(avant, 'fait')} avant la décision"] if avant else ()),
        ]
        dont = accorder(durables, "durable")
        return f"{compte}, dont {dont} : {', '.join(restes) or 'tous décidés'}"

    @property
    def fichiers(self) -> tuple[str, str]:
        """Les noms des deux fichiers, dans l'ordre comparé."""
        avant, apres = self.evolution.avant.registre, self.evolution.apres.registre
        return avant.nom_du_fichier, apres.nom_du_fichier

    def rubriques(self) -> Iterator[Rubrique]:
        """Les changements groupés par nature, dans l'ordre où ils se lisent."""
        for nature in NatureDeChangement:
            changements = self.evolution.de_nature(nature)
            if changements:
                yield Rubrique(titre_de(nature), tuple(map(_dire, changements)))


def comparer(
    avant: Classeur, apres: Classeur, *, au: date | None = None, modele: Modele | None = None
) -> Evolution:
    """Ce qui change d'un classeur à l'autre, l'ordre redressé d'après leurs années.

    Lève `GesteImpossible` si l'un des deux ne se lit pas.
    """
    choisi = modele or charger_une_fois()
    registres = [ouvrir(classeur, choisi) for classeur in (avant, apres)]
    return suivre.comparer(*ordonner(*relier(registres, choisi, au or date.today())))


def relier(registres: Sequence[Registre], modele: Modele, au: date) -> tuple[Liens, Liens]:
    """Les liens de deux classeurs lus ; `GesteImpossible` dit chaque refus.

    S'ils portent deux modèles, celui du plus récent vaut pour les deux.
    """
    _exiger_lus(registres)
    un, autre = (Liens(modele, registre, au) for registre in registres)
    recent = ordonner(un, autre)[1].registre
    accordes = [relire_comme(registre, recent, modele) for registre in registres]
    _exiger_lus(accordes)
    sien = modele_de(recent.porte, modele)
    avant, apres = (Liens(sien, registre, au) for registre in accordes)
    return avant, apres


def _exiger_lus(registres: Sequence[Registre]) -> None:
    refus = [f"{r.fichier} : pas lu. {r.refus}" for r in registres if r.refus is not None]
    if refus:
        raise GesteImpossible(*refus)


def confronter(lus: Sequence[Liens]) -> Comparaison:
    """Compare deux classeurs lus, l'ordre redressé d'après leurs années."""
    un, autre = lus
    avant, apres = ordonner(un, autre)
    evolution, modele = suivre.comparer(avant, apres), apres.modele
    return Comparaison(modele, evolution, verifier_evolution(evolution, modele), avant is not un)


def _dire(changement: Changement) -> Trait:
    decisions = dire_les_decisions(changement.decisions)
    if changement.est_sans_decision:
        decisions = "aucune décision"
    if changement.est_anticipe:
        decisions = f"fait avant la décision : {decisions}, proposée"
    est_a_voir = changement.est_sans_decision or changement.est_anticipe
    return Trait(raconter(changement), decisions, est_a_voir)
