"""INC : qui est informé et quand, ce qui reste à déterminer, ce qui dure ou se répète."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pilotage_xlsx.metier.attente import cachent, suites_cachees
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.delais import (
    champs_illisibles,
    depasse,
    depasse_au,
    est_tardif,
    faits_a_venir,
    jour_passe,
    jours_entre,
)
from pilotage_xlsx.metier.etat import manque
from pilotage_xlsx.metier.jugements import est_a_annoncer
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import FRAUDE, INCIDENT_CLOS, INCIDENT_OUVERT
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Emplacement, Ligne
from pilotage_xlsx.socle.dates import Jour, ajouter_mois, est_avant, le_jour
from pilotage_xlsx.verification.phrases import accorder, dater
from pilotage_xlsx.verification.regle import Fait, regle, sur

_A_DETERMINER = tuple(
    Marque("incidents", question, "a_determiner")
    for question in ("service_touche", "donnees_touchees", "donnees_personnelles")
)
_SANS_EFFET = tuple(
    Marque("incidents", question, "non") for question in ("service_touche", "donnees_touchees")
)
_DONNEES_PERSONNELLES = Marque("incidents", "donnees_personnelles", "oui")
_SINON_DIRE = "Inscrire la date, ou dire dans les remarques pourquoi ce n'était pas nécessaire."
_ATTAQUE = Marque("incidents", "nature", "attaque")
_A_EVALUER = Marque("incidents", "annonce_ofcs", "a_evaluer")
_FAITE = Marque("incidents", "annonce_ofcs", "faite")
_ANNONCES = ("referent_informe_le", "prestataire_contacte_le", "executif_informe_le")
_A_L_EXTERIEUR = ("autorite_annonce_le", "personnes_informees_le")


@regle(
    "INC-001",
    Gravite.ERREUR,
    "6",
    message="L'incident {nom} touche un service ou des données, "
    "et rien ne dit quand {executif} l'a appris.",
    pourquoi="L'exécutif est informé des incidents qui touchent la population ou les données ; "
    "celui-ci est clos, ou le délai est passé.",
    corriger="Informer {executif}, puis inscrire la date.",
    doute=(
        "L'incident est tout récent : la séance est demain.",
        "Le seuil de la commune (sept jours) laisse le temps, tant que l'incident n'est "
        "pas clos ; avant, ce n'est qu'un avertissement.",
    ),
    supplante=("CEL-001", "CEL-018"),
)
def executif_non_informe(liens: Liens) -> Iterator[Fait]:
    seuil = liens.etat.seuil("seuil_information")
    for incident in liens.etat.lignes("incidents"):
        est_muet = incident.est_vide("executif_informe_le") and est_a_annoncer(liens, incident)
        age = liens.jours_depuis(incident.date("constate_le"))
        est_ancien = age is not None and age > seuil
        if est_muet and liens.est(incident, INCIDENT_CLOS):
            yield sur(incident, "executif_informe_le")
        elif est_muet and est_ancien:
            attend = champs_illisibles(liens, "seuil_information")
            yield sur(incident, "executif_informe_le", attend=attend)


@regle(
    "INC-002",
    Gravite.ATTENTION,
    "6",
    message="Pour l'incident {nom}, {executif} n'a eu l'information qu'après {delai}.",
    pourquoi="Plus l'exécutif sait tôt, plus il peut décider.",
    corriger="Convenir de qui prévient {executif}, et comment, même le week-end.",
    doute=(
        "Seules les dates sont connues, pas les heures.",
        "Le délai se compte en jours entiers, et ce n'est qu'un point d'attention.",
    ),
)
def executif_informe_tard(liens: Liens) -> Iterator[Fait]:
    seuil = liens.etat.seuil("seuil_information")
    attend = champs_illisibles(liens, "seuil_information")
    for incident in liens.incidents:
        delai = jours_entre(liens, incident, "constate_le", "executif_informe_le")
        if delai is not None and delai > seuil and est_a_annoncer(liens, incident):
            dit = accorder(delai, "jour")
            yield sur(incident, "executif_informe_le", attend=attend, delai=dit)


@regle(
    "INC-003",
    Gravite.ATTENTION,
    "6",
    message="Pour l'incident {nom}, le référent n'a été informé que le {valeur} "
    "(constat : {constat}).",
    pourquoi="Le référent est informé sans délai, pour agir et prévenir à temps.",
    corriger="Rappeler à chacun qui appeler ; prévoir le suppléant pendant les absences.",
    doute=(
        "Constaté le soir, annoncé le lendemain matin.",
        "Sans heure, un jour d'écart est admis ; avec les deux heures, il faut plus de "
        "vingt-quatre heures.",
    ),
)
def referent_informe_tard(liens: Liens) -> Iterator[Fait]:
    yield from _tardifs(liens, liens.incidents, "referent_informe_le")


@regle(
    "INC-004",
    Gravite.AVERTISSEMENT,
    "6",
    message="L'incident {nom} est clos, mais « {libelle} » est encore « À déterminer ».",
    pourquoi="Clore un incident, c'est savoir ce qu'il a touché.",
    corriger="Choisir « Non », ou « Oui » et dire alors quand {executif} l'a appris ; ou rouvrir "
    "l'incident.",
    doute=(
        "On ne saura jamais ce qui a été touché.",
        "Alors « Oui » est la réponse prudente ; « À déterminer » contredit « Clos ».",
    ),
)
def a_determiner_sur_incident_clos(liens: Liens) -> Iterator[Fait]:
    for incident in liens.etat.lignes("incidents"):
        if liens.est(incident, INCIDENT_CLOS):
            yield from _a_determiner(liens, incident)


@regle(
    "INC-005",
    Gravite.ATTENTION,
    "6",
    message="Incident {nom} : « {libelle} » reste « À déterminer » depuis plus de {delai}.",
    pourquoi="De cette réponse dépend qui doit être informé.",
    corriger="Demander au prestataire, puis choisir « Non », ou « Oui » et dire alors quand "
    "{executif} l'a appris.",
    doute=(
        "Une analyse longue est en cours.",
        "Sept jours au moins, et ce n'est qu'un point d'attention.",
    ),
)
def a_determiner_depuis_longtemps(liens: Liens) -> Iterator[Fait]:
    seuil = liens.modele.identite.seuils.a_determiner_jours
    for incident in _ouverts_depuis(liens, seuil):
        yield from _a_determiner(liens, incident, delai=accorder(seuil, "jour"))


@regle(
    "INC-006",
    Gravite.AVERTISSEMENT,
    "6",
    message="L'incident {nom} est une attaque constatée le {constat}, et « {libelle} » est encore "
    "« À évaluer ».",
    pourquoi="L'annonce à l'Office fédéral de la cybersécurité (OFCS), quand elle est due, se fait "
    "dans les 24 heures de la découverte.",
    corriger="Annoncer si c'est l'un de ces cas, ou en cas de doute : fonctionnement en péril, "
    "données manipulées ou divulguées, attaque longtemps inaperçue, chantage. Sinon, choisir "
    "« Non requise ».",
    doute=(
        "L'attaque est restée sans effet.",
        "« Non requise » est une réponse ; seul « À évaluer » plus de vingt-quatre heures "
        "après est signalé, et une panne jamais.",
    ),
)
def annonce_ofcs_a_evaluer(liens: Liens) -> Iterator[Fait]:
    heures = liens.modele.identite.seuils.annonce_heures
    for incident in _attaques(liens, liens.etat.lignes("incidents")):
        constat = jour_passe(liens, incident, "constate_le")
        est_en_retard = constat is not None and depasse_au(constat, liens, heures)
        if liens.est(incident, _A_EVALUER) and est_en_retard:
            yield sur(incident, "annonce_ofcs", constat=dater(constat))


@regle(
    "INC-007",
    Gravite.ATTENTION,
    "6",
    message="L'incident {nom} a été annoncé à l'OFCS le {valeur}, "
    "plus de 24 heures après le constat ({constat}).",
    pourquoi="L'annonce à l'Office fédéral de la cybersécurité (OFCS), quand elle est due, se fait "
    "dans les 24 heures de la découverte.",
    corriger="Garder à portée l'adresse de l'annonce, et savoir qui la fait.",
    doute=(
        "L'annonce n'était pas due : l'attaque n'a touché ni service, ni donnée.",
        "Si les deux réponses sont « Non », rien n'est dit ; c'est la date inscrite qui compte, et "
        "le point n'est que d'attention.",
    ),
)
def annonce_ofcs_tardive(liens: Liens) -> Iterator[Fait]:
    attaques = (i for i in _attaques(liens, liens.incidents) if not _est_sans_effet(liens, i))
    yield from _tardifs(liens, attaques, "ofcs_le")


def _est_sans_effet(liens: Liens, incident: Ligne) -> bool:
    """Vrai si la commune a répondu que ni service ni donnée n'est touché."""
    return all(liens.est(incident, marque) for marque in _SANS_EFFET)


@regle(
    "INC-008",
    Gravite.ATTENTION,
    "6",
    message="L'incident {nom} est ouvert depuis {delai}.",
    pourquoi="Un incident qui dure n'est plus suivi, ou demande une décision.",
    corriger="Le clore avec ses mesures, ou inscrire la décision qui manque dans « Suite ».",
    doute=(
        "L'incident attend une pièce commandée.",
        "Trente jours au moins, et ce n'est qu'un point d'attention.",
    ),
)
def incident_ouvert_depuis_longtemps(liens: Liens) -> Iterator[Fait]:
    for incident in _ouverts_depuis(liens, liens.modele.identite.seuils.incident_ouvert_jours):
        age = liens.jours_depuis(incident.date("constate_le")) or 0
        yield sur(incident, "statut", delai=accorder(age, "jour"))


@regle(
    "INC-009",
    Gravite.ATTENTION,
    "3.2",
    message="« {outil} » a connu {nombre} incidents en {mois} mois, sans décision à son sujet.",
    pourquoi="Un outil qui tombe souvent se répare, se remplace ou s'accepte : cela se décide.",
    corriger="Proposer une décision {a_executif}, et la lier à ces incidents.",
    doute=(
        "Trois petites pannes sans lien entre elles.",
        "Une décision, une suite, ou une décision qui « fait suite à » l'un d'eux "
        "l'écarte ; ce n'est qu'un point d'attention.",
    ),
)
def incidents_repetes(liens: Liens) -> Iterator[Fait]:
    seuils = liens.modele.identite.seuils
    for outil, incidents in _incidents_par_outil(liens).items():
        est_repete = len(incidents) >= seuils.incidents_repetes
        if est_repete and not _sont_decides(liens, outil, incidents):
            *autres, dernier = incidents
            yield sur(
                dernier,
                "outil",
                aussi=tuple(incident.emplacement("outil") for incident in autres),
                attend=(*cachent(liens, outil), *suites_cachees(liens)),
                outil=outil["nom"],
                nombre=len(incidents),
                mois=seuils.incidents_repetes_mois,
            )


def _sont_decides(liens: Liens, outil: Ligne, incidents: list[Ligne]) -> bool:
    """Vrai si une décision récente concerne l'outil, ou si une décision suit l'un d'eux."""
    suivis = (i for i in incidents if i["suite"] is not None or liens.est_suivie(i))
    return bool(liens.decisions_recentes(outil)) or any(suivis)


def _incidents_par_outil(liens: Liens) -> Mapping[Ligne, list[Ligne]]:
    """Les incidents récents de chaque outil en vigueur, clos ou non, dans l'ordre de la feuille."""
    debut = ajouter_mois(liens.au, -liens.modele.identite.seuils.incidents_repetes_mois)
    actifs, incidents = frozenset(liens.outils), defaultdict[Ligne, list[Ligne]](list)
    for incident in liens.etat.lignes("incidents"):
        jour = jour_passe(liens, incident, "constate_le")
        if jour is not None and le_jour(jour) >= debut:
            for outil in actifs.intersection(liens.etat.citees(incident, "outil", "outils")):
                incidents[outil].append(incident)
    return incidents


@regle(
    "INC-010",
    Gravite.ERREUR,
    "6",
    message="« {libelle} » de l'incident {nom} est le {valeur}, une date à venir.",
    pourquoi="Ce qui s'est passé ne peut pas être daté dans le futur.",
    corriger="Corriger la date.",
    doute=(
        "Le classeur est contrôlé à une date passée.",
        "C'est voulu : « au » fixe aujourd'hui, et ce qui est après n'a pas encore eu lieu.",
    ),
)
def date_a_venir(liens: Liens) -> Iterator[Fait]:
    for incident, colonne in faits_a_venir(liens, liens.modele.par_id["incidents"]):
        yield sur(incident, colonne.id)


@regle(
    "INC-011",
    Gravite.ERREUR,
    "6",
    message="L'incident {nom} est clos le {valeur}, avant d'avoir été constaté le {constat}.",
    pourquoi="Une des deux dates est fausse, et les délais du rapport le seraient aussi.",
    corriger="Corriger l'une des deux dates.",
    doute=(
        "Constaté et clos le même jour, sans heure.",
        "Sans les deux heures, c'est le jour qui compte : le même jour n'est pas avant.",
    ),
)
def clos_avant_constat(liens: Liens) -> Iterator[Fait]:
    yield from _avant_le_constat(liens, liens.etat.lignes("incidents"), "clos_le")


@regle(
    "INC-012",
    Gravite.ERREUR,
    "6",
    message="Incident {nom} : « {libelle} » est le {valeur}, avant le constat du {constat}.",
    pourquoi="Personne n'est informé d'un incident avant qu'il soit constaté.",
    corriger="Corriger l'une des deux dates.",
    doute=(
        "Le prestataire a vu la panne avant la commune, et a appelé le premier.",
        "Son appel peut précéder le constat d'un jour, et l'information du référent le suivre ; "
        "l'annonce « Faite par le prestataire » n'est pas comparée ; au même jour, sans heure, "
        "rien n'est avant.",
    ),
)
def informe_avant_constat(liens: Liens) -> Iterator[Fait]:
    incidents = liens.etat.lignes("incidents")
    yield from _avant_le_constat(liens, incidents, *_ANNONCES, *_A_L_EXTERIEUR)
    # Un prestataire qui annonce pour la commune a pu voir l'attaque avant elle.
    par_la_commune = (i for i in incidents if liens.est(i, _FAITE))
    yield from _avant_le_constat(liens, par_la_commune, "ofcs_le")


@regle(
    "INC-013",
    Gravite.ATTENTION,
    "6",
    message="L'incident {nom} est une fraude au paiement, et rien ne dit que {executif} le sait.",
    pourquoi="Une fausse facture ne touche ni service, ni donnée, mais elle coûte : c'est un "
    "incident significatif, et l'exécutif répond de la caisse.",
    corriger="En informer {executif}, avec la somme, puis inscrire la date.",
    doute=(
        "La fraude a échoué, rien n'a été payé.",
        "Ce n'est qu'un point d'attention ; la date à laquelle l'exécutif l'a appris l'écarte.",
    ),
)
def fraude_inconnue_de_l_executif(liens: Liens) -> Iterator[Fait]:
    for incident in liens.incidents:
        est_muet = incident.est_vide("executif_informe_le") and incident.lieu.a(
            "executif_informe_le"
        )
        if liens.est(incident, FRAUDE) and est_muet and not est_a_annoncer(liens, incident):
            yield sur(incident, "executif_informe_le", attend=_vigueur_cachee(liens, incident))


@regle(
    "INC-014",
    Gravite.ATTENTION,
    "6",
    message="Pour l'incident {nom}, l'annonce à l'OFCS n'a été complétée que le {valeur}, {delai} "
    "après avoir été faite.",
    pourquoi="Une annonce incomplète se complète dans les deux semaines.",
    corriger="Noter, à l'annonce, qui la complète et jusqu'à quand.",
    doute=(
        "L'annonce était complète d'emblée.",
        "Sans date de complément, rien n'est dit : seule une annonce incomplète se complète.",
    ),
)
def annonce_ofcs_completee_tard(liens: Liens) -> Iterator[Fait]:
    seuil = liens.modele.identite.seuils.complement_jours
    for incident in liens.incidents:
        delai = jours_entre(liens, incident, "ofcs_le", "ofcs_complete_le")
        if delai is not None and delai > seuil:
            attend, dit = _vigueur_cachee(liens, incident), accorder(delai, "jour")
            yield sur(incident, "ofcs_complete_le", attend=attend, delai=dit)


@regle(
    "INC-015",
    Gravite.A_REMPLIR,
    "6",
    message="L'incident {nom} a touché des données personnelles : ni annonce à l'autorité "
    "cantonale, ni motif de n'en pas faire.",
    pourquoi="C'est le droit cantonal qui dit s'il faut l'annoncer ; la réponse se garde.",
    corriger="Voir ce que demande le droit cantonal ; inscrire la date de l'annonce, ou le motif.",
    doute=(
        "Le risque pour les personnes est faible, rien n'était à annoncer.",
        "Le motif, en quelques mots, est une réponse ; ce que demande le canton n'est cité que là "
        "où une source le dit.",
    ),
    supplante=("CEL-001", "CEL-018"),
)
def donnees_personnelles_sans_annonce_ni_motif(liens: Liens) -> Iterator[Fait]:
    colonnes = liens.modele.par_id["incidents"].par_id
    if "motif_non_annonce" not in colonnes:
        return
    colonne = colonnes["motif_non_annonce"]
    for incident in liens.etat.lignes("incidents"):
        est_connue = incident.lieu.a(colonne.id) and incident.lieu.a("autorite_annonce_le")
        touche = liens.est(incident, _DONNEES_PERSONNELLES)
        if touche and est_connue and manque(colonne, incident):
            remede = f"{_dire_le_devoir(liens)} Inscrire la date de l'annonce, ou le motif."
            yield sur(incident, colonne.id, corriger=remede)


@regle(
    "INC-016",
    Gravite.ATTENTION,
    "6",
    message="L'incident {nom} a touché des données personnelles, et a été annoncé à l'autorité "
    "cantonale ; rien ne dit si les personnes concernées ont été informées.",
    pourquoi="Selon les cas, les personnes ont à savoir ce qui est arrivé à leurs données.",
    corriger="Voir ce que demande le droit cantonal ; inscrire la date, ou dire dans les remarques "
    "pourquoi ce n'était pas nécessaire.",
    doute=(
        "L'autorité a répondu que ce n'était pas nécessaire.",
        "Un mot dans « Remarques » l'écarte ; ce n'est qu'un point d'attention.",
    ),
)
def personnes_peut_etre_pas_informees(liens: Liens) -> Iterator[Fait]:
    for incident in liens.incidents:
        est_annonce = liens.est(incident, _DONNEES_PERSONNELLES) and incident.jour(
            "autorite_annonce_le"
        )
        colonnes = ("personnes_informees_le", "remarques")
        est_muet = all(incident.lieu.a(nom) and incident.est_vide(nom) for nom in colonnes)
        if est_annonce and est_muet:
            attend = _vigueur_cachee(liens, incident)
            remede = f"{_dire_le_devoir(liens)} {_SINON_DIRE}"
            yield sur(incident, "personnes_informees_le", attend=attend, corriger=remede)


def _vigueur_cachee(liens: Liens, incident: Ligne) -> tuple[Emplacement, ...]:
    """Ce qui, illisible, cache peut-être que l'incident est clos et d'une autre année."""
    colonnes = () if liens.est(incident, INCIDENT_OUVERT) else ("constate_le", "statut")
    return tuple(
        incident.emplacement(colonne)
        for colonne in colonnes
        if liens.etat.est_fautive(incident, colonne)
    )


def _dire_le_devoir(liens: Liens) -> str:
    """Ce que le canton demande, là où une source le dit ; ailleurs, selon le droit cantonal."""
    canton = liens.registre.commune.texte("canton")
    autorite = next((a for a in liens.modele.note.autorites if a.canton == canton), None)
    if autorite and autorite.devoir:
        return f"Dans le canton ({autorite.canton}) : {autorite.devoir}"
    ou = f" : {autorite.nom}" if autorite else ""
    return f"Demander à l'autorité cantonale ce qu'il faut, selon le droit cantonal{ou}."


def _a_determiner(liens: Liens, incident: Ligne, delai: str = "") -> Iterator[Fait]:
    for marque in _A_DETERMINER:
        if liens.est(incident, marque):
            yield sur(incident, marque.colonne, delai=delai)


def _ouverts_depuis(liens: Liens, jours: int) -> Iterator[Ligne]:
    for incident in liens.incidents:
        age = liens.jours_depuis(incident.date("constate_le"))
        if liens.est(incident, INCIDENT_OUVERT) and age is not None and age > jours:
            yield incident


def _attaques(liens: Liens, incidents: Iterable[Ligne]) -> Iterator[Ligne]:
    return (incident for incident in incidents if liens.est(incident, _ATTAQUE))


def _tardifs(liens: Liens, incidents: Iterable[Ligne], colonne: str) -> Iterator[Fait]:
    for incident in incidents:
        constat = jour_passe(liens, incident, "constate_le")
        if constat is not None and est_tardif(liens, incident, colonne):
            yield sur(incident, colonne, constat=dater(constat))


def _avant_le_constat(liens: Liens, incidents: Iterable[Ligne], *colonnes: str) -> Iterator[Fait]:
    for incident in incidents:
        constat, debut = jour_passe(liens, incident, "constate_le"), _debut(liens, incident)
        for colonne in colonnes:
            jour = jour_passe(liens, incident, colonne)
            if constat is not None and debut is not None and jour and est_avant(jour, debut):
                aussi = (incident.emplacement("constate_le"),)
                yield sur(incident, colonne, aussi=aussi, constat=dater(constat))


def _debut(liens: Liens, incident: Ligne) -> Jour | None:
    """Le constat ; ou l'appel du prestataire, s'il l'a devancé d'un jour au plus."""
    constat = jour_passe(liens, incident, "constate_le")
    appel = jour_passe(liens, incident, "prestataire_contacte_le")
    if constat is None or appel is None or not est_avant(appel, constat):
        return constat
    heures = liens.modele.identite.seuils.annonce_heures
    return constat if depasse(appel, constat, heures) else appel
