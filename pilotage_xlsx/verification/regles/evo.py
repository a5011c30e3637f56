"""EVO : d'une année à l'autre, un changement durable qu'aucune décision n'explique."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.evolution import Evolution, NatureDeChangement
from pilotage_xlsx.socle.typographie import montant
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
    doute=(
        "L'outil servait déjà, il vient d'être inscrit.",
        "Un outil inscrit l'an passé sous un nom voisin est rapproché ; « En service "
        "depuis » avant le classeur précédent l'écarte.",
    ),
)
def outil_apparu_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, NatureDeChangement.APPARU)


@regle(
    "EVO-002",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="L'outil {nom} était en service {depuis} et ne l'est plus, sans décision.",
    pourquoi="Un outil ne s'efface pas : ses données vont quelque part, et quelqu'un l'a décidé.",
    corriger="Garder sa ligne dans « Outils », avec le statut « Arrêté », et inscrire la décision "
    "dans « Décisions ».",
    doute=(
        "L'outil a seulement changé de nom.",
        "Un outil renommé est rapproché par son prestataire, son domaine et la "
        "ressemblance des noms ; une décision de l'intervalle l'écarte.",
    ),
)
def outil_disparu_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, NatureDeChangement.DISPARU)


@regle(
    "EVO-003",
    Gravite.AVERTISSEMENT,
    "5",
    message="L'outil {nom} est passé de « {avant} » à « {apres} », sans décision.",
    pourquoi="Changer de prestataire engage la commune : contrat, coûts, accès à ses données.",
    corriger=_DECIDER,
    doute=(
        "Le prestataire a changé de raison sociale.",
        "Casse, accents, forme juridique et même IDE ne font pas un autre prestataire.",
    ),
)
def prestataire_change_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, NatureDeChangement.PRESTATAIRE)


@regle(
    "EVO-004",
    Gravite.AVERTISSEMENT,
    "4",
    message="Le coût annuel de {nom} passe de CHF {avant} à CHF {apres}, sans décision.",
    pourquoi="Une hausse au-delà des deux seuils de la feuille Commune mérite une décision.",
    corriger=_DECIDER,
    doute=(
        "Une petite hausse, ou l'indexation du contrat.",
        "Il faut dépasser les deux seuils de la feuille Commune, en pour-cent et en "
        "francs, sans décision dans l'intervalle.",
    ),
)
def cout_en_hausse_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    passes = evolution.de_nature(NatureDeChangement.PRESTATAIRE)
    deja_dits = [changement.apres for changement in passes if changement.est_sans_decision]
    for changement in evolution.de_nature(NatureDeChangement.COUT):
        avant, apres = changement.avant, changement.apres
        if changement.est_sans_decision and avant and apres and apres not in deja_dits:
            couts = [montant(ligne.nombre("cout_annuel") or 0) for ligne in (avant, apres)]
            yield sur(apres, "cout_annuel", avant=couts[0], apres=couts[1])


@regle(
    "EVO-005",
    Gravite.ATTENTION,
    "objectif",
    message="Les données de {nom} étaient en Suisse et ne le sont plus toutes : {valeur}. "
    "Aucune décision ne le dit.",
    pourquoi="La commune décide où sont ses données ; elle ne l'apprend pas après coup.",
    corriger="Demander au prestataire ce qui a changé, puis le dire {a_executif}.",
    doute=(
        "L'an passé, le lieu était mal connu.",
        "Il faut deux réponses claires, « Suisse » ou « Locaux de la commune » puis hors "
        "de Suisse ; « À clarifier » ne dit rien.",
    ),
)
def donnees_parties_sans_decision(evolution: Evolution) -> Iterator[Fait]:
    yield from _sans_decision(evolution, NatureDeChangement.LIEU)


@regle(
    "EVO-006",
    Gravite.ATTENTION,
    "5",
    message="Le changement de {nom} est fait, et la décision {decision} n'est que proposée.",
    pourquoi="Ce qui dure se décide avant de se faire : l'exécutif ne vote pas ce qui est fait.",
    corriger="Porter la décision {a_executif}, en disant que c'est déjà fait ; si elle est prise, "
    "passer son statut à « Validée ».",
    doute=(
        "La décision est prise, son statut n'a pas été changé.",
        "Il suffit d'une décision validée qui l'explique ; une proposition seule n'est qu'un point "
        "d'attention.",
    ),
)
def fait_avant_la_decision(evolution: Evolution) -> Iterator[Fait]:
    dits: set[int] = set()
    for changement in evolution.anticipes:
        if changement.outil.numero not in dits:
            dits.add(changement.outil.numero)
            decision = changement.decisions[0].texte("numero") or ""
            yield sur(changement.outil, changement.colonne, decision=decision)


def _sans_decision(evolution: Evolution, nature: NatureDeChangement) -> Iterator[Fait]:
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
