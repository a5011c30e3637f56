"""DEC : qui décide, ce qui attend, ce qui se remplace. Un prestataire ne décide jamais."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotage_xlsx.metier.affaires import Nature, Urgence, recenser
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import DURABLE, VALIDEE
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Illisible, Ligne, Motif
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.verification.phrases import accorder, citer, enumerer
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.verification.renommages import (
    Retrouve,
    a_renommer,
    a_separer,
    proposer_les_noms,
    retrouver,
    reunis,
    separer_les_noms,
)

_COURANTE = Marque("decisions", "portee", "courante")
_ORIENTATION = Marque("decisions", "portee", "orientation")
_SOUS_L_EXECUTIF = Marque("decisions", "decide_par", "a_faire_valider")
_REMPLACEE = Marque("decisions", "statut", "remplacee")
_SANS_EXAMEN = Marque("decisions", "mutualisee", "non")
_PRESTATAIRES = ("prestataire", "leprestataire", "fournisseur", "lefournisseur")


@regle(
    "DEC-001",
    Gravite.ERREUR,
    "4",
    message="La décision {nom} est durable et prise par « {organe} », "
    "sans date à laquelle {executif} l'a vue.",
    pourquoi="Une décision qui engage la commune dans le temps est validée par l'exécutif.",
    corriger="La porter à l'ordre du jour, puis inscrire ici la date de la séance.",
    doute=(
        "La compétence est déléguée au référent par l'exécutif.",
        "Une décision « Durable ou significative » remonte à l'exécutif selon la note ; "
        "une décision courante n'est jamais signalée.",
    ),
    supplante=("CEL-001", "CEL-018"),
)
def decision_durable_sans_executif(liens: Liens) -> Iterator[Fait]:
    for decision in liens.decisions:
        est_muette = decision.est_vide("executif_le") and decision.lieu.a("executif_le")
        est_durable = liens.est(decision, DURABLE) and liens.est(decision, VALIDEE)
        if est_durable and est_muette and liens.est(decision, _SOUS_L_EXECUTIF):
            yield sur(decision, "executif_le", organe=decision["decide_par"])


@regle(
    "DEC-002",
    Gravite.ERREUR,
    "4",
    message="La décision {nom} est décidée par « {valeur} », qui est un prestataire.",
    pourquoi="Les prestataires conseillent ; ils n'ont aucune responsabilité de décision.",
    corriger="Choisir qui a décidé dans la commune, et mettre le prestataire dans "
    "« Sur conseil de ».",
    doute=(
        "« Fiduciaire communale » est un organe de la commune.",
        "Il faut le mot « prestataire » ou « fournisseur » seul, ou le nom exact d'un "
        "prestataire inscrit.",
    ),
    supplante=("CEL-002",),
)
def decision_prise_par_un_prestataire(liens: Liens) -> Iterator[Fait]:
    for decision in liens.decisions:
        organe = decision["decide_par"]
        if isinstance(organe, Illisible) and organe.motif is Motif.LISTE:
            est_inscrit = liens.etat.trouver("prestataires", organe.brut) is not None
            if est_inscrit or cle_large(organe.brut) in _PRESTATAIRES:
                yield sur(decision, "decide_par")


@regle(
    "DEC-003",
    Gravite.ATTENTION,
    "5",
    message="La décision {nom} est proposée depuis {delai}.",
    pourquoi="Une proposition qui attend longtemps se décide souvent toute seule.",
    corriger="La soumettre {a_executif}, ou passer son statut à « Abandonnée ».",
    doute=(
        "La proposition attend un budget, c'est voulu.",
        "Quatre-vingt-dix jours au moins, et ce n'est qu'un point d'attention ; "
        "« Abandonnée » ou « Refusée » l'écarte.",
    ),
)
def decision_en_attente(liens: Liens) -> Iterator[Fait]:
    seuil = liens.modele.identite.seuils.decision_en_attente_jours
    for affaire in recenser(liens):
        if affaire.nature is Nature.PROPOSITION:
            attente = liens.jours_depuis(affaire.ligne.date("date"))
            if attente is not None and attente > seuil:
                yield sur(affaire.ligne, "statut", delai=accorder(attente, "jour"))


@regle(
    "DEC-004",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="La décision {nom} était à revoir le {valeur}.",
    pourquoi="La date de révision est celle que la commune s'est fixée.",
    corriger="Revoir la décision, puis inscrire la prochaine date ou vider la cellule.",
    doute=(
        "La révision a eu lieu, la date n'a pas été changée.",
        "Le remède est d'inscrire la prochaine date ; seule une décision validée se revoit, et pas "
        "celle qu'une proposition veut déjà remplacer.",
    ),
)
def revision_passee(liens: Liens) -> Iterator[Fait]:
    for affaire in recenser(liens):
        est_passee = affaire.urgence is Urgence.PASSEE and affaire.reponse is None
        if affaire.nature is Nature.REVISION and est_passee:
            yield sur(affaire.ligne, "a_revoir_le")


@regle(
    "DEC-005",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="La décision {nom} remplace {valeur}, dont le statut est encore « {statut} ».",
    pourquoi="Deux décisions en vigueur sur le même sujet se contredisent.",
    corriger="Passer le statut de {valeur} à « Remplacée ».",
    doute=(
        "La nouvelle décision n'est que proposée.",
        "Tant qu'elle n'est pas validée, l'ancienne vaut, et rien n'est dit.",
    ),
)
def decision_remplacee_encore_en_vigueur(liens: Liens) -> Iterator[Fait]:
    for decision in liens.decisions:
        for ancienne in liens.etat.citees(decision, "remplace", "decisions"):
            statut = ancienne.texte("statut")
            a_ete_validee = liens.est(decision, VALIDEE, _REMPLACEE)
            if a_ete_validee and statut and not liens.est(ancienne, _REMPLACEE):
                aussi = (ancienne.emplacement("statut"),)
                yield sur(decision, "remplace", aussi=aussi, statut=statut)


@regle(
    "DEC-006",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="La décision {nom} est « Remplacée », mais aucune décision ne dit la remplacer.",
    pourquoi="Sans la nouvelle décision, on ne sait plus ce qui vaut.",
    corriger="Choisir {numero} dans la colonne « Remplace » de la nouvelle décision.",
    doute=(
        "La décision qui remplace est dans le classeur de l'an passé.",
        "Le classeur de l'année suivante reprend une décision avec celle qu'elle remplace ; et si "
        "une cellule « Remplace » est fautive, rien n'est dit.",
    ),
)
def decision_remplacee_par_rien(liens: Liens) -> Iterator[Fait]:
    if any(liens.etat.est_fautive(decision, "remplace") for decision in liens.decisions):
        return
    remplacees = {
        ancienne.numero
        for decision in liens.decisions
        for ancienne in liens.etat.citees(decision, "remplace", "decisions")
    }
    for decision in liens.decisions:
        est_connue = decision.lieu.a("remplace") and decision.texte("numero") is not None
        est_remplacee = liens.est(decision, _REMPLACEE)
        if est_remplacee and est_connue and decision.numero not in remplacees:
            yield sur(decision, "statut", numero=decision["numero"])


@regle(
    "DEC-007",
    Gravite.ATTENTION,
    "3.2",
    message="La décision {nom} est durable, et aucune solution partagée n'a été examinée.",
    pourquoi="Partager un outil avec d'autres communes coûte souvent moins et dure plus.",
    corriger="Demander aux communes voisines ou au canton s'il existe une solution commune.",
    doute=(
        "Aucune solution partagée n'existe pour ce besoin.",
        "Une cellule vide ou « Sans objet » ne dit rien ; seul « Non » le fait, et c'est "
        "un point d'attention.",
    ),
)
def decision_sans_examen_mutualise(liens: Liens) -> Iterator[Fait]:
    for decision in liens.en_vigueur("decisions"):
        if liens.est(decision, DURABLE) and liens.est(decision, _SANS_EXAMEN):
            yield sur(decision, "mutualisee")


@regle(
    "DEC-008",
    Gravite.ATTENTION,
    "4",
    message="La décision {nom} est validée depuis {delai}, sans date de mise en œuvre.",
    pourquoi="L'administration met en œuvre ce que l'exécutif décide, et en garde la date.",
    corriger="Inscrire la date de mise en œuvre, ou dire {a_executif} ce qui la retarde.",
    doute=(
        "La commune ne tient pas les dates de mise en œuvre.",
        "Si la colonne ne sert nulle part, rien n'est dit ; une orientation générale "
        "n'est jamais signalée.",
    ),
)
def decision_pas_mise_en_oeuvre(liens: Liens) -> Iterator[Fait]:
    if not any(decision.jour("mise_en_oeuvre_le") for decision in liens.decisions):
        return
    seuil = liens.modele.identite.seuils.mise_en_oeuvre_jours
    for decision in liens.decisions:
        attente = liens.jours_depuis(decision.date("executif_le") or decision.date("date"))
        if attente is not None and attente > seuil and _attend_sa_mise_en_oeuvre(liens, decision):
            yield sur(decision, "mise_en_oeuvre_le", delai=accorder(attente, "jour"))


def _attend_sa_mise_en_oeuvre(liens: Liens, decision: Ligne) -> bool:
    """Une orientation générale ne se met pas en œuvre un jour donné."""
    est_a_faire = liens.est(decision, VALIDEE) and not liens.est(decision, _ORIENTATION)
    return est_a_faire and decision["mise_en_oeuvre_le"] is None


@regle(
    "DEC-009",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="La décision {nom} concerne {services} : aucun outil ne porte ce nom.",
    pourquoi="L'inventaire et les décisions se répondent, nom par nom.",
    corriger="Inscrire le service dans « Outils », même « En projet », ou choisir le bon nom.",
    doute=(
        "Une décision de principe ne vise aucun outil.",
        "« Orientation générale » l'écarte ; une décision close aussi.",
    ),
)
def decision_sur_service_non_inscrit(liens: Liens) -> Iterator[Fait]:
    outils = liens.registre.feuilles.get("outils")
    if outils is None or not outils.lieu.a("nom"):
        return
    inconnus = {
        decision: tuple(n for n in decision.textes("outil") if not liens.etat.trouver("outils", n))
        for decision in liens.en_vigueur("decisions")
        if liens.est(decision, DURABLE, _COURANTE)
    }
    colonne = liens.modele.par_id["decisions"].par_id["outil"]
    seuls = retrouver(liens, colonne, {nom for noms in inconnus.values() for nom in noms})
    for decision, noms in inconnus.items():
        if noms:
            services = enumerer(map(citer, noms))
            yield sur(
                decision,
                "outil",
                services=services,
                **_nommer_le_service(liens, decision, noms, seuls),
            )


def _nommer_le_service(
    liens: Liens, decision: Ligne, noms: tuple[str, ...], seuls: Mapping[str, Retrouve]
) -> dict[str, Any]:
    """Que faire d'un service introuvable : séparer des noms réunis, choisir le bon, l'inscrire."""
    colonne = liens.modele.par_id["decisions"].par_id["outil"]
    if a_part := reunis(liens, colonne, decision.textes("outil")):
        remede = separer_les_noms(liens, decision, colonne, a_part)
        return {"corriger": remede, "voulus": a_separer(colonne, a_part)}
    if propose := proposer_les_noms(noms, {}, seuls):
        sinon = "Sinon, inscrire le service dans « Outils », même « En projet »."
        return {"corriger": f"{propose} {sinon}", "voulus": a_renommer(noms, seuls)}
    return {}
