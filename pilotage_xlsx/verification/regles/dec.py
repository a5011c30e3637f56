"""DEC : qui décide, ce qui attend, ce qui se remplace. Un prestataire ne décide jamais."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotage_xlsx.metier.affaires import Affaire, Nature, Sinon, Urgence, recenser
from pilotage_xlsx.metier.attente import fautives
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.delais import SEUILS_DE_DECISION, champs_illisibles
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.suites import attente
from pilotage_xlsx.modele.sens import ARRETE, DURABLE, PROPOSEE, VALIDEE
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Illisible, Ligne, Motif
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.verification.phrases import (
    accorder,
    citer,
    citer_lignes,
    dans,
    dater,
    enumerer,
)
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
            if ancienne in _remplacants(liens, decision):
                continue
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
    remplacees = {
        ancienne.numero
        for decision in liens.decisions
        for ancienne in liens.etat.citees(decision, "remplace", "decisions")
        if ancienne is not decision
    }
    for decision in liens.decisions:
        est_connue = decision.lieu.a("remplace") and decision.texte("numero") is not None
        est_remplacee = liens.est(decision, _REMPLACEE)
        if est_remplacee and est_connue and decision.numero not in remplacees:
            attend = fautives(liens, "decisions", "remplace")
            yield sur(decision, "statut", attend=attend, numero=decision["numero"])


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
        jours = attente(liens, decision)
        if jours is not None and jours > seuil:
            yield sur(decision, "mise_en_oeuvre_le", delai=accorder(jours, "jour"))


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


@regle(
    "DEC-010",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="La décision {nom} {faute}.",
    pourquoi="Une décision en remplace une autre, plus ancienne : ici, on ne sait laquelle vaut.",
    corriger="Choisir dans « Remplace » le numéro de l'ancienne décision, ou vider la cellule.",
    doute=(
        "La décision a été reprise mot pour mot l'année suivante.",
        "La nouvelle a son propre numéro et cite l'ancienne ; citer son propre numéro, ou une "
        "décision qui la remplace à son tour, ne dit rien.",
    ),
)
def decision_qui_se_remplace(liens: Liens) -> Iterator[Fait]:
    for decision in liens.decisions:
        for autre in _remplacants(liens, decision):
            if autre is decision:
                yield sur(decision, "remplace", faute="se remplace elle-même")
            elif (autre.texte("numero") or "") < (decision.texte("numero") or ""):
                aussi, citee = (autre.emplacement("remplace"),), citer(autre.texte("numero") or "")
                faute = f"et la décision {citee} se remplacent l'une l'autre"
                yield sur(decision, "remplace", aussi=aussi, faute=faute)


def _remplacants(liens: Liens, decision: Ligne) -> tuple[Ligne, ...]:
    """Les décisions qu'elle dit remplacer, et qui disent la remplacer ; elle-même, peut-être."""
    return tuple(
        autre
        for autre in liens.etat.citees(decision, "remplace", "decisions")
        if decision in liens.etat.citees(autre, "remplace", "decisions")
    )


@regle(
    "DEC-011",
    Gravite.ATTENTION,
    "3.2",
    message="La décision {nom} n'est que proposée, et le contrat de {outils} {presse} : le dernier "
    "jour pour en décider {est} le {dernier}{delai}.",
    pourquoi="Une proposition qui attend n'arrête pas un contrat : il prend fin, ou repart, sans "
    "que personne l'ait voulu.",
    corriger="La soumettre {a_executif} {quand}, puis inscrire ce qui est décidé.",
    doute=(
        "La proposition vient d'être inscrite, et le contrat court encore longtemps.",
        "Ce n'est qu'un point d'attention. Il faut que le dernier jour soit dans l'alerte et la "
        "préparation que la commune s'est fixées, ou déjà passé ; une décision validée sur le même "
        "outil l'écarte.",
    ),
)
def proposition_sur_un_contrat_qui_presse(liens: Liens) -> Iterator[Fait]:
    for affaire in recenser(liens):
        presse = affaire.reponse is not None and liens.est(affaire.reponse, PROPOSEE)
        if affaire.nature is Nature.CONTRAT and affaire.est_pressante and presse:
            yield from _proposer_a_temps(liens, affaire)


def _proposer_a_temps(liens: Liens, affaire: Affaire) -> Iterator[Fait]:
    assert affaire.reponse is not None
    est_sans_effet = affaire.sinon is Sinon.CONTINUE or liens.est(affaire.ligne, ARRETE)
    if est_sans_effet or affaire.sinon is None:
        return
    est_passe, jours = affaire.urgence is Urgence.PASSEE, liens.jours_depuis(affaire.dernier_jour)
    yield sur(
        affaire.reponse,
        "statut",
        aussi=(affaire.ligne.emplacement("echeance"),),
        attend=() if est_passe else champs_illisibles(liens, *SEUILS_DE_DECISION),
        outils=citer_lignes((affaire.ligne,), "nom"),
        presse=affaire.sinon.value,
        est="était" if est_passe else "est",
        dernier=dater(affaire.dernier_jour),
        delai="" if est_passe else f", {dans(-(jours or 0))}",
        quand="sans attendre" if est_passe else "avant ce jour",
    )


@regle(
    "DEC-012",
    Gravite.ATTENTION,
    "3.2",
    message="La décision {nom} est à revoir le {valeur}, {delai}.",
    pourquoi="La date de révision est celle que la commune s'est fixée ; elle se prépare.",
    corriger="L'inscrire à une séance {de_executif} d'ici là, puis donner la prochaine date.",
    doute=(
        "La révision est déjà préparée.",
        "Ce n'est qu'un point d'attention, dans les deux derniers mois ; une proposition de la "
        "remplacer l'écarte.",
    ),
)
def revision_proche(liens: Liens) -> Iterator[Fait]:
    au_plus = liens.modele.identite.seuils.revision_jours
    for affaire in recenser(liens):
        est_proche = affaire.urgence is Urgence.PROCHE and affaire.reponse is None
        reste = -(liens.jours_depuis(affaire.dernier_jour) or 0)
        if affaire.nature is Nature.REVISION and est_proche and reste <= au_plus:
            attend = champs_illisibles(liens, *SEUILS_DE_DECISION)
            yield sur(affaire.ligne, "a_revoir_le", attend=attend, delai=dans(reste))


@regle(
    "DEC-013",
    Gravite.ATTENTION,
    "4",
    message="La décision {nom} a été mise en œuvre le {valeur}, avant d'être prise ({prise}).",
    pourquoi="L'administration met en œuvre ce qui est décidé ; après coup, l'exécutif ne choisit "
    "plus.",
    corriger="Corriger la date si elle est fausse ; sinon, le dire {a_executif}.",
    doute=(
        "La décision régularise un outil déjà en place.",
        "C'est permis, et ce n'est qu'un point d'attention ; le même jour ne se signale pas.",
    ),
)
def mise_en_oeuvre_avant_la_decision(liens: Liens) -> Iterator[Fait]:
    for decision in liens.decisions:
        prise, faite = decision.date("date"), decision.date("mise_en_oeuvre_le")
        if prise and faite and faite < prise <= liens.au and liens.est(decision, VALIDEE):
            aussi = (decision.emplacement("date"),)
            yield sur(decision, "mise_en_oeuvre_le", aussi=aussi, prise=dater(prise))
