"""EVO : d'une année à l'autre, un changement durable qu'aucune décision n'explique."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.evolution import Evolution, Nature
from pilotage_xlsx.typographie import montant
from pilotage_xlsx.verification.regle import Fait, regle, sur

_DECIDER = (
    "Retrouver la décision et l'inscrire dans « Décisions » en citant l'outil ; s'il n'y en a pas, "
    "en proposer une {a_executif}."
)


@regle(
    "EVO-001",
    Gravite.AVERTISSEMENT,
    "5",
    message="L'outil {nom} est en service et ne l'était pas {depuis}, sans décision.",
    pourquoi="Un nouvel outil engage la commune : l'exécutif doit le savoir, avec le motif.",
    corriger=_DECIDER + " S'il servait déjà avant, l'écrire dans « En service depuis ».",
)
def outil_apparu_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, Nature.APPARU)


@regle(
    "EVO-002",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="L'outil {nom} était en service {depuis} et ne l'est plus, sans décision.",
    pourquoi="Un outil ne s'efface pas : ses données vont quelque part, et quelqu'un l'a décidé.",
    corriger="Garder sa ligne avec le statut « Arrêté », et inscrire la décision dans "
    "« Décisions ». S'il a changé de nom, corriger la ligne.",
)
def outil_disparu_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, Nature.DISPARU)


@regle(
    "EVO-003",
    Gravite.AVERTISSEMENT,
    "5",
    message="L'outil {nom} est passé de « {avant} » à « {apres} », sans décision.",
    pourquoi="Changer de prestataire engage la commune : contrat, coûts, accès à ses données.",
    corriger=_DECIDER,
)
def prestataire_change_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, Nature.PRESTATAIRE)


@regle(
    "EVO-004",
    Gravite.AVERTISSEMENT,
    "4",
    message="Le coût annuel de {nom} passe de CHF {avant} à CHF {apres}, sans décision.",
    pourquoi="Une hausse au-delà des deux seuils de la feuille Commune mérite une décision.",
    corriger=_DECIDER,
)
def cout_en_hausse_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    for changement in evolution.de_nature(Nature.COUT):
        if changement.est_sans_decision and changement.avant and changement.apres:
            couts = [
                ligne.nombre("cout_annuel") or 0 for ligne in (changement.avant, changement.apres)
            ]
            avant, apres = map(montant, couts)
            yield sur(changement.apres, "cout_annuel", avant=avant, apres=apres)


@regle(
    "EVO-005",
    Gravite.ATTENTION,
    "objectif",
    message="Les données de {nom} étaient en Suisse et ne le sont plus toutes : {valeur}. "
    "Aucune décision ne le dit.",
    pourquoi="La commune décide où sont ses données ; elle ne l'apprend pas après coup.",
    corriger="Demander au prestataire ce qui a changé, puis le dire {a_executif}.",
)
def donnees_parties_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, Nature.LIEU)


def _sans_decision(evolution: Evolution, nature: Nature) -> Iterator[Fait]:
    """Les faits de cette nature, au classeur le plus récent s'il a encore la ligne."""
    for changement in evolution.de_nature(nature):
        if changement.est_sans_decision:
            avant, apres = (
                ligne.texte(changement.colonne) if ligne else ""
                for ligne in (changement.avant, changement.apres)
            )
            depuis = _dire_l_annee(evolution)
            yield sur(changement.outil, changement.colonne, depuis=depuis, avant=avant, apres=apres)


def _dire_l_annee(evolution: Evolution) -> str:
    annee = evolution.avant.registre.annee
    return f"en {annee}" if annee else "avant"
