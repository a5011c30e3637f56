"""OUT : ce que l'on sait d'un outil, et les décisions qui le portent (le contrat : `contrats`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import DONNEES_PERSONNELLES, SANS_DECISION_TROUVEE, Liens, est_ouverte
from pilotage_xlsx.modele import A_CLARIFIER
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.textes import cle, cle_large
from pilotage_xlsx.verification.phrases import citer_lignes, dater
from pilotage_xlsx.verification.rapprochement import paires_presque_identiques
from pilotage_xlsx.verification.regle import Fait, regle, sur

C = TypeVar("C", bound=Hashable)

_PERSONNE = frozenset(
    ("", "aucun", "aucune", "interne", "alinterne", "eninterne", "gereinterne", "geresalinterne")
    + ("commune", "lacommune", "nous", "nousmemes", "neant", "rien", "sansobjet", "na", "so")
)
_SAUVEGARDES_FAIBLES = (
    "Faite par nous, non testée",
    "Par le prestataire, sans preuve",
    A_CLARIFIER,
)
_DOMAINES_A_UN_OUTIL = (
    "Contrôle des habitants",
    "Comptabilité et finances",
    "Salaires et RH",
    "Gestion des documents et affaires",
)


@regle(
    "OUT-001",
    Gravite.ERREUR,
    "3.2",
    message="« Prestataire » dit « {valeur} » pour {nom} : on ne sait pas qui s'en occupe.",
    pourquoi="Le jour d'une panne, il faut savoir qui appeler, ou que la commune s'en charge seule.",
    corriger="Choisir « Géré à l'interne », ou inscrire le prestataire et le choisir.",
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
    message="{nom} est en service sans décision connue : {raison}.",
    pourquoi="Tout choix qui engage la commune dans le temps est décidé et consigné.",
    corriger="Inscrire la décision dans « Décisions » et la choisir ici ; si elle est plus ancienne "
    "que ce registre, choisir « Prise avant ce registre ».",
)
def outil_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils_en_service:
        raison = _manque_de_decision(liens, outil)
        if raison and not any(d["statut"] not in _ECARTEES for d in liens.decisions_sur(outil)):
            yield sur(outil, "decision_origine", raison=raison)


_ECARTEES = ("Refusée", "Abandonnée")


def _manque_de_decision(liens: Liens, outil: Ligne) -> str | None:
    """Ce qui montre que la décision manque ; rien si une mention ou un numéro y répond."""
    origine = outil["decision_origine"]
    if origine == SANS_DECISION_TROUVEE:
        return f"« {SANS_DECISION_TROUVEE} » est choisi"
    adoption = liens.registre.commune.date("note_adoptee_le")
    depuis = outil.date("en_service_depuis")
    est_muet = origine is None and outil.lieu.a("decision_origine") and liens.a_des_decisions
    if not est_muet or adoption is None or depuis is None or depuis <= adoption:
        return None
    return f"il l'est depuis le {dater(depuis)}, après l'adoption de la note ({dater(adoption)})"


@regle(
    "OUT-003",
    Gravite.AVERTISSEMENT,
    "6",
    message="{nom} est indispensable et n'a aucune sauvegarde.",
    pourquoi="Sans copie, une panne ou une attaque efface les données pour toujours.",
    corriger="Mettre en place une sauvegarde avec le prestataire, puis essayer de la relire.",
)
def outil_indispensable_sans_sauvegarde(liens: Liens) -> Iterator[Fait]:
    for outil in liens.indispensables:
        if outil["sauvegarde"] == "Aucune":
            yield sur(outil, "sauvegarde")


@regle(
    "OUT-004",
    Gravite.ATTENTION,
    "6",
    message="{nom} est indispensable et sa sauvegarde n'est pas prouvée : « {valeur} ».",
    pourquoi="Une sauvegarde jamais relue se révèle souvent inutilisable le jour où elle sert.",
    corriger="Demander un essai de restauration, et noter son résultat.",
)
def outil_indispensable_a_sauvegarde_incertaine(liens: Liens) -> Iterator[Fait]:
    for outil in liens.indispensables:
        if outil["sauvegarde"] in _SAUVEGARDES_FAIBLES:
            yield sur(outil, "sauvegarde")


@regle(
    "OUT-010",
    Gravite.ATTENTION,
    "5",
    message="{nom} est à remplacer, mais aucune décision n'est ouverte à ce sujet.",
    pourquoi="Un remplacement se prépare : sans décision en cours, il se fera dans l'urgence.",
    corriger="Inscrire une décision « Proposée » qui concerne cet outil.",
)
def outil_a_remplacer_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        liees = liens.decisions_liees(outil)
        if outil["statut"] == "À remplacer" and liens.a_des_decisions:
            if not any(est_ouverte(decision) for decision in liees):
                yield sur(outil, "statut")


@regle(
    "OUT-011",
    Gravite.ATTENTION,
    "5",
    message="{nom} est en projet, mais aucune décision n'en parle.",
    pourquoi="Un nouvel outil engage la commune ; {executif} le décide avant qu'il s'installe.",
    corriger="Inscrire la décision, même « Proposée », et la choisir dans « Décision d'origine ».",
)
def outil_en_projet_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        if outil["statut"] == "En projet" and liens.a_des_decisions:
            if not liens.decisions_liees(outil):
                yield sur(outil, "statut")


@regle(
    "OUT-012",
    Gravite.ATTENTION,
    "3.2",
    message="{autres} et {nom} servent tous au domaine « {valeur} ».",
    pourquoi="Deux outils pour une même tâche coûtent deux fois et ne disent pas lequel fait foi.",
    corriger="Vérifier qu'il faut les deux ; sinon, prévoir d'arrêter l'un d'eux.",
)
def outils_au_meme_role(liens: Liens) -> Iterator[Fait]:
    actifs = (o for o in liens.outils if liens.statut(o) == "En service")
    for domaine, memes in _grouper(actifs, lambda outil: outil["domaine"]):
        if domaine in _DOMAINES_A_UN_OUTIL and len(memes) > 1:
            *autres, dernier = memes
            aussi = tuple(outil.emplacement("domaine") for outil in autres)
            yield sur(dernier, "domaine", aussi=aussi, autres=citer_lignes(autres, "nom"))


@regle(
    "OUT-013",
    Gravite.ATTENTION,
    "3.2",
    message="{autre} et {nom} se ressemblent : même domaine, même prestataire, noms voisins.",
    pourquoi="Un outil inscrit deux fois se compte deux fois, et ses réponses se contredisent.",
    corriger="Si c'est le même outil, garder une seule ligne.",
)
def outils_presque_homonymes(liens: Liens) -> Iterator[Fait]:
    for (domaine, prestataire), memes in _grouper(liens.outils, _domaine_et_prestataire):
        if domaine and prestataire and len(memes) > 1:
            for une, autre in paires_presque_identiques(memes, lambda o: o.texte("nom") or ""):
                autres = citer_lignes((une,), "nom")
                yield sur(autre, "nom", aussi=(une.emplacement("nom"),), autre=autres)


@regle(
    "OUT-014",
    Gravite.ERREUR,
    "6",
    message="{nom} est « Sans données », mais ses données personnelles sont « {donnees} ».",
    pourquoi="L'un des deux est faux, et le rapport compterait mal les données personnelles.",
    corriger="Choisir où sont les données, ou « Aucune » pour les données personnelles.",
)
def outil_aux_donnees_contradictoires(liens: Liens) -> Iterator[Fait]:
    for outil in liens.etat.lignes("outils"):
        if outil["lieu_donnees"] == "Sans données":
            if (donnees := outil.texte("donnees_personnelles")) in DONNEES_PERSONNELLES:
                aussi = (outil.emplacement("donnees_personnelles"),)
                yield sur(outil, "lieu_donnees", aussi=aussi, donnees=donnees)


def _domaine_et_prestataire(outil: Ligne) -> tuple[str | None, str]:
    return outil.texte("domaine"), cle(outil.texte("prestataire") or "")


def _grouper(
    lignes: Iterable[Ligne], cle_de: Callable[[Ligne], C]
) -> Iterable[tuple[C, list[Ligne]]]:
    groupes: dict[C, list[Ligne]] = defaultdict(list)
    for ligne in lignes:
        groupes[cle_de(ligne)].append(ligne)
    return groupes.items()
