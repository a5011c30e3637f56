"""Les contrats : échéances des douze mois, reconductions, contrats sans fin, contrats écrits."""

from __future__ import annotations

from pilotage_xlsx.liens import Reconduction
from pilotage_xlsx.rapport.chiffres import Contrats, Rapport
from pilotage_xlsx.rapport.document import (
    Bloc,
    Colonne,
    Genre,
    Repere,
    Section,
    Tableau,
    Temps,
)
from pilotage_xlsx.rapport.mots import abreger, chiffrer, compter, lire, nommer, origine
from pilotage_xlsx.rapport.sections.citations import citer
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.typographie import jour, nombre

_REPERE = 40
"""Ce qui tient au-dessus d'un repère de la ligne du temps, même sur un téléphone."""

_RECONDUITS = {Reconduction.SERA_RECONDUIT: "bientôt", Reconduction.RECONDUIT: "déjà"}


def contrats(rapport: Rapport) -> Section:
    """Ce qui engage la commune, et jusqu'à quand."""
    contrats = rapport.contrats
    fin = ajouter_mois(rapport.au, 12)
    phrases = (
        _dire_echeances(contrats, f"d'ici au {jour(fin)}"),
        _dire_reconduits(contrats),
        citer("À durée indéterminée", contrats.indetermines, au_plus=len(contrats.indetermines)),
        citer("Sans fin de contrat inscrite", contrats.sans_fin, au_plus=len(contrats.sans_fin)),
        _dire_ecrits(contrats),
    )
    blocs: tuple[Bloc, ...] = ()
    if contrats.echeances:
        blocs = (_ligne_du_temps(rapport), _tableau(contrats))
    return Section("contrats", "Contrats", "Contrats", phrases, blocs)


def _dire_echeances(contrats: Contrats, quand: str) -> str:
    if not contrats.echeances:
        return f"Aucune échéance de contrat inscrite {quand}."
    return f"{compter(len(contrats.echeances), 'échéance')} de contrat {quand}."


def _dire_reconduits(contrats: Contrats) -> str:
    if not contrats.reconduits:
        return "Reconduits sans décision : aucun."
    noms = ", ".join(f"{nommer(outil)} {_RECONDUITS[etat]}" for outil, etat in contrats.reconduits)
    return f"Reconduits sans décision : {nombre(len(contrats.reconduits))} ({noms})."


def _dire_ecrits(contrats: Contrats) -> str:
    if not contrats.prestataires:
        return "Aucun prestataire inscrit."
    parts = ", ".join(f"{valeur.lower()} {len(qui)}" for valeur, qui in contrats.ecrits)
    return f"Contrats écrits ({compter(contrats.prestataires, 'prestataire')}) : {parts}."


def _ligne_du_temps(rapport: Rapport) -> Temps:
    reperes = tuple(
        Repere(e.fin, abreger(nommer(e.outil), _REPERE), e.dernier_jour)
        for e in rapport.contrats.echeances
    )
    fin = ajouter_mois(rapport.au, 12)
    return Temps("Échéances des douze prochains mois", rapport.au, fin, reperes)


def _tableau(contrats: Contrats) -> Tableau:
    colonnes = (
        Colonne("Outil", Genre.FORT, 28),
        Colonne("Prestataire", largeur=26),
        Colonne("Dernier jour", Genre.DATE, 14),
        Colonne("Échéance", Genre.DATE, 12),
        Colonne("Renouvellement", largeur=24),
        Colonne("Coût annuel", Genre.MONTANT, 14),
        Colonne("Origine", Genre.DISCRET, 24),
    )
    lignes = tuple(
        (
            nommer(e.outil),
            lire(e.outil, "prestataire"),
            e.dernier_jour,
            e.fin,
            lire(e.outil, "renouvellement"),
            chiffrer(e.outil, "cout_annuel"),
            origine(e.outil),
        )
        for e in contrats.echeances
    )
    return Tableau("Contrats, du plus proche au plus lointain", colonnes, lignes)
