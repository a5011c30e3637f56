"""L'avis à l'exécutif : le message qui l'informe d'un incident (note, § 4 et § 6)."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.executif import nommer as appeler
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import DONNEES_TOUCHEES, INCIDENT_CLOS, SERVICE_TOUCHE
from pilotage_xlsx.rapport.document import BlocDeFiche, Champs, Courrier, Fiche, Paragraphes
from pilotage_xlsx.rapport.fiches.communs import (
    BREF,
    COURT,
    INTERNE,
    borner,
    commune,
    pied,
    remplis,
    surtitre,
)
from pilotage_xlsx.rapport.fiches.incident import etapes, faits, suites
from pilotage_xlsx.rapport.mots import TIRET, abreger, epurer, lire_un_fait, nommer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.courriel import nommer as ecrire_courriel
from pilotage_xlsx.socle.typographie import paragraphe

_TOUCHES = (
    (SERVICE_TOUCHE, "un service à la population"),
    (DONNEES_TOUCHEES, "la sécurité de données"),
)
_A_ANNONCER = tuple(
    marque._replace(nom=nom) for marque, _ in _TOUCHES for nom in (marque.nom, "a_determiner")
)
_OUTILS = 3
_PARAGRAPHE = paragraphe("6")


def refuser(liens: Liens, incident: Ligne) -> str | None:
    """Pourquoi il n'y a pas d'avis à faire : l'incident ne touche ni service ni données."""
    if liens.est(incident, *_A_ANNONCER):
        return None
    numero = borner(incident, "numero", BREF)
    dites = " ; ".join(f"{nom} : {texte}" for nom, texte in list(faits(incident))[:2])
    return (
        f"{numero} ne touche ni service ni données ({dites}) : la note ({_PARAGRAPHE}) ne demande "
        f"pas d'en informer {_executif(liens)}. Si c'est inexact, corrigez d'abord la feuille "
        "Incidents."
    )


def composer(liens: Liens, incident: Ligne) -> Fiche:
    """Le message sur cet incident, avec ses en-têtes ; voir d'abord `refuser`."""
    numero, nature = borner(incident, "numero", BREF), borner(incident, "nature", BREF)
    objet = f"Avis d'incident {numero} : {nature.lower()} ({commune(liens)})"
    return Fiche(
        avis=INTERNE,
        surtitre=surtitre(liens),
        titre=f"Avis d'incident {numero}",
        blocs=tuple(_blocs(liens, incident)),
        pied=pied(liens, f"avis d'incident {numero}"),
        courrier=Courrier(objet, _expediteur(liens), _destinataire(liens)),
    )


def _expediteur(liens: Liens) -> str | None:
    fiche = liens.registre.commune
    courriel = lire_un_fait(fiche, "referent_courriel")
    nom = abreger(lire_un_fait(fiche, "referent_nom"), BREF)
    if not courriel:
        return None
    return courriel if "<" in courriel else ecrire_courriel(nom, courriel)


def _destinataire(liens: Liens) -> str | None:
    """Les adresses de l'exécutif, sur la ligne que lit l'envoi."""
    texte = liens.registre.commune.texte("executif_courriel") or ""
    return " ; ".join(filter(None, map(epurer, texte.splitlines()))) or None


def _blocs(liens: Liens, incident: Ligne) -> Iterator[BlocDeFiche]:
    yield Paragraphes("", ("Bonjour,", _annoncer(liens, incident)))
    yield Champs(
        "Ce qui s'est passé",
        (
            ("Constaté le", borner(incident, "constate_le", COURT)),
            ("Quoi", f"{borner(incident, 'nature', BREF)}, {borner(incident, 'outil', COURT)}"),
            ("Description", borner(incident, "description")),
            *faits(incident),
        ),
    )
    yield Champs("Qui est informé", tuple(_informes(liens, incident)))
    yield Champs("Où nous en sommes", tuple(remplis(_suite(liens, incident))))
    yield Paragraphes("", tuple(_signer(liens)))


def _annoncer(liens: Liens, incident: Ligne) -> str:
    """Ce qui est touché à coup sûr ; sinon, que cela reste à déterminer."""
    touches = [quoi for marque, quoi in _TOUCHES if liens.est(incident, marque)]
    demande = f"la note ({_PARAGRAPHE}) demande d'en informer {_executif(liens)}"
    if touches:
        return f"Un incident a touché {' et '.join(touches)} ; {demande}."
    return (
        "Un incident est constaté ; il reste à déterminer s'il touche un service à la population "
        f"ou la sécurité de données. S'il les touche, {demande} : ce message le fait sans attendre."
    )


def _executif(liens: Liens) -> str:
    nom = lire_un_fait(liens.registre.commune, "executif_nom")
    return abreger(appeler(nom).executif, BREF)


def _informes(liens: Liens, incident: Ligne) -> Iterator[tuple[str, str]]:
    for nom, quand, delai, _ in etapes(liens, incident):
        if nom != "Clôture":
            yield nom, quand if delai == TIRET else f"{quand} (après le constat : {delai})"


def _suite(liens: Liens, incident: Ligne) -> Iterator[tuple[str, str]]:
    cloture = abreger(lire_un_fait(incident, "clos_le"), BREF)
    yield "État", borner(incident, "statut", BREF) + (f" le {cloture}" if cloture else "")
    yield "Mesures prises", borner(incident, "mesures", sinon="pas encore inscrites")
    if not liens.est(incident, INCIDENT_CLOS):
        yield from _replis(liens, incident)
    yield "Cause et enseignement", borner(incident, "cause", sinon="")
    yield from suites(liens, incident)


def _replis(liens: Liens, incident: Ligne) -> Iterator[tuple[str, str]]:
    for outil in liens.etat.citees(incident, "outil", "outils")[:_OUTILS]:
        yield (
            f"En attendant, {abreger(nommer(outil), BREF)}",
            borner(outil, "repli", COURT, sinon=""),
        )


def _signer(liens: Liens) -> Iterator[str]:
    fiche = liens.registre.commune
    yield abreger(lire_un_fait(fiche, "referent_nom", sinon="Le référent"), BREF)
    colonnes = ("referent_fonction", "referent_telephone")
    textes = (borner(fiche, colonne, BREF, sinon="") for colonne in colonnes)
    if signature := ", ".join(filter(None, textes)):
        yield signature
