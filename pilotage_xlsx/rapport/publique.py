"""La page qui peut se publier : une demi-page pour le rapport de gestion de la commune.

N'y entrent ni faiblesse, ni nom, ni prestataire, ni incident : des comptes, des dates, et l'organe
qui décide. Ce qui en est laissé se liste, pour que personne ne croie la page entière. Elle n'est
jamais dans ``rapport.json`` : l'envoi ne la joint pas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.metier.chiffres.decisions import DECISIONS, DURABLES, MISES_EN_OEUVRE
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS
from pilotage_xlsx.metier.chiffres.mutualisation import CANTONAUX, ECHANGES, PARTAGES
from pilotage_xlsx.metier.chiffres.parc import COUT_ANNUEL, EN_SERVICE
from pilotage_xlsx.metier.chiffres.registres import A_CLARIFIER
from pilotage_xlsx.metier.chiffres.signalements import RECUS
from pilotage_xlsx.metier.mesure import Chiffre
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import BlocDeFiche, Champs, Fiche, Paragraphes
from pilotage_xlsx.rapport.fiches.communs import POINTILLES
from pilotage_xlsx.rapport.mots import (
    abreger,
    commune,
    compter,
    de_commune,
    executif_sujet,
    lire_un_fait,
)
from pilotage_xlsx.rapport.rendus import D_UNE_FICHE, rendre
from pilotage_xlsx.socle.typographie import jour, montant, nombre

_COMMUNE, _CANTON = 70, 20
_DEMI_PAGE = 0.5


class PagePublique(NamedTuple):
    """La page, et une phrase par chose qui en est laissée."""

    fiche: Fiche
    laisses: tuple[str, ...]


def composer(rapport: Rapport) -> PagePublique:
    """La demi-page de cette commune, et ce qui n'y est pas."""
    nom = POINTILLES if rapport.commune.est_vide("commune") else commune(rapport, _COMMUNE)
    canton = lire_un_fait(rapport.commune, "canton")
    lieu = f"{nom} ({abreger(canton, _CANTON)})" if canton else nom
    fiche = Fiche(
        avis="",
        surtitre=f"Commune {de_commune(lieu)}",
        titre=f"Le numérique de la commune en {rapport.annee}",
        blocs=tuple(_blocs(rapport)),
        pied=f"{nom} · rapport de gestion {rapport.annee}",
        pages=_DEMI_PAGE,
    )
    return PagePublique(fiche, tuple(_laisses(rapport)))


def publier(rapport: Rapport, nom: str, formes: Iterable[str]) -> Mapping[str, bytes]:
    """Les fichiers de la page, dans celles de ces formes qu'elle a ; sinon en texte."""
    demandees = set(formes)
    retenues = [forme for forme in D_UNE_FICHE if forme in demandees] or ["txt"]
    page = composer(rapport).fiche
    return {f"{nom}.{forme}": rendre(page, forme, rapport.au) for forme in retenues}


def _blocs(rapport: Rapport) -> Iterator[BlocDeFiche]:
    yield Paragraphes("", tuple(_phrases(rapport)))
    if chiffres := tuple(_chiffres(rapport)):
        yield Champs(f"En chiffres, au {jour(rapport.au)}", chiffres)


def _phrases(rapport: Rapport) -> Iterator[str]:
    tient = "tient" if rapport.mesures[EN_SERVICE].valeur else "prépare"
    yield (
        f"La commune {tient} l'inventaire de ses outils numériques, de ses contrats et de ses "
        "décisions, pour choisir en sachant pourquoi et pouvoir changer."
    )
    sujet = executif_sujet(rapport.commune)
    adoptee = _passe(rapport, "note_adoptee_le")
    actes = (
        f"adopté le {jour(adoptee)} une note de pilotage numérique" if adoptee else "",
        "désigné un référent numérique" if _a_un_referent(rapport) else "",
    )
    if any(actes):
        yield f"{sujet} a {' et '.join(filter(None, actes))}."
    yield from _faits_de_l_annee(rapport)
    yield f"{sujet} reçoit chaque année le rapport du pilotage numérique."


def _faits_de_l_annee(rapport: Rapport) -> Iterator[str]:
    """Ce que la commune a fait cette année-là, si elle l'a inscrit."""
    for colonne, phrase in _FAITS:
        le = _passe(rapport, colonne)
        if le is not None and le.year == rapport.annee:
            yield f"{phrase} le {jour(le)}."


_FAITS = (
    ("sensibilisation_le", "Le personnel et les élus ont été sensibilisés aux faux messages"),
    ("exercice_le", "La commune s'est exercée à servir la population sans ses outils"),
    ("inventaire_revu_le", "L'inventaire a été relu en entier"),
)


def _passe(rapport: Rapport, colonne: str) -> date | None:
    """Le jour inscrit, s'il n'est pas à venir."""
    le = rapport.commune.date(colonne)
    return le if le is not None and le <= rapport.au else None


def _a_un_referent(rapport: Rapport) -> bool:
    return rapport.commune.dit("referent_nom")


def _chiffres(rapport: Rapport) -> Iterator[tuple[str, str]]:
    """Ce qui se compte ; un zéro, un coût connu en partie ne se publient pas."""
    for libelle, chiffre in _COMPTES:
        if valeur := int(rapport.mesures[chiffre].valeur):
            yield libelle, nombre(valeur)
    if decisions := int(rapport.mesures[DECISIONS].valeur):
        durables = int(rapport.mesures[DURABLES].valeur)
        part = "toutes" if durables == decisions else f"dont {nombre(durables)}"
        suite = f", {part} pour la durée" if durables and decisions > 1 else ""
        yield "Décisions inscrites dans l'année", f"{nombre(decisions)}{suite}"
    if faites := int(rapport.mesures[MISES_EN_OEUVRE].valeur):
        yield "Décisions mises en œuvre", nombre(faites)
    if _cout_est_entier(rapport):
        yield "Coût des outils", f"CHF {montant(rapport.mesures[COUT_ANNUEL].valeur)} par an"


_COMPTES: tuple[tuple[str, Chiffre], ...] = (
    ("Outils en service", EN_SERVICE),
    ("Partagés avec d'autres communes", PARTAGES),
    ("Fournis par le canton", CANTONAUX),
    ("Échanges avec d'autres communes et la région", ECHANGES),
)


def _cout_est_entier(rapport: Rapport) -> bool:
    """Vrai si le coût de chaque outil est connu : une somme en partie connue tromperait."""
    cout = rapport.mesures[COUT_ANNUEL]
    return cout.compte > 0 and cout.compte == cout.sur


def _laisses(rapport: Rapport) -> Iterator[str]:
    yield "les noms : personnes, outils, prestataires"
    yield "ce qui expose la commune : sauvegardes, accès, dépendances, lieux des données, contrats"
    for chiffre, singulier, pluriel in _TUS:
        if combien := int(rapport.mesures[chiffre].valeur):
            yield compter(combien, singulier, pluriel)
    if rapport.points:
        yield compter(len(rapport.points), "point à décider", "points à décider")
    cout = rapport.mesures[COUT_ANNUEL]
    if cout.sur and not _cout_est_entier(rapport):
        connu = f"connu pour {compter(cout.compte, 'outil')} sur {nombre(cout.sur)}"
        yield f"le coût des outils, {connu}"
    if _passe(rapport, "note_adoptee_le") is None:
        yield "l'adoption de la note, que rien n'inscrit"
    if not _a_un_referent(rapport):
        yield "la désignation du référent, que rien n'inscrit"
    if rapport.commune.dit("orientations"):
        yield "les orientations générales, en texte libre : à relire avant de les publier"


_TUS: tuple[tuple[Chiffre, str, str], ...] = (
    (INCIDENTS, "incident de l'année, et son détail", "incidents de l'année, et leur détail"),
    (RECUS, "signalement reçu", "signalements reçus"),
    (A_CLARIFIER, "réponse à clarifier", "réponses à clarifier"),
)
