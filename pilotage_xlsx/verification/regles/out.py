"""OUT : ce que l'on sait d'un outil, son contrat, ce qui le décide, ce que l'on en maîtrise.

Un contrat sans date de fin ne tombe jamais d'une liste.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from pilotage_xlsx.metier.affaires import (
    Affaire,
    Nature,
    Sinon,
    Urgence,
    pourrait_repondre,
    recenser,
)
from pilotage_xlsx.metier.attente import cachent, droit_cache
from pilotage_xlsx.metier.clarifier import aupres_de
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.delais import SEUILS_DE_DECISION, champs_illisibles
from pilotage_xlsx.metier.expositions import Faiblesse, de, pourrait_consigner
from pilotage_xlsx.metier.jugements import est_de_droit
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import ARRETE, DONNEES_PERSONNELLES, TACITE, VALIDEE
from pilotage_xlsx.modele.vocabulaire import Aveu, Marque
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.registre.rapprochement import grouper, paires_presque_identiques
from pilotage_xlsx.socle.textes import cle, cle_large
from pilotage_xlsx.verification.phrases import citer_lignes, dans, dater
from pilotage_xlsx.verification.regle import Fait, regle, sur

_PERSONNE = frozenset(
    {"", "aucun", "aucune", "interne", "alinterne", "eninterne", "gereinterne", "commune"}
    | {"lacommune", "nous", "nousmemes", "neant", "rien", "sansobjet", "na", "so"}
)
_SANS_DONNEES = Marque("outils", "lieu_donnees", "sans_donnees")
_PEUT_REPARTIR = (Sinon.SERA_RECONDUIT, Sinon.A_ETE_RECONDUIT, Sinon.INCERTAIN)
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
        if liens.semble_sans_decision(outil):
            attend, preuve = cachent(liens, outil), _prouver(liens, outil)
            yield sur(outil, "decision_origine", attend=attend, preuve=preuve)


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
    for exposition in de(liens, Faiblesse.SANS_SAUVEGARDE):
        yield sur(exposition.ligne, "sauvegarde")


@regle(
    "OUT-004",
    Gravite.ATTENTION,
    "6",
    message="{nom} est indispensable et sa sauvegarde n'est pas prouvée : « {valeur} ».",
    pourquoi="Une sauvegarde jamais relue se révèle souvent inutilisable le jour où elle sert.",
    corriger="Faire, ou demander, un essai de restauration, et noter son résultat.",
    doute=(
        "Le prestataire sauvegarde très bien, sans que la commune le sache.",
        "Ce n'est qu'un point d'attention, et il dit « pas prouvée », pas « absente ».",
    ),
)
def outil_indispensable_a_sauvegarde_incertaine(liens: Liens) -> Iterator[Fait]:
    for exposition in de(liens, Faiblesse.SAUVEGARDE_NON_PROUVEE):
        outil = exposition.ligne
        aupres, attend = aupres_de(liens.etat, outil), droit_cache(liens, outil)
        yield sur(outil, "sauvegarde", attend=attend, aupres=aupres)


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
        "Une décision liée, proposée ou validée depuis douze mois, suffit à l'écarter ; un contrat "
        "qui prend fin de lui-même se dit autrement.",
    ),
)
def contrat_a_decider(liens: Liens) -> Iterator[Fait]:
    for affaire in _contrats_proches(liens, Sinon.SERA_RECONDUIT, Sinon.INCERTAIN):
        if not liens.est(affaire.ligne, ARRETE):
            dernier, delai = _dire_le_dernier_jour(affaire), _dans(affaire, liens)
            yield _dire_du_contrat(liens, affaire, dernier=dernier, delai=delai)


def _dire_le_dernier_jour(affaire: Affaire) -> str:
    sans_delai = "" if affaire.delai_connu else " au plus tard (délai de résiliation inconnu)"
    return f"{dater(affaire.dernier_jour)}{sans_delai}"


def _dans(affaire: Affaire, liens: Liens) -> str:
    """« dans 30 jours », « aujourd'hui »."""
    return dans((affaire.dernier_jour - liens.au).days if affaire.dernier_jour else 0)


@regle(
    "OUT-006",
    Gravite.ATTENTION,
    "3.2",
    message="Le contrat de {nom} {etat} : le dernier jour pour résilier était le {dernier}.",
    pourquoi="Une reconduction tacite engage la commune sans que personne l'ait décidée.",
    corriger="Dire {a_executif} ce qu'il en est, inscrire la décision, puis la nouvelle échéance.",
    doute=(
        "Le contrat a été résilié à temps.",
        "Une décision liée, prise moins d'un an avant ce jour, l'écarte ; une décision d'il y a "
        "dix ans ne dit rien de cette reconduction. Ce n'est qu'un point d'attention.",
    ),
)
def contrat_reconduit_sans_decision(liens: Liens) -> Iterator[Fait]:
    for affaire in _contrats(liens, *_PEUT_REPARTIR):
        est_passee = affaire.urgence is Urgence.PASSEE and not liens.est(affaire.ligne, ARRETE)
        if est_passee and affaire.sinon:
            dernier, etat = _dire_le_dernier_jour(affaire), affaire.sinon.value
            yield _dire(liens, affaire, "echeance", etat=f"{etat} sans décision", dernier=dernier)


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
    for affaire in _contrats(liens, Sinon.A_PRIS_FIN):
        yield _dire(liens, affaire, "echeance")


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
            aupres = aupres_de(liens.etat, outil)
            yield sur(outil, colonne, aupres=aupres, echeance=dater(echeance))


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
    for affaire in _sans_reponse(liens, Nature.REMPLACEMENT):
        yield _dire(liens, affaire, "statut")


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
    for affaire in _sans_reponse(liens, Nature.PROJET):
        yield _dire(liens, affaire, "statut")


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
        "service » : un outil à remplacer et son successeur se côtoient sans constat, comme le "
        "registre du canton et l'outil de la commune.",
    ),
)
def outils_au_meme_role(liens: Liens) -> Iterator[Fait]:
    actifs = (o for o in liens.outils if liens.est(o, _EN_SERVICE) and not est_de_droit(liens, o))
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
    for exposition in de(liens, Faiblesse.SANS_SORTIE):
        outil = exposition.ligne
        aupres, recuperation = aupres_de(liens.etat, outil), outil["recuperation"]
        attend = droit_cache(liens, outil)
        yield sur(outil, "recuperation", attend=attend, aupres=aupres, recuperation=recuperation)


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
    yield from _sans_risque_consigne(liens, Faiblesse.HORS_DE_SUISSE)


@regle(
    "OUT-017",
    Gravite.ATTENTION,
    "5",
    message="{nom} contient des données personnelles ; {faute}.",
    pourquoi="Qui ne sait pas où sont ses données, ou ne l'a pas pesé, subit ce choix.",
    corriger="Inscrire la décision qui concerne cet outil, avec le risque de ce lieu.",
    doute=(
        "Les données sont dans un pays reconnu sûr.",
        "Ce n'est qu'un point d'attention, et une décision qui consigne le risque l'écarte ; d'un "
        "lieu à clarifier, on demande seulement où il est.",
    ),
)
def donnees_en_europe_ou_on_ne_sait_ou(liens: Liens) -> Iterator[Fait]:
    yield from _sans_risque_consigne(liens, Faiblesse.LIEU_INCERTAIN)


@regle(
    "OUT-018",
    Gravite.ATTENTION,
    "objectif",
    message="{nom} contient des données sensibles, chez un grand fournisseur dont le siège est "
    "hors de Suisse : {groupes} ({siege}). Les préposés suisses jugent cela le plus souvent "
    "inadmissible ; c'est leur position (privatim, 18.11.2025), pas une loi.",
    pourquoi="Une autorité étrangère pourrait y avoir accès, même si les données sont en Suisse : "
    "c'est l'exécutif qui choisit, en le sachant.",
    corriger="En parler à l'autorité cantonale de protection des données ; si {executif} décide de "
    "garder l'outil, inscrire sa décision avec ce risque.",
    doute=(
        "Un petit éditeur étranger, ou une filiale suisse sans données sensibles.",
        "Seuls les grands fournisseurs que nomme la liste datée du modèle sont visés, principal ou "
        "non, et seulement pour des données sensibles. Une décision validée, vue par l'exécutif, "
        "et qui écrit ce risque, l'écarte.",
    ),
)
def donnees_sensibles_sous_un_groupe_etranger(liens: Liens) -> Iterator[Fait]:
    for exposition in de(liens, Faiblesse.GROUPE_ETRANGER):
        if exposition.reponse is None:
            groupes = citer_lignes(exposition.prestataires, "nom")
            sieges = dict.fromkeys(str(groupe["siege"]) for groupe in exposition.prestataires)
            colonne, siege = "donnees_personnelles", ", ".join(sieges)
            repond = partial(pourrait_consigner, liens, exposition)
            attend = cachent(liens, exposition.ligne, repond)
            dits: dict[str, Any] = {"groupes": groupes, "siege": siege}
            yield sur(exposition.ligne, colonne, attend=attend, aupres=groupes, **dits)


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
    for exposition in de(liens, Faiblesse.ACCES_AU_PRESTATAIRE):
        outil = exposition.ligne
        aupres, attend = aupres_de(liens.etat, outil), droit_cache(liens, outil)
        yield sur(outil, "acces_administrateur", attend=attend, aupres=aupres)


@regle(
    "OUT-020",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le contrat de {nom} prend fin le {dernier}, {delai}, et aucune décision récente n'en "
    "parle.",
    pourquoi="Ce contrat ne repart pas tout seul : le service, son prix et le retour des données "
    "s'arrêtent avec lui.",
    corriger="Proposer {a_executif} de le renouveler ou de changer, et inscrire la décision.",
    doute=(
        "Le renouvellement est déjà signé.",
        "Une décision liée, proposée ou validée depuis douze mois, l'écarte ; la nouvelle échéance "
        "aussi.",
    ),
)
def contrat_qui_prend_fin(liens: Liens) -> Iterator[Fait]:
    for affaire in _contrats_proches(liens, Sinon.PREND_FIN):
        dernier, delai = dater(affaire.dernier_jour), _dans(affaire, liens)
        yield _dire_du_contrat(liens, affaire, dernier=dernier, delai=delai)


@regle(
    "OUT-021",
    Gravite.ATTENTION,
    "3.2",
    message="Le contrat de {nom}, à durée indéterminée, a une échéance : jusqu'au {dernier}, "
    "{delai}, il peut se résilier.",
    pourquoi="Sans rien dire, la commune le garde ; c'est souvent une occasion d'en sortir.",
    corriger="Décider de le garder ou non ; vider l'échéance si elle n'a pas de sens.",
    doute=(
        "La date est celle d'une simple révision de prix.",
        "Ce n'est qu'un point d'attention, qui disparaît une fois la date passée, vidée, ou une "
        "décision inscrite.",
    ),
)
def contrat_sans_fin_a_revoir(liens: Liens) -> Iterator[Fait]:
    for affaire in _contrats_proches(liens, Sinon.CONTINUE):
        dernier, delai = _dire_le_dernier_jour(affaire), _dans(affaire, liens)
        yield _dire_du_contrat(liens, affaire, dernier=dernier, delai=delai)


@regle(
    "OUT-022",
    Gravite.ATTENTION,
    "3.2",
    message="{nom} est arrêté, mais son contrat court jusqu'au {terme}, puis se renouvelle "
    "tacitement : le dernier jour pour résilier {est} le {dernier}{delai}.",
    pourquoi="Un outil arrêté dont le contrat repart se paie sans servir.",
    corriger="Vérifier que le contrat est résilié, puis vider l'échéance ou inscrire la décision.",
    doute=(
        "Le contrat a été résilié en arrêtant l'outil.",
        "Ce n'est qu'un point d'attention, et seulement pour un contrat tacite dont l'échéance "
        "est encore à venir ; vider l'échéance l'écarte.",
    ),
)
def contrat_d_un_outil_arrete(liens: Liens) -> Iterator[Fait]:
    for affaire in _contrats(liens, Sinon.SERA_RECONDUIT):
        if liens.est(affaire.ligne, ARRETE) and affaire.est_pressante:
            est_passe = affaire.urgence is Urgence.PASSEE
            yield _dire_du_contrat(
                liens,
                affaire,
                terme=dater(affaire.terme),
                est="était" if est_passe else "est",
                dernier=_dire_le_dernier_jour(affaire),
                delai="" if est_passe else f", {_dans(affaire, liens)}",
            )


@regle(
    "OUT-023",
    Gravite.ATTENTION,
    "1",
    message="{nom} est indispensable, et son mode de repli dit « {valeur} ».",
    pourquoi="Le jour d'une panne, la commune n'aurait rien à dire à la population.",
    corriger="Décrire comment servir la population sans l'outil, même sur papier.",
    doute=(
        "La panne ne touche personne : l'outil sert en coulisses.",
        "Ce n'est qu'un point d'attention ; toute phrase qui dit comment faire l'écarte, et une "
        "cellule vide est à remplir, pas une faiblesse.",
    ),
)
def outil_indispensable_sans_repli(liens: Liens) -> Iterator[Fait]:
    for exposition in de(liens, Faiblesse.SANS_REPLI):
        yield sur(exposition.ligne, "repli")


@regle(
    "OUT-024",
    Gravite.ATTENTION,
    "3.2",
    message="Le contrat de {nom} est échu depuis le {valeur} ; la décision {decision} en traite, "
    "mais l'échéance n'a pas changé.",
    pourquoi="Tant que l'ancienne date reste, personne ne voit venir la prochaine.",
    corriger="Inscrire la nouvelle échéance, ou passer l'outil à « Arrêté ».",
    doute=(
        "Le nouveau contrat est signé, et n'est pas encore classé.",
        "Ce n'est qu'un point d'attention, qui disparaît avec la nouvelle date ; un contrat à "
        "durée indéterminée n'est pas visé.",
    ),
)
def echeance_a_mettre_a_jour(liens: Liens) -> Iterator[Fait]:
    for affaire in recenser(liens):
        est_finie = affaire.sinon in (Sinon.A_PRIS_FIN, Sinon.A_ETE_RECONDUIT)
        reponse = affaire.reponse
        if est_finie and reponse is not None and liens.est(reponse, VALIDEE):
            decision = citer_lignes((reponse,), "numero")
            yield sur(affaire.ligne, "echeance", decision=decision)


def _sans_reponse(liens: Liens, nature: Nature) -> Iterator[Affaire]:
    """Les affaires de cette nature à quoi rien ne répond."""
    return (a for a in recenser(liens) if a.nature is nature and a.reponse is None)


def _contrats(liens: Liens, *sinons: Sinon) -> Iterator[Affaire]:
    return (a for a in _sans_reponse(liens, Nature.CONTRAT) if a.sinon in sinons)


def _contrats_proches(liens: Liens, *sinons: Sinon) -> Iterator[Affaire]:
    return (a for a in _contrats(liens, *sinons) if a.urgence is Urgence.PROCHE)


def _dire(liens: Liens, affaire: Affaire, colonne: str, **mots: Any) -> Fait:
    """Le fait d'une affaire sans réponse ; il attend, si une cellule fautive cache la réponse."""
    attend = cachent(liens, affaire.ligne, partial(pourrait_repondre, liens, affaire))
    return sur(affaire.ligne, colonne, attend=attend, **mots)


def _dire_du_contrat(liens: Liens, affaire: Affaire, **mots: Any) -> Fait:
    """De même d'un contrat proche : un seuil illisible ne dit pas ce qui l'est."""
    fait = _dire(liens, affaire, "echeance", **mots)
    return replace(fait, attend=(*fait.attend, *champs_illisibles(liens, *SEUILS_DE_DECISION)))


def _sans_risque_consigne(liens: Liens, faiblesse: Faiblesse) -> Iterator[Fait]:
    for exposition in de(liens, faiblesse):
        outil = exposition.ligne
        if exposition.reponse is None:
            attend = cachent(liens, outil, partial(pourrait_consigner, liens, exposition))
            lieu = outil["lieu_donnees"]
            if isinstance(lieu, Aveu):
                remede = f"Demander {_a_qui(liens, outil)} où sont les données."
                faute = "leur lieu reste à clarifier"
                dits: dict[str, Any] = {"faute": faute, "corriger": remede}
                aupres = aupres_de(liens.etat, outil)
                yield sur(outil, "lieu_donnees", attend=attend, aupres=aupres, **dits)
            else:
                faute = f"leur lieu est « {lieu} », et aucune décision n'en consigne le risque"
                dits = {"faute": faute, "lieu": lieu, **_completer(liens, outil)}
                est_peut_etre_anodin = isinstance(outil["criticite"], Illisible)
                if faiblesse is Faiblesse.LIEU_INCERTAIN and est_peut_etre_anodin:
                    attend = (*attend, outil.emplacement("criticite"))
                yield sur(outil, "lieu_donnees", attend=attend, **dits)


def _a_qui(liens: Liens, outil: Ligne) -> str:
    """« à « Alpha SA » », « au prestataire » s'il n'est pas inscrit."""
    prestataire = liens.prestataire(outil)
    return "au prestataire" if prestataire is None else f"à {citer_lignes((prestataire,), 'nom')}"


def _completer(liens: Liens, outil: Ligne) -> dict[str, Any]:
    """Le remède d'un outil déjà décidé : y écrire le risque qui manque."""
    liees = [d for d in liens.decisions_liees(outil) if d.texte("numero")]
    if not liees:
        return {}
    ou = citer_lignes(liees, "numero")
    decisions = "la décision" if len(liees) == 1 else "l'une des décisions"
    return {"corriger": f"Écrire ce risque (le lieu des données) dans {decisions} {ou}."}
