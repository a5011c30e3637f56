"""Ce à quoi la commune est tenue : prestataires, lieux des données, contrats."""

from __future__ import annotations

from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.liens import Liens, Reconduction
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.jugements import est_captif, est_sans_fin, groupe_etranger
from pilotage_xlsx.rapport.chiffres import Contrats, Dependance, Echeance, Maitrise
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.sens import (
    DONNEES_PERSONNELLES,
    DONNEES_SENSIBLES,
    DUREE_INDETERMINEE,
    IMPORTANT,
    INDISPENSABLE,
)
from pilotage_xlsx.socle.dates import ajouter_mois

_SANS_DECISION = (Reconduction.SERA_RECONDUIT, Reconduction.RECONDUIT)
SANS_REPONSE = "Pas de réponse"


def dependance(liens: Liens) -> Dependance:
    """Les prestataires des outils indispensables, et les outils dont on ne sort pas."""
    return Dependance(
        par_prestataire=tuple(
            (nom, outils)
            for nom, outils in PAR_PRESTATAIRE.mesurer(liens, None).parts
            if isinstance(nom, Ligne)
        ),
        indispensables=len(liens.indispensables),
        captifs=tuple(
            o
            for o in liens.outils_en_service
            if liens.est(o, INDISPENSABLE, IMPORTANT) and est_captif(liens, o)
        ),
    )


def maitrise(liens: Liens) -> Maitrise:
    """Où sont les données personnelles, et sous quels groupes sont les sensibles."""
    outils = tuple(o for o in liens.outils_en_service if liens.est(o, DONNEES_PERSONNELLES))
    sensibles = tuple(o for o in outils if liens.est(o, DONNEES_SENSIBLES))
    return Maitrise(
        par_lieu=_grouper(liens, "outils", "lieu_donnees", outils),
        sensibles=sensibles,
        sous_groupe_etranger=tuple(o for o in sensibles if groupe_etranger(liens, o)),
    )


def contrats(liens: Liens) -> Contrats:
    """Les échéances des douze prochains mois, les reconductions, les contrats écrits."""
    outils = liens.outils_en_service
    fin = ajouter_mois(liens.au, 12)
    echeances = [
        Echeance(outil, jour, dernier_jour_pour_resilier(outil))
        for outil in outils
        if (jour := outil.date("echeance")) and liens.au <= jour <= fin
    ]
    sans_fin = tuple(o for o in outils if est_sans_fin(liens, o))
    reconductions = ((outil, liens.reconduction(outil)) for outil in outils)
    return Contrats(
        echeances=tuple(sorted(echeances, key=lambda echeance: echeance.fin)),
        reconduits=tuple((outil, r) for outil, r in reconductions if r in _SANS_DECISION),
        indetermines=tuple(o for o in sans_fin if liens.est(o, DUREE_INDETERMINEE)),
        sans_fin=tuple(o for o in sans_fin if not liens.est(o, DUREE_INDETERMINEE)),
        ecrits=_grouper(liens, "prestataires", "contrat", liens.prestataires),
        prestataires=len(liens.prestataires),
    )


def _grouper(
    liens: Liens, registre: str, colonne: str, lignes: tuple[Ligne, ...]
) -> tuple[tuple[str, tuple[Ligne, ...]], ...]:
    """Les lignes par valeur, dans l'ordre de la liste du modèle ; les vides à la fin."""
    choix = liens.modele.choix(liens.modele.par_id[registre].par_id[colonne])
    groupes = [(valeur, tuple(o for o in lignes if o[colonne] == valeur)) for valeur in choix]
    vides = tuple(o for o in lignes if o[colonne] is None or isinstance(o[colonne], Illisible))
    return tuple(groupe for groupe in (*groupes, (SANS_REPONSE, vides)) if groupe[1])
