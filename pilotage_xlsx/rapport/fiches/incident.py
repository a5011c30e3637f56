"""La fiche d'un incident : une page pour le dossier, avec chaque délai (note, § 6)."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.etat import est_exigee
from pilotage_xlsx.metier.executif import nommer as appeler
from pilotage_xlsx.metier.jugements import a_touche
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import INCIDENT_CLOS
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    Champs,
    ColonneDeTable,
    Encadre,
    Fiche,
    GenreDeColonne,
    Tableau,
)
from pilotage_xlsx.rapport.fiches.communs import (
    BREF,
    COURT,
    INTERNE,
    MANQUE,
    borner,
    pied,
    remplis,
    surtitre,
)
from pilotage_xlsx.rapport.incidents import mesurer
from pilotage_xlsx.rapport.mots import TIRET, abreger, dire, lire, lire_un_fait
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre, paragraphe

_SUITES = 3
_PARAGRAPHE = paragraphe("6")


def composer(liens: Liens, incident: Ligne) -> Fiche:
    """La fiche de cet incident : les faits, qui fut informé et en combien de temps, la suite."""
    numero = borner(incident, "numero", BREF)
    return Fiche(
        avis=INTERNE,
        surtitre=surtitre(liens),
        titre=f"Incident {numero} : {borner(incident, 'nature', BREF)}",
        blocs=tuple(_blocs(liens, incident)),
        pied=pied(liens, f"incident {numero}"),
    )


def faits(incident: Ligne) -> Iterator[tuple[str, str]]:
    """Ce qui est touché : le service, les données, les données personnelles."""
    yield "Service à la population", _service(incident)
    yield "Sécurité des données", borner(incident, "donnees_touchees", COURT)
    personnelles = borner(incident, "donnees_personnelles", COURT, sinon="")
    yield from remplis([("Données personnelles", personnelles)])


def _service(incident: Ligne) -> str:
    heures = incident.nombre("interruption_heures")
    duree = "" if heures is None else f", interruption de {nombre(heures)} h"
    return f"{borner(incident, 'service_touche', COURT)}{duree}"


def _blocs(liens: Liens, incident: Ligne) -> Iterator[BlocDeFiche]:
    yield Champs(
        "Ce qui s'est passé",
        (
            ("Constaté le", borner(incident, "constate_le", COURT)),
            ("Annoncé par", borner(incident, "annonce_par", COURT)),
            ("Outil touché", borner(incident, "outil", COURT)),
            ("Description", borner(incident, "description")),
            *faits(incident),
        ),
    )
    yield _delais(liens, incident)
    yield Champs("La suite", tuple(remplis(_suite(liens, incident))))
    yield Encadre(
        "Versé au dossier",
        f"Référent : {borner(liens.registre.commune, 'referent_nom', BREF)}.",
        a_remplir=("Le", "Signature"),
    )


def _delais(liens: Liens, incident: Ligne) -> Tableau:
    colonnes = (
        ColonneDeTable("Étape", GenreDeColonne.FORT, 30),
        ColonneDeTable("Le", GenreDeColonne.DATE, 20),
        ColonneDeTable("Après le constat", largeur=18),
        ColonneDeTable("Ce qui est attendu", GenreDeColonne.DISCRET, 40),
    )
    return Tableau(
        "Qui fut informé, et en combien de temps", colonnes, tuple(etapes(liens, incident))
    )


_RIEN_DE_TOUCHE = (
    Marque("incidents", "service_touche", "non"),
    Marque("incidents", "donnees_touchees", "non"),
)
_PERSONNES_TOUCHEES = Marque("incidents", "donnees_personnelles", "oui")
_PERSONNES_A_DETERMINER = Marque("incidents", "donnees_personnelles", "a_determiner")


def etapes(liens: Liens, incident: Ligne) -> Iterator[tuple[str, str, str, str]]:
    """Chaque étape : son nom, sa date (ou ce qu'en dit la feuille), son délai, ce qui est
    attendu."""
    for nom, colonne, sinon, attendu in _attendus(liens, incident):
        delai = mesurer(incident.jour("constate_le"), incident.jour(colonne))
        est_connu = delai.minutes is not None or delai.jours is not None
        quand = abreger(lire(incident, colonne, sinon=sinon), BREF)
        yield nom, quand, dire(delai) if est_connu else TIRET, attendu


def _attendus(liens: Liens, incident: Ligne) -> Iterator[tuple[str, str, str, str]]:
    """Nom de l'étape, colonne, mot d'une cellule vide, et la règle, avec son § de la note."""
    de_executif = appeler(lire_un_fait(liens.registre.commune, "executif_nom")).de_executif
    heures = liens.modele.identite.seuils.annonce_heures
    yield "Information du référent", "referent_informe_le", MANQUE, f"sans délai ({_PARAGRAPHE})"
    yield (
        "Appel au prestataire",
        "prestataire_contacte_le",
        MANQUE,
        f"s'il peut aider ({_PARAGRAPHE})",
    )
    yield (
        f"Information {abreger(de_executif, BREF)}",
        "executif_informe_le",
        MANQUE if a_touche(liens, incident) else _pas_exige(liens, incident),
        f"service ou données touchés ({_PARAGRAPHE}) : sous {_jours(liens)}",
    )
    yield (
        "Annonce à l'OFCS",
        "ofcs_le",
        _annonce_ofcs(liens, incident),
        f"une cyberattaque : dans les {heures} heures",
    )
    yield (
        "Annonce à l'autorité cantonale",
        "autorite_annonce_le",
        _autorite(liens, incident),
        "données personnelles : selon le droit cantonal",
    )
    yield "Clôture", "clos_le", _cloture(liens, incident), ""


def _jours(liens: Liens) -> str:
    seuil = liens.etat.seuil("seuil_information")
    return "1 jour" if seuil == 1 else f"{nombre(seuil)} jours"


def _pas_exige(liens: Liens, incident: Ligne) -> str:
    est_su = all(liens.est(incident, marque) for marque in _RIEN_DE_TOUCHE)
    return "pas nécessaire" if est_su else "à déterminer"


def _annonce_ofcs(liens: Liens, incident: Ligne) -> str:
    colonne = liens.modele.par_id["incidents"].par_id["annonce_ofcs"]
    sinon = MANQUE if est_exigee(colonne, incident) else "pas une attaque"
    return lire(incident, "annonce_ofcs", sinon=sinon)


def _autorite(liens: Liens, incident: Ligne) -> str:
    if liens.est(incident, _PERSONNES_TOUCHEES):
        return "pas annoncé" if incident.dit("motif_non_annonce") else MANQUE
    return "à déterminer" if liens.est(incident, _PERSONNES_A_DETERMINER) else "sans objet"


def _cloture(liens: Liens, incident: Ligne) -> str:
    return MANQUE if liens.est(incident, INCIDENT_CLOS) else lire(incident, "statut", sinon=MANQUE)


def _suite(liens: Liens, incident: Ligne) -> Iterator[tuple[str, str]]:
    yield "Mesures prises", borner(incident, "mesures", sinon="pas encore inscrites")
    yield "Cause et enseignement", borner(incident, "cause", sinon="")
    yield "Pourquoi pas d'annonce", borner(incident, "motif_non_annonce", sinon="")
    yield from suites(liens, incident)
    yield "Remarques", borner(incident, "remarques", COURT, sinon="")


def suites(liens: Liens, incident: Ligne) -> Iterator[tuple[str, str]]:
    """Les décisions qui font suite à l'incident, avec leur statut."""
    for decision in liens.etat.citees(incident, "suite", "decisions")[:_SUITES]:
        statut = lire(decision, "statut", sinon="statut non inscrit").lower()
        texte = f"{borner(decision, 'decision', COURT).rstrip('.')} ({statut})"
        yield f"Décision {borner(decision, 'numero', BREF)}", texte
