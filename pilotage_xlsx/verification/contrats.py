"""OUT : le contrat d'un outil. Un contrat sans date de fin ne tombe jamais d'une liste."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.liens import Liens, Reconduction
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.sens import SANS_CONTRAT, TACITE
from pilotage_xlsx.verification.phrases import accorder, dater
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.vocabulaire import Marque

_EXPRESSE = Marque("outils", "renouvellement", "expresse")
_SEUILS = ("seuil_alerte_contrat", "seuil_preparation")


@regle(
    "OUT-005",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le contrat de {nom} se résilie jusqu'au {dernier}, soit {delai}, "
    "et aucune décision récente n'en parle.",
    pourquoi="Passé ce jour, le contrat repart souvent pour un an, sans que personne l'ait voulu.",
    corriger="Proposer {a_executif} de le garder, de le renégocier ou de le résilier, "
    "et inscrire la décision.",
    doute=(
        "Le contrat a déjà été renégocié.",
        "Une décision liée depuis douze mois suffit à l'écarter ; un renouvellement « Sur "
        "décision expresse » ou « Durée indéterminée » aussi.",
    ),
)
def contrat_a_decider(liens: Liens) -> Iterator[Fait]:
    if any(isinstance(liens.registre.commune[seuil], Illisible) for seuil in _SEUILS):
        return
    for outil, etat in _reconductions(liens):
        dernier = dernier_jour_pour_resilier(outil)
        if etat is Reconduction.A_DECIDER and dernier and outil.lieu.a("renouvellement"):
            reste = (dernier - liens.au).days
            delai = f"dans {accorder(reste, 'jour')}" if reste else "aujourd'hui"
            yield sur(outil, "echeance", dernier=dater(dernier), delai=delai)


@regle(
    "OUT-006",
    Gravite.ATTENTION,
    "3.2",
    message="Le contrat de {nom} {etat} : le dernier jour pour résilier était le {dernier}.",
    pourquoi="Une reconduction tacite engage la commune sans que personne l'ait décidée.",
    corriger="Dire {a_executif} ce qu'il en est, inscrire la décision, puis la nouvelle échéance.",
    doute=(
        "Le contrat a été résilié à temps.",
        "Une décision liée, ou un autre renouvellement que « Tacite », l'écarte ; ce "
        "n'est qu'un point d'attention.",
    ),
)
def contrat_reconduit_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil, etat in _reconductions(liens):
        if etat in (Reconduction.SERA_RECONDUIT, Reconduction.RECONDUIT):
            dernier = dater(dernier_jour_pour_resilier(outil))
            yield sur(outil, "echeance", etat=etat.value, dernier=dernier)


@regle(
    "OUT-007",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le contrat de {nom} est échu depuis le {valeur}, et l'outil est encore en service.",
    pourquoi="Sans contrat, ni le service, ni son prix, ni le retour des données n'est assuré.",
    corriger="Inscrire la nouvelle échéance ou le renouvellement, ou passer l'outil à « Arrêté ».",
    doute=(
        "Le contrat a continué sans que la date soit mise à jour.",
        "« Tacite », « Durée indéterminée » et « À clarifier » l'écartent ; le remède est "
        "d'inscrire la nouvelle date.",
    ),
)
def contrat_echu(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils_en_service:
        echeance = outil.date("echeance")
        if echeance and echeance < liens.au and _s_arrete_a_l_echeance(liens, outil):
            yield sur(outil, "echeance")


@regle(
    "OUT-008",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le contrat de {nom} se renouvelle tacitement, mais son échéance manque.",
    pourquoi="Sans échéance, personne ne sait jusqu'à quand le résilier.",
    corriger="Chercher l'échéance dans le contrat et l'inscrire.",
    doute=(
        "L'échéance est connue, mais dans une autre colonne.",
        "Il faut que le renouvellement soit « Tacite » et que la colonne d'échéance existe, vide.",
    ),
)
def contrat_tacite_sans_echeance(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        est_muet = outil["echeance"] is None and outil.lieu.a("echeance")
        if liens.est(outil, TACITE) and est_muet:
            yield sur(outil, "echeance")


@regle(
    "OUT-009",
    Gravite.ATTENTION,
    "3.2",
    message="Le contrat de {nom} a une échéance ({echeance}), mais pas de délai de résiliation.",
    pourquoi="Le dernier jour pour résilier se compte de l'échéance et de ce délai.",
    corriger="Chercher le délai dans le contrat et l'inscrire ; 0 s'il n'y en a pas.",
    doute=(
        "Un contrat sans délai de résiliation.",
        "« 0 » est une réponse ; un contrat qui s'arrête de lui-même, ou déjà échu, n'est "
        "pas signalé.",
    ),
)
def echeance_sans_delai(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        echeance, colonne = outil.date("echeance"), "delai_resiliation"
        est_muet = outil[colonne] is None and outil.lieu.a(colonne)
        if echeance and est_muet and _peut_se_reconduire(liens, outil):
            yield sur(outil, colonne, echeance=dater(echeance))


def _reconductions(liens: Liens) -> Iterator[tuple[Ligne, Reconduction]]:
    for outil in liens.outils:
        etat = liens.reconduction(outil)
        if etat is not None and liens.connait_les_decisions(outil):
            yield outil, etat


def _s_arrete_a_l_echeance(liens: Liens, outil: Ligne) -> bool:
    """Vrai si rien ne dit que le contrat a continué ; « À clarifier » laisse le doute."""
    if not outil.lieu.a("renouvellement"):
        return False
    return outil["renouvellement"] is None or liens.est(outil, _EXPRESSE, SANS_CONTRAT)


def _peut_se_reconduire(liens: Liens, outil: Ligne) -> bool:
    """Faux pour un contrat qui s'arrête de lui-même, ou déjà signalé comme échu."""
    echeance = outil.date("echeance")
    est_a_venir = echeance is not None and echeance >= liens.au
    return liens.est(outil, TACITE) or (outil["renouvellement"] is None and est_a_venir)
