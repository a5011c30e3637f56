"""Ce qui s'est passé dans l'année : outils, décisions, signalements, échanges, écarts."""

from __future__ import annotations

from datetime import timedelta

from pilotage_xlsx.liens import DURABLE, Liens
from pilotage_xlsx.rapport.chiffres import (
    Decisions,
    Ecart,
    Mutualisation,
    Parc,
    Signalements,
)
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.textes import cle

EXAMINEES = ("Oui, retenue", "Oui, écartée")


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
    durables = tuple(d for d in annuelles if d["portee"] == DURABLE)
    return Decisions(
        annee=annuelles,
        durables=durables,
        vues=tuple(d for d in durables if d.jour("executif_le")),
        mises_en_oeuvre=_de_l_annee(toutes, "mise_en_oeuvre_le", annee),
        en_attente=tuple(d for d in toutes if d["statut"] == "Proposée"),
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
            if s["statut"] in ("Nouveau", "En cours") and (j := s.date("date")) and j < limite
        ),
        seuil_jours=seuil,
    )


def mutualisation(liens: Liens, annee: int) -> Mutualisation:
    """Ce que la commune partage, et ce qu'elle a cherché à partager dans l'année."""
    outils = liens.outils_en_service
    durables = decisions(liens, annee).durables
    return Mutualisation(
        partages=tuple(o for o in outils if o["mutualisation"] == "Partagé avec d'autres communes"),
        cantonaux=tuple(o for o in outils if o["mutualisation"] == "Fourni par le canton"),
        echanges=_de_l_annee(liens.etat.lignes("echanges"), "date", annee),
        examinees=tuple(d for d in durables if d["mutualisee"] in EXAMINEES),
        durables=len(durables),
    )


def ecarts(liens: Liens, precedents: Liens | None) -> tuple[Ecart, ...]:
    """Les outils en service apparus et disparus depuis le classeur de l'an passé."""
    if precedents is None:
        return ()
    return (*_apparus(liens, precedents), *_disparus(liens, precedents))


def _apparus(liens: Liens, precedents: Liens) -> tuple[Ecart, ...]:
    anciens = _noms(precedents)
    return tuple(
        Ecart(outil, est_apparu=True, a_une_decision=bool(liens.decisions_liees(outil)))
        for nom, outil in _noms(liens).items()
        if nom not in anciens
    )


def _disparus(liens: Liens, precedents: Liens) -> tuple[Ecart, ...]:
    actuels = _noms(liens)
    return tuple(
        Ecart(outil, est_apparu=False, a_une_decision=_a_une_decision(liens, nom))
        for nom, outil in _noms(precedents).items()
        if nom not in actuels
    )


def _a_une_decision(liens: Liens, nom: str) -> bool:
    outil = liens.etat.trouver("outils", nom)
    return outil is not None and bool(liens.decisions_liees(outil))


def _noms(liens: Liens) -> dict[str, Ligne]:
    return {cle(nom): o for o in liens.outils_en_service if (nom := o.texte("nom"))}


def _de_l_annee(lignes: tuple[Ligne, ...], colonne: str, annee: int) -> tuple[Ligne, ...]:
    return tuple(ligne for ligne in lignes if (jour := ligne.date(colonne)) and jour.year == annee)
