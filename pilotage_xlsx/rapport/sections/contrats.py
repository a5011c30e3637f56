"""Les contrats : échéances des douze mois, reconductions, contrats sans fin, contrats écrits."""

from __future__ import annotations

from pilotage_xlsx.metier.affaires import Sinon
from pilotage_xlsx.metier.chiffres.contrats import ECHEANCES, ECRITS, RECONDUITS
from pilotage_xlsx.metier.mesure import Chapitre
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import (
    Bloc,
    ColonneDeTable,
    GenreDeColonne,
    Repere,
    Section,
    Tableau,
    Temps,
)
from pilotage_xlsx.rapport.mots import (
    abreger,
    chiffrer,
    citer_jusqu_a_dix,
    compter,
    lire,
    nommer,
    origine,
)
from pilotage_xlsx.rapport.sections.citations import citer_le_chapitre
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.typographie import jour, nombre

_REPERE = 40
"""Ce qui tient au-dessus d'un repère de la ligne du temps, même sur un téléphone."""

_RECONDUITS = {Sinon.SERA_RECONDUIT: "bientôt", Sinon.A_ETE_RECONDUIT: "déjà"}


def contrats(rapport: Rapport) -> Section:
    """Ce qui engage la commune, et jusqu'à quand."""
    fin = ajouter_mois(rapport.jour, 12)
    phrases = (
        _dire_echeances(rapport, f"d'ici au {jour(fin)}"),
        _dire_reconduits(rapport),
        *citer_le_chapitre(rapport, Chapitre.CONTRATS, en_entier=True),
        _dire_ecrits(rapport),
    )
    blocs: tuple[Bloc, ...] = ()
    if rapport.echeances:
        blocs = (_ligne_du_temps(rapport), _tableau(rapport))
    return Section("contrats", "Contrats", "Contrats", phrases, blocs)


def _dire_echeances(rapport: Rapport, quand: str) -> str:
    echeances = rapport.mesures[ECHEANCES].compte
    if not echeances:
        return f"Aucune échéance de contrat inscrite {quand}."
    noms = citer_jusqu_a_dix(rapport.mesures[ECHEANCES].lignes)
    return f"{compter(echeances, 'échéance')} de contrat {quand} ({noms})."


def _dire_reconduits(rapport: Rapport) -> str:
    reconduits = rapport.mesures[RECONDUITS].compte
    if not reconduits:
        return "Reconduits sans décision : aucun."
    noms = ", ".join(f"{nommer(outil)} {_RECONDUITS[etat]}" for outil, etat in rapport.reconduits)
    return f"Reconduits sans décision : {nombre(reconduits)} ({noms})."


def _dire_ecrits(rapport: Rapport) -> str:
    ecrits = rapport.mesures[ECRITS]
    if not ecrits.compte:
        return "Aucun prestataire inscrit."
    parts = ", ".join(f"{reponse} {len(qui)}" for reponse, qui in ecrits.parts if qui)
    return f"Contrats écrits ({compter(ecrits.compte, 'prestataire')}) : {parts}."


def _ligne_du_temps(rapport: Rapport) -> Temps:
    reperes = tuple(
        Repere(e.fin, abreger(nommer(e.outil), _REPERE), e.dernier_jour) for e in rapport.echeances
    )
    fin = ajouter_mois(rapport.jour, 12)
    return Temps("Échéances des douze prochains mois", rapport.jour, fin, reperes)


def _tableau(rapport: Rapport) -> Tableau:
    colonnes = (
        ColonneDeTable("Outil", GenreDeColonne.FORT, 28),
        ColonneDeTable("Prestataire", largeur=26),
        ColonneDeTable("Dernier jour", GenreDeColonne.DATE, 14),
        ColonneDeTable("Échéance", GenreDeColonne.DATE, 12),
        ColonneDeTable("Renouvellement", largeur=24),
        ColonneDeTable("Coût annuel", GenreDeColonne.MONTANT, 14),
        ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
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
        for e in rapport.echeances
    )
    return Tableau("Contrats, du plus proche au plus lointain", colonnes, lignes)
