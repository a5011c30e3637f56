"""SIG : ce que l'administration signale ne reste pas sans réponse."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.attente import suites_cachees
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import SIGNALEMENT_NOUVEAU
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.verification.phrases import accorder, citer_lignes
from pilotage_xlsx.verification.regle import Fait, regle, sur

_URGENT = Marque("signalements", "priorite", "haute")
_RISQUE = Marque("signalements", "genre", "risque")
_CLOS = Marque("signalements", "statut", "clos")
_REFUSE = Marque("signalements", "statut", "refuse")


@regle(
    "SIG-001",
    Gravite.ATTENTION,
    "4",
    message="Le signalement {nom}, de priorité haute, est « Nouveau » depuis {delai}.",
    pourquoi="Qui signale et n'obtient pas de réponse ne signale plus.",
    corriger="Le traiter, ou dire pourquoi il attend et revoir sa priorité.",
    doute=(
        "Le signalement est traité, le statut n'a pas suivi.",
        "Le remède est de changer le statut ; trente jours au moins, et c'est un point "
        "d'attention.",
    ),
)
def signalement_prioritaire_en_attente(liens: Liens) -> Iterator[Fait]:
    seuil = liens.modele.identite.seuils.signalement_nouveau_jours
    for signalement in liens.en_vigueur("signalements"):
        age = liens.jours_depuis(signalement.date("date"))
        est_nouveau = liens.est(signalement, _URGENT) and liens.est(
            signalement, SIGNALEMENT_NOUVEAU
        )
        if est_nouveau and age is not None and age > seuil:
            yield sur(signalement, "statut", delai=accorder(age, "jour"))


@regle(
    "SIG-002",
    Gravite.ATTENTION,
    "4",
    message="Le signalement {nom} annonce un risque sur {outils}, indispensable ; "
    "il est clos sans suite ni lien.",
    pourquoi="Un risque connu sur un outil indispensable appelle une réponse que l'on retrouve.",
    corriger="Écrire ce qui a été fait dans « Suite donnée », ou lier la décision.",
    doute=(
        "Le risque a été examiné et écarté.",
        "Une phrase dans « Suite donnée », un lien, ou une décision qui en fait suite l'écarte.",
    ),
)
def risque_clos_sans_suite(liens: Liens) -> Iterator[Fait]:
    for signalement in liens.en_vigueur("signalements"):
        est_un_risque = liens.est(signalement, _RISQUE) and liens.est(signalement, _CLOS)
        cites = liens.etat.citees(signalement, "outil", "outils")
        outils = [outil for outil in cites if liens.est_indispensable(outil)]
        if est_un_risque and outils and _est_sans_suite(liens, signalement):
            attend, dits = suites_cachees(liens), citer_lignes(outils, "nom")
            yield sur(signalement, "suite", attend=attend, outils=dits)


@regle(
    "SIG-003",
    Gravite.ATTENTION,
    "4",
    message="Le signalement {nom} annonce un risque ; il est refusé sans un mot.",
    pourquoi="Refuser un risque, c'est l'accepter : qui l'a signalé doit pouvoir lire pourquoi.",
    corriger="Écrire la raison dans « Suite donnée », ou lier la décision.",
    doute=(
        "Le risque n'en était pas un.",
        "Une phrase dans « Suite donnée », un lien, ou une décision qui en fait suite l'écarte ; "
        "le refus d'un besoin n'est pas signalé.",
    ),
)
def risque_refuse_sans_un_mot(liens: Liens) -> Iterator[Fait]:
    for signalement in liens.en_vigueur("signalements"):
        est_refuse = liens.est(signalement, _RISQUE) and liens.est(signalement, _REFUSE)
        if est_refuse and _est_sans_suite(liens, signalement):
            yield sur(signalement, "suite", attend=suites_cachees(liens))


def _est_sans_suite(liens: Liens, signalement: Ligne) -> bool:
    reponses = ("suite", "lien")
    est_muet = all(signalement.lieu.a(nom) and signalement[nom] is None for nom in reponses)
    return est_muet and not liens.est_suivie(signalement)
