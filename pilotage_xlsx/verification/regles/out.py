"""OUT : ce que l'on sait d'un outil, son contrat, ce qui le décide, ce que l'on en maîtrise.

Un contrat sans date de fin ne tombe jamais d'une liste.
"""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.liens import Liens, Reconduction
from pilotage_xlsx.metier.jugements import est_captif, groupe_etranger
from pilotage_xlsx.rapprochement import grouper, paires_presque_identiques
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.sens import (
    A_REMPLACER,
    CANTONAL,
    DECISION_ANTERIEURE,
    DONNEES_PERSONNELLES,
    EN_EUROPE,
    EN_PROJET,
    HORS_DE_SUISSE,
    SANS_CONTRAT,
    TACITE,
)
from pilotage_xlsx.socle.textes import cle, cle_large
from pilotage_xlsx.verification.phrases import accorder, citer_lignes, dater
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
_EXPRESSE = Marque("outils", "renouvellement", "expresse")
_SEUILS = ("seuil_alerte_contrat", "seuil_preparation")
_LIEU_A_CLARIFIER = Marque("outils", "lieu_donnees", CLE_A_CLARIFIER)
_PRESTATAIRE_SEUL = Marque("outils", "acces_administrateur", "prestataire_seul")
_SANS_RISQUE = frozenset(
    {"", "aucun", "aucunidentifie", "aucunrisque", "aucunrisqueidentifie", "neant"}
)
_UN_SEUL_FAIT_FOI = Marque("outils", "domaine", "unique_par_commune")
_EN_SERVICE = Marque("outils", "statut", "en_service")


@regle(
    "OUT-001",
    Gravite.ERREUR,
    "3.2",
    message="« Prestataire » dit « {valeur} » pour {nom} : on ne sait pas qui s'en occupe.",
    pourquoi="Le jour d'une panne, il faut savoir qui appeler.",
    corriger="Choisir « Géré à l'interne », ou inscrire le prestataire et le choisir.",
    doute=(
        "Le prestataire s'appelle vraiment « Interne SA ».",
        "Le nom doit être exactement « interne », « aucun », « sans »… et n'être pas inscrit "
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
    "OUT-005",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le contrat de {nom} se résilie jusqu'au {dernier}, soit {delai}, "
    "et aucune décision récente n'en parle.",
    pourquoi="Passé ce jour, le contrat repart souvent pour un an, sans que personne l'ait voulu.",
    corriger="Proposer {a_executif} de le garder, de le renégocier ou de le résilier, "
    "et inscrire la décision.",
    doute=(
        "Le contrat a déjà été renégocié.",
        "Une décision liée depuis douze mois suffit à l'écarter ; un renouvellement « Sur "
        "décision expresse » ou « Durée indéterminée » aussi.",
    ),
)
def contrat_a_decider(liens: Liens) -> Iterator[Fait]:
    if any(isinstance(liens.registre.commune[seuil], Illisible) for seuil in _SEUILS):
        return
    for outil, etat in _reconductions(liens):
        dernier = dernier_jour_pour_resilier(outil)
        if etat is Reconduction.A_DECIDER and dernier and outil.lieu.a("renouvellement"):
            reste = (dernier - liens.au).days
            delai = f"dans {accorder(reste, 'jour')}" if reste else "aujourd'hui"
            yield sur(outil, "echeance", dernier=dater(dernier), delai=delai)


@regle(
    "OUT-006",
    Gravite.ATTENTION,
    "3.2",
    message="Le contrat de {nom} {etat} : le dernier jour pour résilier était le {dernier}.",
    pourquoi="Une reconduction tacite engage la commune sans que personne l'ait décidée.",
    corriger="Dire {a_executif} ce qu'il en est, inscrire la décision, puis la nouvelle échéance.",
    doute=(
        "Le contrat a été résilié à temps.",
        "Une décision liée, ou un autre renouvellement que « Tacite », l'écarte ; ce "
        "n'est qu'un point d'attention.",
    ),
)
def contrat_reconduit_sans_decision(liens: Liens) -> Iterator[Fait]:
    for outil, etat in _reconductions(liens):
        if etat in (Reconduction.SERA_RECONDUIT, Reconduction.RECONDUIT):
            dernier = dater(dernier_jour_pour_resilier(outil))
            yield sur(outil, "echeance", etat=etat.value, dernier=dernier)


@regle(
    "OUT-007",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le contrat de {nom} est échu depuis le {valeur}, et l'outil est encore en service.",
    pourquoi="Sans contrat, ni le service, ni son prix, ni le retour des données n'est assuré.",
    corriger="Inscrire la nouvelle échéance ou le renouvellement, ou passer l'outil à « Arrêté ».",
    doute=(
        "Le contrat a continué sans que la date soit mise à jour.",
        "« Tacite », « Durée indéterminée » et « À clarifier » l'écartent ; le remède est "
        "d'inscrire la nouvelle date.",
    ),
)
def contrat_echu(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils_en_service:
        echeance = outil.date("echeance")
        if echeance and echeance < liens.au and _s_arrete_a_l_echeance(liens, outil):
            yield sur(outil, "echeance")


def _s_arrete_a_l_echeance(liens: Liens, outil: Ligne) -> bool:
    """Vrai si rien ne dit que le contrat a continué ; « À clarifier » laisse le doute."""
    if not outil.lieu.a("renouvellement"):
        return False
    return outil["renouvellement"] is None or liens.est(outil, _EXPRESSE, SANS_CONTRAT)


@regle(
    "OUT-008",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le contrat de {nom} se renouvelle tacitement, mais son échéance manque.",
    pourquoi="Sans échéance, personne ne sait jusqu'à quand le résilier.",
    corriger="Chercher l'échéance dans le contrat et l'inscrire.",
    doute=(
        "L'échéance est connue, mais dans une autre colonne.",
        "Il faut que le renouvellement soit « Tacite » et que la colonne d'échéance existe, vide.",
    ),
)
def contrat_tacite_sans_echeance(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        est_muet = outil["echeance"] is None and outil.lieu.a("echeance")
        if liens.est(outil, TACITE) and est_muet:
            yield sur(outil, "echeance")


@regle(
    "OUT-009",
    Gravite.ATTENTION,
    "3.2",
    message="Le contrat de {nom} a une échéance ({echeance}), mais pas de délai de résiliation.",
    pourquoi="Le dernier jour pour résilier se compte de l'échéance et de ce délai.",
    corriger="Chercher le délai dans le contrat et l'inscrire ; 0 s'il n'y en a pas.",
    doute=(
        "Un contrat sans délai de résiliation.",
        "« 0 » est une réponse ; un contrat qui s'arrête de lui-même, ou déjà échu, n'est "
        "pas signalé.",
    ),
)
def echeance_sans_delai(liens: Liens) -> Iterator[Fait]:
    for outil in liens.outils:
        echeance, colonne = outil.date("echeance"), "delai_resiliation"
        est_muet = outil[colonne] is None and outil.lieu.a(colonne)
        if echeance and est_muet and _peut_se_reconduire(liens, outil):
            yield sur(outil, colonne, echeance=dater(echeance))


def _peut_se_reconduire(liens: Liens, outil: Ligne) -> bool:
    """Faux pour un contrat qui s'arrête de lui-même, ou déjà signalé comme échu."""
    echeance = outil.date("echeance")
    est_a_venir = echeance is not None and echeance >= liens.au
    return liens.est(outil, TACITE) or (outil["renouvellement"] is None and est_a_venir)


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
    "OUT-012",
    Gravite.ATTENTION,
    "3.2",
    message="{memes} sont en service pour le même domaine, « {valeur} ».",
    pourquoi="Deux outils pour une même tâche coûtent deux fois et ne disent pas lequel fait foi.",
    corriger="Vérifier qu'il les faut tous ; sinon, prévoir d'en arrêter un.",
    doute=(
        "Deux outils d'un même domaine se complètent.",
        "Seuls quatre domaines où un seul outil fait foi sont regardés, et seulement « En "
        "service » : un outil à remplacer et son successeur se côtoient sans constat.",
    ),
)
def outils_au_meme_role(liens: Liens) -> Iterator[Fait]:
    actifs = (o for o in liens.outils if liens.est(o, _EN_SERVICE))
    for _, memes in grouper(actifs, lambda outil: outil["domaine"]):
        if len(memes) > 1 and liens.est(memes[0], _UN_SEUL_FAIT_FOI):
            *autres, dernier = memes
            aussi = tuple(outil.emplacement("domaine") for outil in autres)
            yield sur(dernier, "domaine", aussi=aussi, memes=citer_lignes(memes, "nom"))


@regle(
    "OUT-013",
    Gravite.ATTENTION,
    "3.2",
    message="{autre} et {nom} se ressemblent : même domaine, même prestataire, noms voisins.",
    pourquoi="Un outil inscrit deux fois se compte deux fois, et ses réponses se contredisent.",
    corriger="Si c'est le même outil, garder une seule ligne.",
    doute=(
        "« Serveur 1 » et « Serveur 2 », « OneGov » et « OneGov GEVER ».",
        "Un numéro, un sigle ou un mot de plus font deux outils ; il faut une seule "
        "lettre de différence, le même domaine et le même prestataire.",
    ),
)
def outils_presque_homonymes(liens: Liens) -> Iterator[Fait]:
    for (domaine, prestataire), memes in grouper(liens.outils, _domaine_et_prestataire):
        if domaine and prestataire and len(memes) > 1:
            for une, autre in paires_presque_identiques(memes, lambda o: o.texte("nom") or ""):
                autres = citer_lignes((une,), "nom")
                yield sur(autre, "nom", aussi=(une.emplacement("nom"),), autre=autres)


def _domaine_et_prestataire(outil: Ligne) -> tuple[str | None, str]:
    return outil.texte("domaine"), cle(outil.texte("prestataire") or "")


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


def _reconductions(liens: Liens) -> Iterator[tuple[Ligne, Reconduction]]:
    for outil in liens.outils:
        etat = liens.reconduction(outil)
        if etat is not None and liens.connait_les_decisions(outil):
            yield outil, etat


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
