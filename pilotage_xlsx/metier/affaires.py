"""Ce qui échoit et ce qui appelle une décision, jugé une fois : une liste de valeurs.

`verifier`, le tableau de bord, le rapport et la mutualisation filtrent cette liste ; les formules
de la feuille (`generation.echeancier`) en sont la seule jumelle. Une affaire n'appelle quelqu'un
que si rien n'y répond (`Affaire.reponse`).

Source : note §3.2 (coordination des prestataires, éléments de décision), §4 (l'exécutif valide le
durable), §5 (décisions), §7 (adoption).

>>> from tests.metier.tables import lier
>>> liens = lier('''
... outils | nom  | echeance   | delai_resiliation | renouvellement
...        | GED  | 31.03.2027 | 3                 | Tacite
...        | Site | 31.12.2029 | 3                 | Tacite
... ''')
>>> contrats = [du_contrat(liens, outil) for outil in liens.outils]
>>> [(contrat.sinon.value, contrat.urgence.value, contrat.appelle) for contrat in contrats]
[('sera reconduit', 'proche', True), ('sera reconduit', 'lointaine', False)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from pilotage_xlsx.metier.etat import dernier_jour_pour_resilier
from pilotage_xlsx.metier.expositions import Exposition, exposer
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.memoire import une_fois
from pilotage_xlsx.modele.sens import (
    A_REMPLACER,
    ARRETE,
    DECISION_ANTERIEURE,
    DELIBERANT,
    DUREE_INDETERMINEE,
    EN_PROJET,
    EXPRESSE,
    PROPOSEE,
    SANS_CONTRAT,
    TACITE,
    VALIDEE,
    VIVANTE,
)
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.registre.saisie import est_tape_en_texte
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.textes import Texte


class Nature(StrEnum):
    """Ce qu'il y a à décider, dans l'ordre où la liste les donne."""

    ADOPTION = "adoption de la note"
    REFERENT = "désignation du référent"
    SUPPLEANT = "désignation du suppléant"
    PROPOSITION = "décision proposée"
    CONTRAT = "contrat"
    REVISION = "décision à revoir"
    REMPLACEMENT = "outil à remplacer"
    PROJET = "outil en projet"
    EXPOSITION = "exposition"


class Sinon(StrEnum):
    """Ce que devient un contrat si rien n'est décidé."""

    SERA_RECONDUIT = "sera reconduit"
    A_ETE_RECONDUIT = "a été reconduit"
    PREND_FIN = "prend fin"
    A_PRIS_FIN = "a pris fin"
    CONTINUE = "continue"
    INCERTAIN = "est peut-être reconduit"


class Urgence(StrEnum):
    """Où en est le dernier jour utile ; proche : dans l'alerte et la préparation de la commune."""

    PASSEE = "passée"
    PROCHE = "proche"
    LOINTAINE = "lointaine"
    SANS_JOUR = "sans jour"


class Affaire(msgspec.Struct, frozen=True):
    """Une affaire : ``ligne`` est celle dont elle vient, ``outils`` ceux qu'elle concerne.

    ``dernier_jour`` : le dernier jour utile ; ``terme`` : la fin du contrat ; ``delai_connu`` :
    faux si le dernier jour est ce terme, faute de délai inscrit. ``reponse`` : la décision,
    validée ou proposée, qui en traite déjà.
    """

    nature: Nature
    ligne: Ligne
    outils: tuple[Ligne, ...] = ()
    dernier_jour: date | None = None
    terme: date | None = None
    sinon: Sinon | None = None
    urgence: Urgence = Urgence.SANS_JOUR
    delai_connu: bool = True
    reponse: Ligne | None = None
    exposition: Exposition | None = None

    @property
    def est_pressante(self) -> bool:
        """Vrai si le jour est proche ou passé."""
        return self.urgence in (Urgence.PROCHE, Urgence.PASSEE)

    @property
    def appelle(self) -> bool:
        """Vrai s'il faut s'en occuper maintenant : rien n'y répond, et rien ne laisse du temps."""
        return self.reponse is None and self.urgence is not Urgence.LOINTAINE


@une_fois
def recenser(liens: Liens) -> tuple[Affaire, ...]:
    """Toutes les affaires d'un classeur au jour de ses liens, nature après nature.

    Y sont aussi celles à quoi une décision répond, et celles dont le jour est lointain.
    """
    return tuple(affaire for source in _SOURCES for affaire in source(liens))


def du_contrat(liens: Liens, outil: Ligne) -> Affaire | None:
    """L'affaire du contrat de cet outil ; rien si aucune fin n'en est à dire."""
    terme = outil.date("echeance")
    sinon = _devenir(liens, outil, terme) if terme else None
    if terme is None or sinon is None or not _compte(liens, outil, sinon):
        return None
    dernier = dernier_jour_utile(liens, outil, terme)
    delai_connu = _finit(liens, outil, terme) or outil.nombre("delai_resiliation") is not None
    return Affaire(
        Nature.CONTRAT,
        outil,
        (outil,),
        dernier,
        terme,
        sinon,
        situer(liens, dernier),
        delai_connu=delai_connu,
        reponse=reponse_au_contrat(liens, outil, dernier),
    )


def dernier_jour_utile(liens: Liens, outil: Ligne, terme: date) -> date:
    """La fin d'un contrat qui finit ou dont le délai manque ; sinon, celle de ce délai."""
    resiliation = dernier_jour_pour_resilier(outil)
    return terme if resiliation is None or _finit(liens, outil, terme) else resiliation


def _finit(liens: Liens, outil: Ligne, terme: date) -> bool:
    """Vrai pour un contrat qui ne repart pas de lui-même ; sans renouvellement, une fois échu."""
    est_passe_sans_rien = terme < liens.au and outil["renouvellement"] is None
    return est_passe_sans_rien or liens.est(outil, EXPRESSE, SANS_CONTRAT)


def reconductions(liens: Liens) -> Iterator[Affaire]:
    """Les contrats tacites, d'outils en service, qui repartent ou sont repartis sans décision."""
    tacites = (Sinon.SERA_RECONDUIT, Sinon.A_ETE_RECONDUIT)
    for affaire in recenser(liens):
        est_passee = affaire.urgence is Urgence.PASSEE and affaire.reponse is None
        if affaire.sinon in tacites and est_passee and liens.est_en_service(affaire.ligne):
            yield affaire


def situer(liens: Liens, jour: date | None) -> Urgence:
    """L'urgence d'un jour, d'après les seuils de la commune (alerte et préparation)."""
    if jour is None:
        return Urgence.SANS_JOUR
    if jour < liens.au:
        return Urgence.PASSEE
    return Urgence.PROCHE if jour <= horizon(liens) else Urgence.LOINTAINE


def horizon(liens: Liens) -> date:
    """Le dernier jour dont il faut s'occuper dès maintenant."""
    return liens.au + timedelta(days=liens.delai_de_decision)


def _devenir(liens: Liens, outil: Ligne, terme: date) -> Sinon | None:
    """Ce que devient le contrat ; rien si le renouvellement ne se lit pas, ou s'il continue."""
    est_passe, renouvellement = terme < liens.au, outil["renouvellement"]
    if isinstance(renouvellement, Illisible) or not outil.lieu.a("renouvellement"):
        return None
    if liens.est(outil, TACITE):
        return Sinon.A_ETE_RECONDUIT if est_passe else Sinon.SERA_RECONDUIT
    if liens.est(outil, DUREE_INDETERMINEE):
        return None if est_passe else Sinon.CONTINUE
    if liens.est(outil, EXPRESSE, SANS_CONTRAT):
        return Sinon.A_PRIS_FIN if est_passe else Sinon.PREND_FIN
    a_pris_fin = est_passe and renouvellement is None
    return Sinon.A_PRIS_FIN if a_pris_fin else Sinon.INCERTAIN


def _compte(liens: Liens, outil: Ligne, sinon: Sinon) -> bool:
    """Vrai si ce contrat engage encore : d'un outil arrêté, seul celui qui repartira tout seul."""
    if liens.est(outil, ARRETE):
        return sinon is Sinon.SERA_RECONDUIT
    return not (sinon is Sinon.A_PRIS_FIN and liens.est(outil, EN_PROJET))


def reponse_au_contrat(liens: Liens, outil: Ligne, dernier: date) -> Ligne | None:
    """La décision qui traite du contrat, validée plutôt que proposée : liée à l'outil, et prise
    depuis que la question se pose.

    Depuis douze mois (seuil du modèle) avant aujourd'hui, ou avant un dernier jour déjà passé ;
    une décision sans date lisible compte, et la feuille ne lit pas une date tapée en texte.
    """
    repondent = [
        decision
        for decision in liens.decisions_sur(outil)
        if liens.est(decision, VIVANTE) and _est_assez_recente(liens, decision, dernier)
    ]
    validees = [decision for decision in repondent if liens.est(decision, VALIDEE)]
    return min(validees or repondent, key=_numero, default=None)


def _numero(decision: Ligne) -> tuple[Texte, int]:
    """La première inscrite, où que soit sa ligne."""
    return decision.texte("numero") or "", decision.numero


def _est_assez_recente(liens: Liens, decision: Ligne, dernier: date) -> bool:
    mois = liens.modele.identite.seuils.decision_recente_mois
    depuis = ajouter_mois(min(liens.au, dernier), -mois)
    colonne = liens.modele.par_id["decisions"].par_id["date"]
    jour = None if est_tape_en_texte(colonne, decision) else decision.date("date")
    return jour is None or jour >= depuis


def pourrait_repondre(liens: Liens, affaire: Affaire, decision: Ligne) -> bool:
    """Vrai si la décision, fût-elle liée à l'outil, répondrait ; un statut illisible, peut-être."""
    if not (liens.est(decision, VIVANTE) or liens.etat.est_fautive(decision, "statut")):
        return False
    if affaire.nature is Nature.REMPLACEMENT:
        return liens.est_ouverte(decision) or liens.etat.est_fautive(decision, "statut")
    if affaire.nature is Nature.CONTRAT and affaire.dernier_jour:
        return _est_assez_recente(liens, decision, affaire.dernier_jour)
    return True


def est_du_deliberant(liens: Liens, ligne: Ligne) -> bool:
    """Vrai si « Décidé par » dit que cette décision revient à l'organe délibérant."""
    return liens.est(ligne, DELIBERANT)


_DESIGNATIONS = ((Nature.REFERENT, "referent_nom"), (Nature.SUPPLEANT, "suppleant_nom"))


def _de_la_commune(liens: Liens) -> Iterator[Affaire]:
    """La note s'applique dès son adoption (§7), par un référent et son suppléant (§3.1)."""
    commune = liens.registre.commune
    adoptee_le = commune.date("note_adoptee_le")
    if commune.lieu.a("note_adoptee_le") and (adoptee_le is None or adoptee_le > liens.au):
        yield Affaire(Nature.ADOPTION, commune, dernier_jour=adoptee_le)
    for nature, colonne in _DESIGNATIONS:
        if commune.lieu.a(colonne) and commune.texte(colonne) is None:
            yield Affaire(nature, commune)


def _propositions(liens: Liens) -> Iterator[Affaire]:
    for decision in liens.decisions:
        if liens.est(decision, PROPOSEE):
            outils = liens.etat.citees(decision, "outil", "outils")
            presse = _jour_qui_presse(liens, outils)
            urgence = situer(liens, presse)
            yield Affaire(Nature.PROPOSITION, decision, outils, presse, urgence=urgence)


def _jour_qui_presse(liens: Liens, outils: tuple[Ligne, ...]) -> date | None:
    """Le plus proche dernier jour des contrats de ces outils ; un jour lointain ne presse pas."""
    contrats = (du_contrat(liens, outil) for outil in outils)
    jours = (
        contrat.dernier_jour
        for contrat in contrats
        if contrat and contrat.dernier_jour and contrat.urgence is Urgence.PROCHE
    )
    return min(jours, default=None)


def _contrats(liens: Liens) -> Iterator[Affaire]:
    arretes = (o for o in liens.etat.lignes("outils") if liens.est(o, ARRETE))
    for outil in (*liens.outils, *arretes):
        if (affaire := du_contrat(liens, outil)) is not None:
            yield affaire


def _revisions(liens: Liens) -> Iterator[Affaire]:
    """Les décisions validées dont la commune a fixé le jour de les revoir."""
    reprises = _reprises(liens)
    for decision in liens.decisions:
        jour = decision.date("a_revoir_le")
        if jour is not None and liens.est(decision, VALIDEE):
            yield Affaire(
                Nature.REVISION,
                decision,
                liens.etat.citees(decision, "outil", "outils"),
                jour,
                urgence=situer(liens, jour),
                reponse=reprises.get(decision),
            )


def _reprises(liens: Liens) -> dict[Ligne, Ligne]:
    """Les décisions qu'une proposition veut déjà remplacer, et laquelle."""
    return {
        citee: decision
        for decision in liens.decisions
        if liens.est(decision, PROPOSEE)
        for citee in liens.etat.citees(decision, "remplace", "decisions")
    }


def _remplacements(liens: Liens) -> Iterator[Affaire]:
    for outil in liens.outils:
        if liens.est(outil, A_REMPLACER):
            ouvertes = filter(liens.est_ouverte, liens.decisions_liees(outil))
            yield Affaire(Nature.REMPLACEMENT, outil, (outil,), reponse=next(ouvertes, None))


def _projets(liens: Liens) -> Iterator[Affaire]:
    for outil in liens.outils:
        if liens.est(outil, EN_PROJET) and not liens.est(outil, DECISION_ANTERIEURE):
            liees = liens.decisions_liees(outil)
            yield Affaire(Nature.PROJET, outil, (outil,), reponse=next(iter(liees), None))


def _expositions(liens: Liens) -> Iterator[Affaire]:
    """Ce qui expose la commune et se décide : toujours par un outil indispensable."""
    for exposition in exposer(liens):
        if exposition.faiblesse.est_a_decider:
            yield Affaire(
                Nature.EXPOSITION,
                exposition.ligne,
                exposition.outils,
                reponse=exposition.reponse,
                exposition=exposition,
            )


_SOURCES: tuple[Callable[[Liens], Iterator[Affaire]], ...] = (
    _de_la_commune,
    _propositions,
    _contrats,
    _revisions,
    _remplacements,
    _projets,
    _expositions,
)
