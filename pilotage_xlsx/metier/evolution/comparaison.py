r"""Comparer deux classeurs d'une même commune (docs/domaine.md §4, « Entre deux années »).

Un changement durable (outil apparu ou disparu, autre prestataire, coût en hausse au-delà des deux
seuils de la feuille Commune, données parties hors de Suisse) demande une décision de l'intervalle.

>>> from tests.metier.evolution.annees import classeur
>>> avant = classeur("outils | nom | lieu_donnees\n | GED | Suisse", 2025)
>>> apres = classeur("outils | nom | lieu_donnees\n | GED | Autre pays", 2026)
>>> [(c.nature.value, c.exige_une_decision) for c in comparer(avant, apres).changements]
[('lieu_donnees', True)]
>>> comparer(avant, avant).changements
()
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from pilotage_xlsx.metier.evolution.appariement import Appariement, OutilsApparies, apparier
from pilotage_xlsx.metier.evolution.changements import Changement, Evolution, NatureDeChangement
from pilotage_xlsx.metier.evolution.intervalle import Intervalle
from pilotage_xlsx.metier.evolution.prestataires import Prestataires
from pilotage_xlsx.metier.evolution.remarques import est_la_meme_commune, remarquer
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import (
    ARRETE,
    DECISION_ANTERIEURE,
    ECARTEE,
    EN_EUROPE,
    EN_PROJET,
    HORS_DE_SUISSE,
    PROPOSEE,
)
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne

_SEUILS_DE_HAUSSE = ("seuil_hausse_pourcent", "seuil_hausse_chf")
_EN_SUISSE = Marque("outils", "lieu_donnees", "en_suisse")


def ont_change(colonne: str, avant: Ligne, apres: Ligne) -> bool:
    """Vrai si la cellule est un texte lisible des deux côtés, et qu'il a changé."""
    textes = avant.texte(colonne), apres.texte(colonne)
    return None not in textes and textes[0] != textes[1]


def a_quitte_la_suisse(liens: Liens, avant: Ligne, apres: Ligne) -> bool:
    """Vrai si les données étaient en Suisse à coup sûr, et n'y sont plus toutes."""
    est_ailleurs = liens.est(apres, HORS_DE_SUISSE, EN_EUROPE)
    return liens.est(avant, _EN_SUISSE) and est_ailleurs


def cout_en_hausse(liens: Liens, avant: Ligne, apres: Ligne) -> bool:
    """Vrai si le coût monte de plus que les deux seuils de la commune, en pour-cent et en CHF."""
    ancien, nouveau = avant.nombre("cout_annuel"), apres.nombre("cout_annuel")
    a_ses_seuils = all(seuil in liens.modele.fiche.par_id for seuil in _SEUILS_DE_HAUSSE)
    if ancien is None or nouveau is None or not a_ses_seuils:
        return False
    pourcent, francs = map(liens.etat.seuil, _SEUILS_DE_HAUSSE)
    hausse = nouveau - ancien
    return hausse > francs and hausse * 100 > ancien * pourcent


def etait_deja_en_service(liens: Liens, outil: Ligne, annee: int | None) -> bool:
    """Vrai si l'outil servait avant l'année du premier classeur, qui l'avait oublié."""
    if liens.est(outil, DECISION_ANTERIEURE):
        return True
    depuis = outil.date("en_service_depuis")
    return depuis is not None and annee is not None and depuis.year < annee


_LISTES = (
    (NatureDeChangement.CRITICITE, "criticite"),
    (NatureDeChangement.REMPLACEMENT, "remplacement"),
    (NatureDeChangement.RECUPERATION, "recuperation"),
)


def ordonner(avant: Liens, apres: Liens) -> tuple[Liens, Liens]:
    """Les deux classeurs, du plus ancien au plus récent d'après l'année de leur feuille Commune."""
    annees = avant.registre.annee, apres.registre.annee
    est_inverse = None not in annees and annees[0] > annees[1]  # type: ignore[operator]
    return (apres, avant) if est_inverse else (avant, apres)


def comparer(avant: Liens, apres: Liens) -> Evolution:
    """Tout ce qui change de ``avant`` à ``apres``, dans l'ordre donné ; ne lève rien.

    Si une feuille Outils manque ou n'a aucun outil, rien n'est comparé, et une remarque le dit ;
    entre deux communes différentes, aucune décision n'est exigée.
    """
    intervalle = Intervalle(avant, apres)
    trouves = _chercher(intervalle) if _a_des_outils(avant, apres) else ()
    changements = tuple(_anticiper(intervalle, changement) for changement in trouves)
    if not est_la_meme_commune(avant.registre, apres.registre):
        changements = tuple(
            replace(c, exige_une_decision=False, est_anticipe=False) for c in changements
        )
    rangs = {nature: rang for rang, nature in enumerate(NatureDeChangement)}
    ordonnes = sorted(changements, key=lambda c: (rangs[c.nature], c.outil.numero))
    return Evolution(
        avant, apres, tuple(ordonnes), intervalle.decisions, tuple(remarquer(avant, apres))
    )


class CoutComparable(NamedTuple):
    """Ce que coûtent, avant puis après, les ``outils`` en service dont le coût est connu les deux
    fois."""

    avant: float
    apres: float
    outils: int


def comparer_les_couts(avant: Liens, apres: Liens) -> CoutComparable:
    """Le coût annuel des outils retrouvés d'un classeur à l'autre : seuls, ils se comparent."""
    paires = apparier(avant, apres, Prestataires(avant, apres)).paires
    couts = [
        (ancien, nouveau)
        for un, autre, _ in paires
        if avant.est_en_service(un) and apres.est_en_service(autre)
        if (ancien := un.nombre("cout_annuel")) is not None
        if (nouveau := autre.nombre("cout_annuel")) is not None
    ]
    return CoutComparable(sum(c for c, _ in couts), sum(c for _, c in couts), len(couts))


def _anticiper(intervalle: Intervalle, changement: Changement) -> Changement:
    """Le même, dit « fait avant la décision » si tout ce qui l'explique n'est que proposé."""
    proposees = [intervalle.apres.est(decision, PROPOSEE) for decision in changement.decisions]
    est_anticipe = changement.exige_une_decision and bool(proposees) and all(proposees)
    return replace(changement, est_anticipe=True) if est_anticipe else changement


def _a_des_outils(avant: Liens, apres: Liens) -> bool:
    return all(
        any(outil.texte("nom") for outil in liens.etat.tenues("outils")) for liens in (avant, apres)
    )


def _chercher(intervalle: Intervalle) -> Iterator[Changement]:
    appariement: Appariement = apparier(intervalle.avant, intervalle.apres, intervalle.prestataires)
    for nouveau in appariement.seuls_apres:
        yield from _apparaitre(intervalle, None, nouveau)
    for ancien in appariement.seuls_avant:
        if intervalle.avant.est_en_service(ancien):
            yield _disparaitre(intervalle, ancien, None)
    for paire in appariement.paires:
        yield from _suivre(intervalle, paire)


def _suivre(intervalle: Intervalle, paire: OutilsApparies) -> Iterator[Changement]:
    """Ce qui arrive à un outil retrouvé ; un statut fautif ne prouve rien."""
    servait = intervalle.avant.est_en_service(paire.avant)
    sert = intervalle.apres.est_en_service(paire.apres)
    if paire.raisons:
        liees = intervalle.sur(*paire[:2])
        yield Changement(
            NatureDeChangement.RENOMME, "nom", *paire[:2], liees, raisons=paire.raisons
        )
    if sert and not servait and intervalle.avant.statut(paire.avant) is not None:
        yield from _apparaitre(intervalle, *paire[:2])
    if servait and intervalle.apres.est(paire.apres, ARRETE):
        yield _disparaitre(intervalle, *paire[:2])
    if servait and sert:
        yield from _confronter(intervalle, paire)


def _apparaitre(
    intervalle: Intervalle, ancien: Ligne | None, nouveau: Ligne
) -> Iterator[Changement]:
    """Mis en service dans l'intervalle ; ou déjà là et inscrit seulement ; ou encore en projet."""
    apres = intervalle.apres
    if not apres.est_en_service(nouveau):
        if apres.est(nouveau, EN_PROJET):
            liees = intervalle.sur(ancien, nouveau)
            yield Changement(NatureDeChangement.PROJET, "statut", ancien, nouveau, liees)
        return
    if ancien is None and etait_deja_en_service(apres, nouveau, intervalle.avant.registre.annee):
        yield Changement(
            NatureDeChangement.INSCRIT, "nom", None, nouveau, intervalle.sur(None, nouveau)
        )
        return
    anterieures = (d for d in apres.decisions_sur(nouveau) if not apres.est(d, ECARTEE))
    liees = tuple(dict.fromkeys((*intervalle.sur(ancien, nouveau), *anterieures)))
    est_prouve = apres.connait_les_decisions(nouveau)
    colonne = "nom" if ancien is None else "statut"
    yield Changement(NatureDeChangement.APPARU, colonne, ancien, nouveau, liees, est_prouve)


def _disparaitre(intervalle: Intervalle, ancien: Ligne, nouveau: Ligne | None) -> Changement:
    """Arrêté, ou effacé de la feuille ; la décision peut n'être que dans l'un des classeurs."""
    colonne = "nom" if nouveau is None else "statut"
    est_certain = ancien in intervalle.avant.en_service_a_coup_sur
    est_prouve = est_certain and intervalle.apres.dit_ses_decisions
    liees = intervalle.sur(ancien, nouveau)
    return Changement(NatureDeChangement.DISPARU, colonne, ancien, nouveau, liees, est_prouve)


def _confronter(intervalle: Intervalle, paire: OutilsApparies) -> Iterator[Changement]:
    """Les cellules qui changent d'un outil en service avant et après.

    La décision de changer de prestataire explique aussi le nouveau prix et le nouveau lieu.
    """
    ancien, nouveau = paire.avant, paire.apres
    est_prouve = intervalle.apres.dit_ses_decisions
    noms: tuple[str | None, ...] = ()
    if _change_de_prestataire(intervalle, paire):
        noms = (nouveau.texte("prestataire"), ancien.texte("prestataire"))
        liees = intervalle.sur(ancien, nouveau, *noms)
        exige = est_prouve and _est_un_autre_a_coup_sur(intervalle, paire)
        yield Changement(
            NatureDeChangement.PRESTATAIRE, "prestataire", ancien, nouveau, liees, exige
        )
    for nature, colonne, est_durable in _cellules_changees(intervalle.apres, ancien, nouveau):
        liees = intervalle.sur(ancien, nouveau, *noms)
        yield Changement(nature, colonne, ancien, nouveau, liees, est_durable and est_prouve)


def _cellules_changees(
    apres: Liens, ancien: Ligne, nouveau: Ligne
) -> Iterator[tuple[NatureDeChangement, str, bool]]:
    """Ce qui change hors du prestataire : nature, colonne, et si le changement est durable."""
    if cout_en_hausse(apres, ancien, nouveau):
        yield NatureDeChangement.COUT, "cout_annuel", True
    if ont_change("lieu_donnees", ancien, nouveau):
        yield NatureDeChangement.LIEU, "lieu_donnees", a_quitte_la_suisse(apres, ancien, nouveau)
    for nature, colonne in _LISTES:
        if ont_change(colonne, ancien, nouveau):
            yield nature, colonne, False


def _change_de_prestataire(intervalle: Intervalle, paire: OutilsApparies) -> bool:
    est_le_meme = intervalle.prestataires.sont_le_meme(*paire[:2])
    return ont_change("prestataire", *paire[:2]) and not est_le_meme


def _est_un_autre_a_coup_sur(intervalle: Intervalle, paire: OutilsApparies) -> bool:
    """Vrai si chaque cellule cite un prestataire inscrit ou une mention, sans air de famille."""
    if intervalle.prestataires.se_ressemblent(*paire[:2]):
        return False
    return not (
        intervalle.avant.etat.est_fautive(paire.avant, "prestataire")
        or intervalle.apres.etat.est_fautive(paire.apres, "prestataire")
    )
