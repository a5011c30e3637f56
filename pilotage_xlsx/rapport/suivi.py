"""Ce qui s'est passé dans l'année : outils, décisions, signalements, échanges."""

from __future__ import annotations

from datetime import timedelta

from pilotage_xlsx.liens import Liens
from pilotage_xlsx.rapport.chiffres import (
    Decisions,
    Mutualisation,
    Parc,
    Signalements,
)
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.sens import CANTONAL, DURABLE, PROPOSEE, SIGNALEMENT_OUVERT
from pilotage_xlsx.vocabulaire import Marque

_EXAMINEE = Marque("decisions", "mutualisee", "examinee")
_PARTAGE = Marque("outils", "mutualisation", "partage")


def parc(liens: Liens, annee: int) -> Parc:
    """Les outils de la commune et leurs mouvements dans l'année."""
    outils = liens.etat.lignes("outils")
    return Parc(
        en_service=liens.outils_en_service,
        indispensables=liens.indispensables,
        nouveaux=_de_l_annee(liens.outils_en_service, "en_service_depuis", annee),
        arretes=_de_l_annee(outils, "arrete_le", annee),
        sans_decision=tuple(o for o in liens.outils_en_service if liens.est_sans_decision(o)),
    )


def decisions(liens: Liens, annee: int) -> Decisions:
    """Les décisions de l'année, et toutes celles qui attendent."""
    toutes = liens.decisions
    annuelles = _de_l_annee(toutes, "date", annee)
    durables = tuple(d for d in annuelles if liens.est(d, DURABLE))
    return Decisions(
        annee=annuelles,
        durables=durables,
        vues=tuple(d for d in durables if d.jour("executif_le")),
        mises_en_oeuvre=_de_l_annee(toutes, "mise_en_oeuvre_le", annee),
        en_attente=tuple(d for d in toutes if liens.est(d, PROPOSEE)),
    )


def signalements(liens: Liens, annee: int) -> Signalements:
    """Les signalements reçus et clos dans l'année, et ceux qui attendent depuis longtemps."""
    tous = liens.etat.lignes("signalements")
    seuil = liens.modele.identite.seuils.signalement_nouveau_jours
    limite = liens.au - timedelta(days=seuil)
    return Signalements(
        recus=_de_l_annee(tous, "date", annee),
        clos=_de_l_annee(tous, "clos_le", annee),
        anciens=tuple(
            s
            for s in tous
            if liens.est(s, SIGNALEMENT_OUVERT) and (j := s.date("date")) and j < limite
        ),
        seuil_jours=seuil,
        priorite_tacite=liens.modele.si_vide("signalements", "priorite") or "",
    )


def mutualisation(liens: Liens, annee: int) -> Mutualisation:
    """Ce que la commune partage, et ce qu'elle a cherché à partager dans l'année."""
    outils = liens.outils_en_service
    durables = decisions(liens, annee).durables
    return Mutualisation(
        partages=tuple(o for o in outils if liens.est(o, _PARTAGE)),
        cantonaux=tuple(o for o in outils if liens.est(o, CANTONAL)),
        echanges=_de_l_annee(liens.etat.lignes("echanges"), "date", annee),
        examinees=tuple(d for d in durables if liens.est(d, _EXAMINEE)),
        durables=len(durables),
    )


def _de_l_annee(lignes: tuple[Ligne, ...], colonne: str, annee: int) -> tuple[Ligne, ...]:
    return tuple(ligne for ligne in lignes if (jour := ligne.date(colonne)) and jour.year == annee)
