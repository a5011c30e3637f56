"""Ce qui expose la commune, jugé une fois : sauvegarde, accès, sortie, repli, lieu, dépendance.

Une cellule vide n'expose à rien : elle est à remplir. « À clarifier » n'est pas un fait : là où
l'ignorance expose, la faiblesse le dit (« pas prouvée », « on ne sait où »). Le canton, et les
organismes qui tiennent leur mandat de la loi ou d'une convention, ne sont pas tenus de ce que
personne ne leur demande : preuve de sauvegarde, accès, récupération, concentration.

Source : note, objectif et §6 ; docs/domaine.md §4 (Outils, Prestataires).

>>> from tests.metier.tables import lier, noms
>>> liens = lier('''
... outils | nom  | criticite     | sauvegarde | repli
...        | GED  | Indispensable | Aucune     |
...        | Site | Indispensable |            | Aucun
...        | Fax  | Accessoire    | Aucune     | Aucun
... ''')
>>> [(exposition.faiblesse.value, *noms(exposition.outils)) for exposition in exposer(liens)]
[('aucune sauvegarde', 'GED'), ('aucun mode de repli', 'Site')]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import StrEnum

import msgspec

from pilotage_xlsx.metier.jugements import (
    est_captif,
    est_de_droit,
    grands_fournisseurs,
    groupes_etrangers,
    parle_du_lieu,
)
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.memoire import une_fois
from pilotage_xlsx.modele.sens import (
    ACCESSOIRE,
    DONNEES_PERSONNELLES,
    DONNEES_SENSIBLES,
    EN_EUROPE,
    HORS_DE_SUISSE,
    VALIDEE,
    VIVANTE,
)
from pilotage_xlsx.modele.vocabulaire import CLE_A_CLARIFIER, Marque
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.socle.textes import Texte, cle_large

_SANS_SAUVEGARDE = Marque("outils", "sauvegarde", "aucune")
_SAUVEGARDE_INCERTAINE = (
    Marque("outils", "sauvegarde", "non_prouvee"),
    Marque("outils", "sauvegarde", CLE_A_CLARIFIER),
)
_PRESTATAIRE_SEUL = Marque("outils", "acces_administrateur", "prestataire_seul")
_LIEU_A_CLARIFIER = Marque("outils", "lieu_donnees", CLE_A_CLARIFIER)
_SANS_REPLI = frozenset(
    {"aucun", "aucune", "aucunmode", "aucunmodederepli", "aucunrepli", "neant", "rien", "non"}
    | {"pasderepli", "pasdesolution", "aucunesolution", "sansrepli", "inexistant"}
)
_PAR_L_EXECUTIF = Marque("decisions", "decide_par", "executif")
_SANS_RISQUE = frozenset(
    {"", "aucun", "aucune", "aucunidentifie", "aucunrisque", "aucunrisqueidentifie", "neant"}
    | {"non", "oui", "rien", "ras", "sans", "sansobjet", "na", "pasderisque", "sansrisque", "nul"}
    | {"faible", "faibles", "risquefaible", "risquesfaibles", "aucunrisqueparticulier"}
)


class Faiblesse(StrEnum):
    """Ce qui expose, dans les mots qui le montrent, du pire au moindre : ce qui perd ou arrête un
    outil indispensable, les données qui partent, puis ce dont on n'a pas la preuve."""

    SANS_SAUVEGARDE = "aucune sauvegarde"
    ACCES_AU_PRESTATAIRE = "accès administrateur au prestataire seul"
    SANS_SORTIE = "données pas récupérables"
    SANS_REPLI = "aucun mode de repli"
    HORS_DE_SUISSE = "données personnelles hors de Suisse"
    GROUPE_ETRANGER = "données sensibles sous un groupe étranger"
    SAUVEGARDE_NON_PROUVEE = "sauvegarde pas prouvée"
    CONCENTRATION = "dépendance à un prestataire"
    PRESTATAIRE_ETRANGER = "données sensibles chez un prestataire étranger"
    LIEU_INCERTAIN = "données personnelles en Europe ou on ne sait où"

    @property
    def est_a_decider(self) -> bool:
        """Vrai si l'exécutif peut la lever par une décision sur un outil indispensable."""
        return self in _A_DECIDER


_A_DECIDER = frozenset(
    {
        Faiblesse.SANS_SAUVEGARDE,
        Faiblesse.ACCES_AU_PRESTATAIRE,
        Faiblesse.SANS_SORTIE,
        Faiblesse.SANS_REPLI,
    }
)


class Exposition(msgspec.Struct, frozen=True):
    """Une faiblesse : ``ligne`` est l'outil, ou le prestataire dont on dépend ; ``outils`` ceux
    qu'elle expose ; ``prestataires`` ceux qui en sont cause ; ``reponse`` la décision qui en
    consigne le risque, pour cet outil et nul autre."""

    faiblesse: Faiblesse
    ligne: Ligne
    outils: tuple[Ligne, ...]
    prestataires: tuple[Ligne, ...] = ()
    reponse: Ligne | None = None


@une_fois
def exposer(liens: Liens) -> tuple[Exposition, ...]:
    """Toutes les expositions d'un classeur, faiblesse après faiblesse."""
    simples = (
        Exposition(faiblesse, outil, (outil,))
        for faiblesse, epreuve in _DES_INDISPENSABLES.items()
        for outil in liens.indispensables
        if epreuve(liens, outil)
    )
    return (*simples, *_des_donnees(liens), *_des_groupes(liens), *_concentrations(liens))


def de(liens: Liens, *faiblesses: Faiblesse) -> Iterator[Exposition]:
    """Les expositions de ces faiblesses."""
    return (exposition for exposition in exposer(liens) if exposition.faiblesse in faiblesses)


@une_fois
def tenus_de_droit(liens: Liens) -> tuple[Ligne, ...]:
    """Les indispensables que tient le canton ou un organisme lié : leur accès ou leur sauvegarde
    n'est pas à la commune, et n'expose pas."""
    sorts = (_PRESTATAIRE_SEUL, *_SAUVEGARDE_INCERTAINE)
    return tuple(o for o in liens.indispensables if est_de_droit(liens, o) and liens.est(o, *sorts))


def _est_sans_repli(_: Liens, outil: Ligne) -> bool:
    repli: Texte = outil.texte("repli") or ""
    return cle_large(repli) in _SANS_REPLI


_DES_INDISPENSABLES: dict[Faiblesse, Callable[[Liens, Ligne], bool]] = {
    Faiblesse.SANS_SAUVEGARDE: lambda liens, outil: liens.est(outil, _SANS_SAUVEGARDE),
    Faiblesse.SAUVEGARDE_NON_PROUVEE: lambda liens, outil: (
        liens.est(outil, *_SAUVEGARDE_INCERTAINE) and not est_de_droit(liens, outil)
    ),
    Faiblesse.ACCES_AU_PRESTATAIRE: lambda liens, outil: (
        liens.est(outil, _PRESTATAIRE_SEUL) and not est_de_droit(liens, outil)
    ),
    Faiblesse.SANS_SORTIE: est_captif,
    Faiblesse.SANS_REPLI: _est_sans_repli,
}


def _des_donnees(liens: Liens) -> Iterator[Exposition]:
    """Les données personnelles hors de Suisse, en Europe, ou on ne sait où."""
    for outil in liens.outils:
        if not liens.est(outil, DONNEES_PERSONNELLES):
            continue
        reponse = _qui_consigne_un_risque(liens, outil)
        if liens.est(outil, HORS_DE_SUISSE):
            yield Exposition(Faiblesse.HORS_DE_SUISSE, outil, (outil,), reponse=reponse)
        elif liens.est(outil, EN_EUROPE, _LIEU_A_CLARIFIER) and not _est_anodin(liens, outil):
            yield Exposition(Faiblesse.LIEU_INCERTAIN, outil, (outil,), reponse=reponse)


def _est_anodin(liens: Liens, outil: Ligne) -> bool:
    """Vrai d'un outil accessoire, sans donnée sensible, dont le lieu connu est en Europe."""
    est_leger = liens.est(outil, ACCESSOIRE) and not liens.est(outil, DONNEES_SENSIBLES)
    return est_leger and liens.est(outil, EN_EUROPE)


def _qui_consigne_un_risque(liens: Liens, outil: Ligne) -> Ligne | None:
    """La décision qui nomme l'outil et dit ce risque-là ; vide, elle se complète ailleurs."""
    for decision in liens.decisions_liees(outil):
        risques = decision.texte("risques")
        if risques is None or _repond(liens, outil, risques):
            return decision
    return None


def pourrait_consigner(liens: Liens, exposition: Exposition, decision: Ligne) -> bool:
    """Vrai si la décision, fût-elle liée à l'outil, dirait ce risque ; vide, peut-être."""
    est_vivante = liens.est(decision, VIVANTE) or liens.etat.est_fautive(decision, "statut")
    risques = decision.texte("risques")
    return est_vivante and (risques is None or _repond(liens, exposition.ligne, risques))


def _repond(liens: Liens, outil: Ligne, risques: Texte) -> bool:
    """Vrai si ces risques en sont, et parlent du lieu : « coût qui monte » répond d'autre chose.

    D'un lieu que la commune ne connaît pas encore, il n'y a rien à écrire de plus.
    """
    if cle_large(risques) in _SANS_RISQUE:
        return False
    return liens.est(outil, _LIEU_A_CLARIFIER) or parle_du_lieu(liens, risques)


def _des_groupes(liens: Liens) -> Iterator[Exposition]:
    for outil in liens.outils:
        if groupes := grands_fournisseurs(liens, outil):
            reponse = _que_l_executif_a_prise(liens, outil)
            yield Exposition(Faiblesse.GROUPE_ETRANGER, outil, (outil,), groupes, reponse)
        elif etrangers := groupes_etrangers(liens, outil):
            reponse = _que_l_executif_a_prise(liens, outil)
            yield Exposition(Faiblesse.PRESTATAIRE_ETRANGER, outil, (outil,), etrangers, reponse)


def _que_l_executif_a_prise(liens: Liens, outil: Ligne) -> Ligne | None:
    """La décision validée que l'exécutif a vue, et qui dit ce risque."""
    for decision in liens.decisions_liees(outil):
        risques, vue = decision.texte("risques"), decision.date("executif_le")
        est_prise = liens.est(decision, VALIDEE) and (vue or liens.est(decision, _PAR_L_EXECUTIF))
        if est_prise and risques is not None and _repond(liens, outil, risques):
            return decision
    return None


def _concentrations(liens: Liens) -> Iterator[Exposition]:
    """Un prestataire qui tient la part fixée des indispensables, et le minimum du modèle.

    Un outil dont une cellule fautive cache s'il compte joue contre l'exposition.
    """
    parts: dict[Ligne, list[Ligne]] = defaultdict(list)
    for outil in liens.indispensables:
        prestataire = liens.prestataire(outil)
        if prestataire is not None and not est_de_droit(liens, outil):
            parts[prestataire].append(outil)
    if isinstance(liens.registre.commune["seuil_concentration"], Illisible):
        return
    total = len(liens.indispensables) + _peut_etre_indispensables(liens)
    seuil = liens.etat.seuil("seuil_concentration") * total / 100
    for prestataire in liens.prestataires:
        siens = parts[prestataire]
        if len(siens) >= max(liens.modele.identite.seuils.concentration_minimum, seuil):
            qui = (prestataire,)
            yield Exposition(Faiblesse.CONCENTRATION, prestataire, tuple(siens), qui)


def _peut_etre_indispensables(liens: Liens) -> int:
    outils = liens.etat.en_vigueur("outils")
    return sum(any(liens.etat.est_fautive(o, c) for c in ("criticite", "statut")) for o in outils)
