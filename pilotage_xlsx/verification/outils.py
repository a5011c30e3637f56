"""OUT : ce que l'on sait d'un outil, et les décisions qui le portent (le contrat : `contrats`)."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.sens import A_REMPLACER, DECISION_ANTERIEURE, DONNEES_PERSONNELLES, EN_PROJET
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.verification.phrases import dater
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.vocabulaire import CLE_A_CLARIFIER, Marque

_PERSONNE = frozenset(
    {"", "aucun", "aucune", "interne", "alinterne", "eninterne", "gereinterne", "commune"}
    | {"lacommune", "nous", "nousmemes", "neant", "rien", "sansobjet", "na", "so"}
)
_SANS_SAUVEGARDE = Marque("outils", "sauvegarde", "aucune")
_SAUVEGARDE_INCERTAINE = (
    Marque("outils", "sauvegarde", "non_prouvee"),
    Marque("outils", "sauvegarde", CLE_A_CLARIFIER),
)
_SANS_DONNEES = Marque("outils", "lieu_donnees", "sans_donnees")


@regle(
    "OUT-001",
    Gravite.ERREUR,
    "3.2",
    message="« Prestataire » dit « {valeur} » pour {nom} : on ne sait pas qui s'en occupe.",
    pourquoi="Le jour d'une panne, il faut savoir qui appeler.",
    corriger="Choisir « Géré à l'interne », ou inscrire le prestataire et le choisir.",
    doute=(
        "Le prestataire s'appelle vraiment « Interne SA ».",
        "Le nom doit être exactement « interne », « aucun », « - »… et n'être pas inscrit "
        "dans « Prestataires ».",
    ),
    supplante=("CEL-006",),
)
def outil_sans_prestataire_nomme(liens: Liens) -> Iterator[Fait]:
    for outil in liens.etat.lignes("outils"):
        nom = outil.texte("prestataire")
        if nom and cle_large(nom) in _PERSONNE and liens.prestataire(outil) is None:
            yield sur(outil, "prestataire")


@regle(
    "OUT-002",
    Gravite.AVERTISSEMENT,
    "5",
    message="{nom} est en service sans décision connue : {preuve}.",
    pourquoi="Tout choix qui engage la commune dans le temps est décidé et consigné.",
    corriger="Inscrire la décision dans « Décisions » et la choisir ici ; si elle est plus "
    "ancienne que ce registre, choisir « Prise avant ce registre ».",
    doute=(
        "L'outil sert depuis toujours, bien avant la note.",
        "Une cellule vide ne dit rien : il faut « Aucune décision trouvée », ou une mise "
        "en service écrite après l'adoption de la note, et aucune décision qui cite "
        "l'outil.",
    ),
)
def outil_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils_en_service:
        if liens.est_sans_decision(outil):
            yield sur(outil, "decision_origine", preuve=_prouver(liens, outil))


def _prouver(liens: Liens, outil: Ligne) -> str:
    """Ce qui montre que la décision manque."""
    if outil["decision_origine"] is not None:
        return f"« {outil['decision_origine']} » est choisi"
    depuis = dater(outil.date("en_service_depuis"))
    adoption = dater(liens.registre.commune.date("note_adoptee_le"))
    return f"il l'est depuis le {depuis}, après l'adoption de la note ({adoption})"


@regle(
    "OUT-003",
    Gravite.AVERTISSEMENT,
    "6",
    message="{nom} est indispensable et n'a aucune sauvegarde.",
    pourquoi="Sans copie, une panne ou une attaque efface les données pour toujours.",
    corriger="Mettre en place une sauvegarde avec le prestataire, puis essayer de la relire.",
    doute=(
        "L'outil n'a rien à sauvegarder.",
        "« Sans objet » est une réponse, et n'est pas signalé ; seul « Aucune » l'est.",
    ),
)
def outil_indispensable_sans_sauvegarde(liens: Liens) -> Iterator[Fait]:
    for outil in liens.indispensables:
        if liens.est(outil, _SANS_SAUVEGARDE):
            yield sur(outil, "sauvegarde")


@regle(
    "OUT-004",
    Gravite.ATTENTION,
    "6",
    message="{nom} est indispensable et sa sauvegarde n'est pas prouvée : « {valeur} ».",
    pourquoi="Une sauvegarde jamais relue se révèle souvent inutilisable le jour où elle sert.",
    corriger="Demander un essai de restauration, et noter son résultat.",
    doute=(
        "Le prestataire sauvegarde très bien, sans que la commune le sache.",
        "Ce n'est qu'un point d'attention, et il dit « pas prouvée », pas « absente ».",
    ),
)
def outil_indispensable_a_sauvegarde_incertaine(liens: Liens) -> Iterator[Fait]:
    for outil in liens.indispensables:
        if liens.est(outil, *_SAUVEGARDE_INCERTAINE):
            yield sur(outil, "sauvegarde")


@regle(
    "OUT-010",
    Gravite.ATTENTION,
    "5",
    message="{nom} est à remplacer, mais aucune décision n'est ouverte à ce sujet.",
    pourquoi="Un remplacement se prépare : sans décision en cours, il se fera dans l'urgence.",
    corriger="Inscrire une décision « Proposée » qui concerne cet outil.",
    doute=(
        "Le remplacement est décidé et presque terminé.",
        "Une décision proposée, ou validée et pas encore mise en œuvre, l'écarte.",
    ),
)
def outil_a_remplacer_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        est_suivi = any(map(liens.est_ouverte, liens.decisions_liees(outil)))
        est_a_remplacer = liens.est(outil, A_REMPLACER) and not est_suivi
        if est_a_remplacer and liens.connait_les_decisions(outil):
            yield sur(outil, "statut")


@regle(
    "OUT-011",
    Gravite.ATTENTION,
    "5",
    message="{nom} est en projet, mais aucune décision n'en parle.",
    pourquoi="Un nouvel outil engage la commune ; l'exécutif le décide avant qu'il s'installe.",
    corriger="Inscrire la décision, même « Proposée », et la choisir dans « Décision d'origine ».",
    doute=(
        "Le projet est décidé par le canton.",
        "Toute décision liée, ou la mention « Prise avant ce registre », l'écarte.",
    ),
)
def outil_en_projet_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        est_suivi = liens.decisions_liees(outil) or liens.est(outil, DECISION_ANTERIEURE)
        est_en_projet = liens.est(outil, EN_PROJET) and not est_suivi
        if est_en_projet and liens.connait_les_decisions(outil):
            yield sur(outil, "statut")


@regle(
    "OUT-014",
    Gravite.ERREUR,
    "6",
    message="Pour {nom}, « {libelle} » dit « Sans données », mais les données personnelles sont "
    "« {donnees} ».",
    pourquoi="L'un des deux est faux, et le rapport compterait mal les données personnelles.",
    corriger="Choisir où sont les données, ou « Aucune » pour les données personnelles.",
    doute=(
        "L'outil transmet des données sans les garder.",
        "Alors leur lieu est celui où elles vont ; « Sans données » dit qu'il n'y en a "
        "aucune, et les deux réponses se contredisent.",
    ),
)
def outil_aux_donnees_contradictoires(liens: Liens) -> Iterator[Fait]:
    for outil in liens.etat.lignes("outils"):
        donnees = outil["donnees_personnelles"]
        if liens.est(outil, _SANS_DONNEES) and liens.est(outil, DONNEES_PERSONNELLES):
            aussi = (outil.emplacement("donnees_personnelles"),)
            yield sur(outil, "lieu_donnees", aussi=aussi, donnees=donnees)
