"""OUT : ce que la commune maîtrise d'un outil : le remplacer, savoir où sont ses données."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.sens import CANTONAL, DONNEES_PERSONNELLES, EN_EUROPE, HORS_DE_SUISSE
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.tableau import est_captif, groupe_etranger
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.vocabulaire import CLE_A_CLARIFIER, Marque

_LIEU_A_CLARIFIER = Marque("outils", "lieu_donnees", CLE_A_CLARIFIER)
_PRESTATAIRE_SEUL = Marque("outils", "acces_administrateur", "prestataire_seul")
_SANS_RISQUE = frozenset(
    {"", "aucun", "aucunidentifie", "aucunrisque", "aucunrisqueidentifie", "neant"}
)


@regle(
    "OUT-015",
    Gravite.ATTENTION,
    "objectif",
    message="{nom} est indispensable, très difficile à remplacer, et la récupération de nos "
    "données est « {recuperation} ».",
    pourquoi="Sans ses données, la commune ne peut pas quitter cet outil : elle subit son choix.",
    corriger="Demander au prestataire comment récupérer les données, puis l'essayer.",
    doute=(
        "L'exportation des données est simple, même si elle n'est pas au contrat.",
        "Ce n'est qu'un point d'attention, et « Testée », « Prévue au contrat » ou « Sans "
        "objet » l'écartent.",
    ),
)
def outil_indispensable_sans_sortie(liens: Liens) -> Iterator[Fait]:
    for outil in liens.indispensables:
        if est_captif(liens, outil):
            yield sur(outil, "recuperation", recuperation=outil["recuperation"])


@regle(
    "OUT-016",
    Gravite.AVERTISSEMENT,
    "5",
    message="{nom} garde des données personnelles hors de Suisse (« {lieu} »), et aucune décision "
    "n'en consigne le risque.",
    pourquoi="Le choix engage la commune et ses habitants : il se décide en connaissance de cause.",
    corriger="Inscrire la décision qui concerne cet outil, avec ses principaux risques.",
    doute=(
        "Le risque a été pesé et accepté.",
        "Une décision proposée ou validée qui concerne l'outil et dit un risque l'écarte "
        "; si une cellule fautive a pu la cacher, rien n'est dit.",
    ),
)
def donnees_hors_de_suisse_sans_risque_consigne(liens: Liens) -> Iterator[Fait]:
    yield from _sans_risque_consigne(liens, HORS_DE_SUISSE)


@regle(
    "OUT-017",
    Gravite.ATTENTION,
    "5",
    message="{nom} contient des données personnelles, leur lieu est « {lieu} », et aucune décision "
    "n'en consigne le risque.",
    pourquoi="Selon le droit cantonal, la commune doit savoir où sont ces données et l'assumer.",
    corriger="Demander au prestataire où sont les données ; consigner le risque dans une décision.",
    doute=(
        "Les données sont dans un pays reconnu sûr.",
        "Ce n'est qu'un point d'attention, et une décision qui consigne le risque l'écarte.",
    ),
)
def donnees_en_europe_ou_on_ne_sait_ou(liens: Liens) -> Iterator[Fait]:
    yield from _sans_risque_consigne(liens, EN_EUROPE, _LIEU_A_CLARIFIER)


@regle(
    "OUT-018",
    Gravite.ATTENTION,
    "objectif",
    message="{nom} contient des données sensibles, et le groupe de « {prestataire} » a son siège "
    "hors de Suisse ({siege}).",
    pourquoi="Une autorité étrangère pourrait y avoir accès, même si les données sont en Suisse : "
    "c'est la position des préposés suisses (privatim, 18.11.2025), pas une loi.",
    corriger="En parler à l'autorité cantonale de protection des données, et à l'exécutif.",
    doute=(
        "Les données restent en Suisse, chez une filiale suisse.",
        "Le constat parle du siège du groupe, dit que c'est la position des préposés et "
        "non une loi, et reste un point d'attention.",
    ),
)
def donnees_sensibles_sous_un_groupe_etranger(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        if prestataire := groupe_etranger(liens, outil):
            nom, siege = prestataire.texte("nom"), prestataire["siege"]
            yield sur(outil, "donnees_personnelles", prestataire=nom, siege=siege)


@regle(
    "OUT-019",
    Gravite.ATTENTION,
    "objectif",
    message="{nom} est indispensable, et son prestataire seul en tient l'accès administrateur.",
    pourquoi="S'il disparaît ou se fâche, la commune n'entre plus dans son propre outil.",
    corriger="Demander un accès administrateur pour la commune, et le garder en lieu sûr.",
    doute=(
        "Un outil du canton, que la commune n'administre pas.",
        "« Fourni par le canton » l'écarte, comme « Sans objet ».",
    ),
)
def acces_au_prestataire_seul(liens: Liens) -> Iterator[Fait]:
    for outil in liens.indispensables:
        est_captive = liens.est(outil, _PRESTATAIRE_SEUL)
        if est_captive and not liens.est(outil, CANTONAL):
            yield sur(outil, "acces_administrateur")


def _sans_risque_consigne(liens: Liens, *lieux: Marque) -> Iterator[Fait]:
    for outil in liens.outils:
        if not (liens.est(outil, *lieux) and liens.est(outil, DONNEES_PERSONNELLES)):
            continue
        est_assume = any(map(_peut_consigner_un_risque, liens.decisions_liees(outil)))
        if not est_assume and liens.connait_les_decisions(outil):
            yield sur(outil, "lieu_donnees", lieu=outil["lieu_donnees"])


def _peut_consigner_un_risque(decision: Ligne) -> bool:
    """Faux si la décision dit n'en voir aucun ; une cellule vide est déjà signalée chez elle."""
    risques = decision.texte("risques")
    return risques is None or cle_large(risques) not in _SANS_RISQUE
