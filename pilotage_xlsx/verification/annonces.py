"""INC : les instants d'un incident : à venir, dans le désordre, trop tard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.dates import est_avant
from pilotage_xlsx.verification.delais import depasse, depasse_au, jour_passe
from pilotage_xlsx.verification.phrases import dater
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.vocabulaire import Marque

_ATTAQUE = Marque("incidents", "nature", "attaque")
_A_EVALUER = Marque("incidents", "annonce_ofcs", "a_evaluer")
_FAITE = Marque("incidents", "annonce_ofcs", "faite")
_ANNONCES = ("referent_informe_le", "prestataire_contacte_le", "executif_informe_le")
_INSTANTS = ("constate_le", *_ANNONCES, "clos_le", "ofcs_le", "autorite_annonce_le")


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
    "INC-006",
    Gravite.AVERTISSEMENT,
    "6",
    message="L'incident {nom} est une attaque constatée le {constat}, "
    "et son annonce à l'OFCS est encore « À évaluer ».",
    pourquoi="Une cyberattaque s'annonce à l'Office fédéral de la cybersécurité (OFCS) dans les "
    "24 heures de sa découverte.",
    corriger="Choisir s'il faut l'annoncer ; en cas de doute, annoncer.",
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
    pourquoi="Une cyberattaque s'annonce à l'Office fédéral de la cybersécurité (OFCS) dans les "
    "24 heures de sa découverte.",
    corriger="Garder à portée l'adresse de l'annonce, et savoir qui la fait.",
    doute=(
        "Le prestataire a annoncé à temps, la commune l'a inscrit plus tard.",
        "C'est la date inscrite qui compte, et le point n'est que d'attention.",
    ),
)
def annonce_ofcs_tardive(liens: Liens) -> Iterator[Fait]:
    yield from _tardifs(liens, _attaques(liens, liens.incidents), "ofcs_le")


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
    for incident in liens.etat.lignes("incidents"):
        for colonne in _INSTANTS:
            jour = incident.date(colonne)
            if jour is not None and jour > liens.au:
                yield sur(incident, colonne)


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
        "Le prestataire a vu l'attaque avant la commune et l'a annoncée.",
        "L'annonce « Faite par le prestataire » n'est pas comparée ; au même jour, sans "
        "heure, rien n'est avant.",
    ),
)
def informe_avant_constat(liens: Liens) -> Iterator[Fait]:
    incidents = liens.etat.lignes("incidents")
    yield from _avant_le_constat(liens, incidents, *_ANNONCES, "autorite_annonce_le")
    # Un prestataire qui annonce pour la commune a pu voir l'attaque avant elle.
    par_la_commune = (i for i in incidents if liens.est(i, _FAITE))
    yield from _avant_le_constat(liens, par_la_commune, "ofcs_le")


def _attaques(liens: Liens, incidents: Iterable[Ligne]) -> Iterator[Ligne]:
    return (incident for incident in incidents if liens.est(incident, _ATTAQUE))


def _tardifs(liens: Liens, incidents: Iterable[Ligne], colonne: str) -> Iterator[Fait]:
    heures = liens.modele.identite.seuils.annonce_heures
    for incident in incidents:
        constat, jour = (jour_passe(liens, incident, nom) for nom in ("constate_le", colonne))
        if constat is not None and jour is not None and depasse(constat, jour, heures):
            yield sur(incident, colonne, constat=dater(constat))


def _avant_le_constat(liens: Liens, incidents: Iterable[Ligne], *colonnes: str) -> Iterator[Fait]:
    for incident in incidents:
        constat = jour_passe(liens, incident, "constate_le")
        for colonne in colonnes:
            jour = jour_passe(liens, incident, colonne)
            if constat is not None and jour is not None and est_avant(jour, constat):
                aussi = (incident.emplacement("constate_le"),)
                yield sur(incident, colonne, aussi=aussi, constat=dater(constat))
