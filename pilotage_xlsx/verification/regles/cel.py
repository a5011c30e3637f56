"""CEL : une cellule : exigée, lisible, dans sa liste, retrouvée, bien formée, sans secret."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import timedelta
from functools import lru_cache
from itertools import product
from typing import Any

from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.delais import dates_contredites, faits_a_venir, jour_passe
from pilotage_xlsx.metier.etat import est_a_confirmer, est_exigee
from pilotage_xlsx.metier.executif import mots_propres
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import ACCEPTES, SEPARATEUR, Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.condition import Condition, Parmi, Sauf, Vide
from pilotage_xlsx.modele.vocabulaire import AVEU, Mot
from pilotage_xlsx.registre import Emplacement, Illisible, Ligne, Motif, Valeur
from pilotage_xlsx.registre.genres import afficher, lire_nombre
from pilotage_xlsx.registre.genres import citer as separer
from pilotage_xlsx.registre.rapprochement import proposer, rapprocher
from pilotage_xlsx.registre.saisie import DATES, NATIFS, est_tape_en_texte
from pilotage_xlsx.socle.confidentiel import a_un_mot_de_passe, a_un_numero_avs, est_suspect
from pilotage_xlsx.socle.courriel import CourrielFautif, lire_courriels
from pilotage_xlsx.socle.courriel import MotifDAdresse as MotifDeCourriel
from pilotage_xlsx.socle.dates import ORIGINE_1900, depuis_texte, est_avant
from pilotage_xlsx.socle.ide import a_la_forme_d_un_ide, a_un_bon_chiffre_de_controle
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.telephone import est_un_telephone, zero_voulu
from pilotage_xlsx.socle.textes import (
    LONGUEUR_D_UN_NOM,
    Texte,
    cle,
    cle_large,
    normaliser,
    redresser_les_tirets,
)
from pilotage_xlsx.verification.intentions import (
    courriel_probable,
    date_a_d_autres_signes,
    date_sans_jour,
    dates_citees,
    est_en_attente,
    est_ignore,
    est_par_mois,
    est_sans_objet,
    est_sans_tva,
    est_un_jour_impossible,
    est_un_renvoi,
    ide_probable,
    morceaux,
    nombre_autrement_ecrit,
    nombres_cites,
    oui_ou_non,
    telephone_probable,
)
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.verification.regle import Fait, dans, regle, sur
from pilotage_xlsx.verification.renommages import (
    Retrouve,
    a_renommer,
    a_separer,
    inscrits,
    proposer_les_noms,
    retrouver,
    reunis,
    separer_les_noms,
)
from pilotage_xlsx.verification.reparable import Inscrits, Reparee, Saisie, Voulu, semblable

_LIGNES_REMONTEES = 100


def recopier(liens: Liens, ligne: Ligne, colonne: Colonne) -> str:
    """Que faire de « idem » : la valeur du dessus, qui resterait juste une fois la liste triée."""
    valeur = dessus(liens, ligne, colonne.id)
    propose = f" : {citer(valeur)}" if valeur else ""
    return f"Recopier la réponse de la ligne du dessus{propose} ; une liste triée perd les renvois."


def laisser_vide(colonne: Colonne) -> str:
    """Que faire d'un « ? » ou d'un « - »."""
    if mentions := enumerer(map(citer, _a_proposer(colonne)), "ou"):
        return f"Écrire la réponse, ou {mentions}."
    if not colonne.est_essentielle:
        return "Vider la cellule : cette réponse est facultative."
    return "Écrire la réponse ; tant qu'elle n'est pas connue, laisser la cellule vide."


def dessus(liens: Liens, ligne: Ligne, colonne: str) -> str | None:
    """La première vraie réponse au-dessus, dans la même colonne, telle qu'elle se lit."""
    lignes = liens.etat.lignes(ligne.lieu.registre)
    rang = bisect_left(lignes, ligne.numero, key=lambda autre: autre.numero)
    for autre in reversed(lignes[max(0, rang - _LIGNES_REMONTEES) : rang]):
        valeur = autre[colonne]
        if valeur is not None and not est_un_renvoi(afficher(valeur)):
            return None if liens.etat.est_fautive(autre, colonne) else afficher(valeur)
    return None


_CHOIX_MONTRES = 8

_CITES = 6
"""Au-delà, ce n'est plus une date ou un nombre entouré de mots."""

_SAISIES_DEVINEES = 1_000
"""Au-delà, ce ne sont plus des coquilles, et chercher un voisin à chacune ne finirait pas."""

_EN_ATTENTE, _NEANT = "en_attente", "neant"
"""Les marques d'une réponse remise, et de celle qui dit qu'il n'y a rien."""

_FAUTES_DU_TABLEUR = {
    Motif.ERREUR: "une erreur du tableur",
    Motif.FORMULE: "une formule sans résultat enregistré",
}
_IDE = motif(r"CHE(\d{3})(\d{3})(\d{3})(TVA|MWST|IVA|VAT|RC|HR)?")
_NUMERO_SEUL = motif(r"\+?[\d\s./()'’-]+")
_SUISSE = motif(r"(?P<debut>\+41|0041|0)(?P<numero>[1-9]\d{8})")
_A_TROIS_CHIFFRES = ("800", "84", "90")
_POINT_DE_MILLIERS = motif(r"\d\.\d{3}(?!\d)")

_TRANCHE, _LOT = 1_000, 256
"""Des lignes dont les valeurs distinctes se regardent ensemble, et des valeurs passées au tamis
d'un coup."""

_INCIDENTS = "incidents"
"""Leurs dates à venir ont leur règle (INC-010)."""

_FERMES = (Genre.LISTE, Genre.DATE, Genre.DATE_HEURE)
"""Ces colonnes ne gardent d'un secret qu'une valeur illisible, déjà signalée, et masquée."""


@regle(
    "CEL-001",
    Gravite.A_REMPLIR,
    "2",
    message="« {libelle} » est vide pour {nom}{raison}.",
    pourquoi="Une réponse essentielle manque encore. Le contrôle ne passe pas tant qu'elle manque, "
    "sauf dans les colonnes où le modèle l'admet.",
    corriger="Remplir la cellule.",
    doute=(
        "La réponse ne se pose pas pour cet outil-là.",
        "Une cellule n'est exigée que si sa condition, lue sur la même ligne, est vraie ; "
        "une colonne absente, ou une condition qui dépend d'une colonne absente, n'exige "
        "rien.",
    ),
)
def cellule_exigee_vide(liens: Liens) -> Iterator[Fait]:
    for feuille, ligne in _lignes(liens):
        vides, lieu = liens.etat.sans_valeur(feuille, ligne), ligne.lieu
        for colonne in feuille.essentielles if vides else ():
            if colonne.id not in vides or not lieu.a(colonne.id) or not est_exigee(colonne, ligne):
                continue
            if _depend_d_une_absente(colonne, ligne):
                continue
            raison = _dire_la_raison(colonne, ligne, feuille)
            remede = _remplir(colonne, liens.modele)
            yield _bloquer(sur(ligne, colonne.id, raison=raison, corriger=remede), colonne)


def _bloquer(fait: Fait, colonne: Colonne) -> Fait:
    """Le fait d'une cellule à remplir, qui bloque si le modèle tient son vide pour une erreur."""
    return replace(fait, bloque=Gravite(colonne.gravite_si_vide) is Gravite.ERREUR)


def _dire_la_raison(colonne: Colonne, ligne: Ligne, feuille: Feuille) -> str:
    """Ce qui, sur la ligne, rend la cellule nécessaire : « Criticité » est « Important »."""
    essais = colonne.obligatoire_si.essais() if colonne.obligatoire_si else ()
    vus: dict[str, str] = {}
    for essai in essais:
        valeur = ligne[essai.colonne]
        if isinstance(essai, Parmi) and valeur not in essai.valeurs:
            continue
        if isinstance(essai, Parmi | Sauf):
            vus[feuille.libelle_de(essai.colonne)] = afficher(valeur)
    faits = enumerer(f"{citer(libelle)} est {citer(valeur)}" for libelle, valeur in vus.items())
    return f", alors que {faits}" if faits else ""


def _remplir(colonne: Colonne, modele: Modele) -> str:
    """Que faire d'une cellule vide."""
    aveu = AVEU.libelle if colonne.admet_l_aveu else None
    ou_avouer = f", ou {citer(aveu)} si vous ne savez pas encore" if aveu else ""
    if modele.choix(colonne):
        return f"Choisir une réponse de la liste{ou_avouer}."
    mentions = enumerer(map(citer, _a_proposer(colonne)), "ou")
    return f"Remplir la cellule{f', ou y mettre {mentions}' if mentions else ''}{ou_avouer}."


def _a_proposer(colonne: Colonne) -> tuple[str, ...]:
    """Les mentions qui répondent sans rien ouvrir : « Aucun » téléphone n'est pas une solution."""
    return () if colonne.genre is Genre.TELEPHONE else colonne.mentions


def _lignes(liens: Liens) -> Iterator[tuple[Feuille, Ligne]]:
    """Les lignes à remplir ; à une ligne encore à confirmer, rien ne manque."""
    for feuille in liens.modele.feuilles:
        for ligne in liens.etat.tenues(feuille.id):
            yield feuille, ligne


def _depend_d_une_absente(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si l'exigence part du vide d'une colonne que la feuille n'a pas."""
    essais = colonne.obligatoire_si.essais() if colonne.obligatoire_si else ()
    return any(isinstance(essai, Vide) and not ligne.lieu.a(essai.colonne) for essai in essais)


def _reecrire_le_choix(saisie: Saisie) -> Reparee | None:
    """Le choix de la liste, à la casse, aux accents et aux signes près."""
    if saisie.colonne.genre is not Genre.LISTE or not saisie.est_un_texte:
        return None
    texte, modele = saisie.cellule.texte, saisie.inscrits.modele
    propres = modele.mots_propres(saisie.colonne, saisie.inscrits.propres)
    sien = semblable(texte, propres)
    return sien or semblable(texte, modele.ecritures(saisie.colonne)) or texte


@regle(
    "CEL-002",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} », qui n'est pas dans la liste.",
    pourquoi="Une liste fermée se compte et se compare ; une réponse hors d'elle ne compte pas.",
    corriger="Choisir une réponse de la liste.",
    doute=(
        "La réponse est juste, mais en majuscules, avec une espace de trop ou une "
        "apostrophe courbe.",
        "Casse, blancs et apostrophes ne comptent pas, et un synonyme que le modèle connaît "
        "(« Municipalité », « USA », « Vaud ») vaut sa réponse ; un accent ou une coquille se "
        "propose d'un « Vouliez-vous dire ».",
    ),
    repare=_reecrire_le_choix,
)
def valeur_hors_liste(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.LISTE):
        voulu = _choix_voulu(liens, ligne, colonne, illisible.brut)
        remede = _proposer_un_choix(liens, colonne, illisible.brut, voulu)
        yield sur(ligne, colonne.id, corriger=remede, voulus=_a_choisir(illisible.brut, voulu))


def _a_choisir(brut: Texte, voulu: str | None) -> tuple[Voulu, ...]:
    """Le choix à écrire, s'il dit tout ce que la cellule dit : une parenthèse en dit plus."""
    return (Voulu(voulu),) if voulu and "(" not in brut else ()


def _proposer_un_choix(liens: Liens, colonne: Colonne, brut: Texte, voulu: str | None) -> str:
    """Que faire d'une réponse hors de sa liste."""
    choix = liens.modele.choix(colonne)
    if plusieurs := _reponses_reunies(brut, choix):
        return f"Une seule réponse est possible : choisir {enumerer(map(citer, plusieurs), 'ou')}."
    if voulu:
        return f"Vouliez-vous dire « {voulu} » ? Sinon, choisir une autre réponse de la liste."
    if possibles := _possibles(liens, colonne, brut):
        return f"{citer(brut)} peut dire {enumerer(map(citer, possibles), 'ou')} : choisir."
    suite = "" if colonne.est_essentielle else ", ou vider la cellule"
    if len(choix) > _CHOIX_MONTRES:
        return f"Choisir une réponse de la liste déroulante{suite}."
    return f"Choisir une réponse de la liste : {enumerer(map(citer, choix), 'ou')}{suite}."


def _choix_voulu(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str | None:
    if _reponses_reunies(brut, liens.modele.choix(colonne)):
        return None
    if est_un_renvoi(brut):
        return dessus(liens, ligne, colonne.id)
    mots = liens.modele.mots(colonne)
    if (dit := oui_ou_non(brut)) and (reponse := _qui_repond(mots, dit)):
        return reponse
    if est_ignore(brut) and (attente := _qui_repond(mots, _EN_ATTENTE)):
        return attente
    if est_sans_objet(brut) and (neant := _qui_repond(mots, _NEANT)):
        return neant
    possibles, choix = _possibles(liens, colonne, brut), liens.modele.choix(colonne)
    if possibles:
        return possibles[0] if len(possibles) == 1 else None
    return liens.modele.par_le_sens(colonne, brut) or _voisin(liens, brut, choix)


def _possibles(liens: Liens, colonne: Colonne, brut: Texte) -> tuple[str, ...]:
    """Les valeurs que ce mot équivoque peut dire, sans celle que la commune nomme autrement."""
    nommees, tape = mots_propres(liens.modele, liens.registre.commune), cle(brut)
    return tuple(
        mot.libelle
        for mot in liens.modele.mots(colonne)
        if mot.nomme_par not in nommees and tape in map(cle, mot.equivoques)
    )


def _voisin(liens: Liens, brut: Texte, choix: tuple[str, ...]) -> str | None:
    if len(liens.etat.illisibles) > _SAISIES_DEVINEES:
        return None
    return (_deviner if len(brut) <= LONGUEUR_D_UN_NOM else _commence)(brut, choix)


@lru_cache(maxsize=1_000)
def _deviner(brut: str, choix: tuple[str, ...]) -> str | None:
    return proposer(brut, choix) or _commence(brut, choix)


def _commence(brut: Texte, choix: tuple[str, ...]) -> str | None:
    """Le seul choix dont c'est le début, au mot près (« Durable »), ou suivi d'une parenthèse."""
    tape = cle(brut)
    suites = [valeur for valeur in choix if cle(valeur).startswith(f"{tape} ")]
    suites += [valeur for valeur in choix if tape.startswith(f"{cle(valeur)} (")]
    return suites[0] if len(suites) == 1 else None


def _qui_repond(mots: Iterable[Mot], nom: str) -> str | None:
    """Le libellé de la première valeur de cette clé ou de cette marque."""
    return next((mot.libelle for mot in mots if mot.repond_a(nom)), None)


def _reponses_reunies(brut: Texte, choix: tuple[str, ...]) -> tuple[str, ...]:
    """Les réponses de la liste que la cellule réunit ; rien s'il n'y en a pas deux."""
    if len(brut) > len(choix) * LONGUEUR_D_UN_NOM:
        return ()
    par_cle = {cle(valeur): valeur for valeur in choix}
    parties = [cle(partie) for partie in morceaux(brut)]
    trouvees = [par_cle[partie] for partie in parties if partie in par_cle]
    return tuple(trouvees) if len(trouvees) == len(parties) > 1 else ()


@regle(
    "CEL-003",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} »{montre}, "
    "qui ne se lit pas comme une date.",
    pourquoi="Un délai ne se compte que d'une date entière et vraisemblable.",
    corriger="Écrire le jour, le mois et l'année, par exemple 12.03.2026.",
    doute=(
        "La date est écrite « 12 mars 2026 », « 12.3.26 », « 2026-03-12 » ou « 20260312 ».",
        "Toutes ces formes se lisent ; ne restent que les jours qui n'existent pas et ce "
        "qui n'est pas un jour.",
    ),
)
def date_illisible(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.DATE):
        remede = _proposer_une_date(liens, ligne, colonne, illisible.brut)
        montre, jour = _dire_l_affichage(ligne, colonne), date_a_d_autres_signes(illisible.brut)
        voulus = (Voulu(jour),) if jour else ()
        yield sur(ligne, colonne.id, montre=montre, corriger=remede, voulus=voulus)


def _proposer_une_date(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str:
    """Que faire d'une date qui ne se lit pas."""
    if remis := _remis(liens, ligne, colonne, brut):
        return remis
    citees = dates_citees(brut)
    if len(citees) == 1:
        return f"Vouliez-vous dire {citees[0]} ? Écrire la date seule, le reste dans les remarques."
    if 1 < len(citees) <= _CITES:
        return f"Écrire une seule date : {enumerer(citees, 'ou')}."
    if est_un_jour_impossible(brut):
        return "Vérifier le jour, le mois et l'année : cette date n'est pas possible."
    if jour := date_sans_jour(brut):
        return f"Écrire aussi le jour, par exemple {afficher(jour)}."
    return f"Écrire le jour, le mois et l'année, par exemple 12.03.2026{_ou_mention(colonne)}."


def _ou_mention(colonne: Colonne) -> str:
    mentions = enumerer(map(citer, colonne.mentions), "ou")
    return f", ou {mentions}" if mentions else ""


@regle(
    "CEL-004",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} », qui n'est pas un nombre.",
    pourquoi="Un montant ou une durée ne s'additionne que s'il est un nombre.",
    corriger="Écrire le nombre seul, par exemple 1200 ; mettre le reste dans les remarques.",
    doute=(
        "Le montant porte une apostrophe, « CHF », « .- » ou une virgule.",
        "Toutes ces formes se lisent ; ne reste que ce qui n'est pas un nombre seul.",
    ),
)
def nombre_illisible(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.NOMBRE):
        voulu = _nombre_voulu(liens, colonne, illisible.brut)
        remede = _proposer_un_nombre(liens, ligne, colonne, illisible.brut, voulu)
        voulus = () if voulu is None else (Voulu(voulu),)
        yield sur(ligne, colonne.id, corriger=remede, voulus=voulus)


def _nombre_voulu(liens: Liens, colonne: Colonne, brut: Texte) -> float | None:
    """Le nombre qu'est tout le texte, à l'écriture près, ou à peu près : « 90 jours », 3 mois."""
    bareme = liens.modele.bareme(colonne)
    nombre = bareme.approcher(brut) if bareme else nombre_autrement_ecrit(brut)
    return nombre if nombre is not None and _est_admis(nombre, colonne) else None


def _est_admis(nombre: float, colonne: Colonne) -> bool:
    """Vrai si la colonne lirait ce nombre."""
    if colonne.genre is Genre.ENTIER and not nombre.is_integer():
        return False
    est_assez_grand = colonne.min is None or nombre >= colonne.min
    return est_assez_grand and (colonne.max is None or nombre <= colonne.max)


def _proposer_un_nombre(
    liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte, voulu: float | None
) -> str:
    """Que faire d'un nombre qui ne se lit pas."""
    if remis := _remis(liens, ligne, colonne, brut):
        return remis
    bareme = liens.modele.bareme(colonne)
    if bareme and voulu is not None:
        return (
            f"Vouliez-vous dire {afficher(voulu)}, en {bareme.nom} ? Écrire le nombre seul, le "
            "reste dans les remarques."
        )
    if bareme and bareme.parle_d_une_autre(brut):
        return f"Compter en {bareme.nom}, et écrire le nombre seul, par exemple 3."
    est_un_montant = colonne.genre is Genre.MONTANT and bareme is None
    if est_un_montant and est_par_mois(brut):
        return "Écrire le montant d'une année, un nombre seul, par exemple 1200."
    if est_un_montant and est_sans_tva(brut):
        return "Écrire le montant TVA comprise, un nombre seul, par exemple 1200."
    cites = nombres_cites(brut)
    if len(cites) == 1:
        return f"Vouliez-vous dire {cites[0]} ? Écrire le nombre seul, le reste dans les remarques."
    if 1 < len(cites) <= _CITES:
        return f"Écrire un seul nombre : {enumerer(cites, 'ou')} ; le reste dans les remarques."
    exemple = 1200 if est_un_montant else 3
    return f"Écrire le nombre seul, par exemple {exemple} ; mettre le reste dans les remarques."


@regle(
    "CEL-005",
    Gravite.ERREUR,
    "2",
    message="« {valeur} » est inscrit {fois} fois dans « {libelle} ».",
    pourquoi="Les autres feuilles citent une ligne par ce nom ou ce numéro ; il doit être unique.",
    corriger="Si c'est deux fois la même chose, garder une seule ligne ; sinon, changer un nom.",
    doute=(
        "Deux outils s'appellent presque pareil.",
        "Seule une égalité parfaite, à la casse et aux blancs près, compte : une "
        "référence ne saurait laquelle choisir.",
    ),
)
def doublon(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        for colonne in feuille.saisies:
            if colonne.unique:
                yield from _doublons(liens.etat.lignes(feuille.id), colonne.id)


def _doublons(lignes: tuple[Ligne, ...], colonne: str) -> Iterator[Fait]:
    par_nom: Mapping[str, list[Ligne]] = defaultdict(list)
    for ligne in lignes:
        if nom := ligne.texte(colonne):
            par_nom[cle(nom)].append(ligne)
    for memes in par_nom.values():
        if len(memes) > 1:
            autres = tuple(ligne.emplacement(colonne) for ligne in memes[:-1])
            yield sur(memes[-1], colonne, aussi=autres, fois=len(memes))


def _reecrire_les_noms(saisie: Saisie) -> Reparee | None:
    """Chaque nom cité, tel qu'il est inscrit."""
    colonne, texte = saisie.colonne, saisie.cellule.texte
    if colonne.genre is not Genre.REFERENCE or not saisie.est_un_texte:
        return None
    cites = separer(texte) if colonne.plusieurs else (normaliser(texte),)
    justes = tuple(_nom_juste(nom, colonne, saisie.inscrits) for nom in cites)
    return saisie.sans_bords if justes == cites else f"{SEPARATEUR} ".join(justes)


def _nom_juste(nom: Texte, colonne: Colonne, inscrits: Inscrits) -> str:
    """Le nom tel qu'inscrit, à la casse et aux blancs près ; aux accents près s'il est seul."""
    if mention := semblable(nom, colonne.mentions_ecrites):
        return mention
    for registre in colonne.reference:
        if (trouvee := inscrits.etat.trouver(registre, nom)) is not None:
            return normaliser(trouvee.texte(inscrits.modele.par_id[registre].cle or "") or nom)
    voisins = {juste for r in colonne.reference for juste in inscrits.par_forme[r][cle_large(nom)]}
    return voisins.pop() if len(voisins) == 1 and not colonne.texte_libre else nom


@regle(
    "CEL-006",
    Gravite.ERREUR,
    "2",
    message="{nom} cite {cites} dans « {libelle} » : introuvable dans {feuilles}.",
    pourquoi="Une référence introuvable coupe le lien entre deux feuilles.",
    corriger="Inscrire dans {feuilles} ce que la cellule cite, ou corriger le nom cité.",
    doute=(
        "Le nom est écrit avec une autre casse, ou une espace de trop.",
        "Casse, blancs et apostrophes ne comptent pas ; une mention (« Géré à l'interne "
        "») n'est pas une référence ; si la feuille citée manque, rien n'est dit.",
    ),
    repare=_reecrire_les_noms,
)
def reference_introuvable(liens: Liens) -> Iterator[Fait]:
    for feuille, colonne in _colonnes_a_reference(liens):
        lignes = liens.etat.perdues.get((feuille.id, colonne.id), ())
        perdues = {ligne: liens.etat.introuvables(colonne, ligne) for ligne in lignes}
        noms_perdus = {nom for noms in perdues.values() for nom in noms}
        voisins, seuls = (
            _chercher(liens, colonne, noms_perdus),
            retrouver(liens, colonne, noms_perdus),
        )
        feuilles = _nommer_les_cibles(liens, colonne)
        for ligne, noms in perdues.items():
            cites = enumerer(map(citer, noms))
            remede, voulus = _retrouver(liens, ligne, colonne, voisins, seuls)
            dits: dict[str, Any] = {"cites": cites, "feuilles": feuilles, "corriger": remede}
            yield sur(ligne, colonne.id, aussi=(), voulus=voulus, **dits)


def _chercher(liens: Liens, colonne: Colonne, perdus: Set[str]) -> Mapping[str, str]:
    """Le nom inscrit, ou la mention, le plus proche de chaque nom introuvable."""
    return rapprocher(perdus, (*colonne.mentions, *inscrits(liens, colonne))) if perdus else {}


def _nommer_les_cibles(liens: Liens, colonne: Colonne) -> str:
    """« la feuille « Incidents », « Signalements » ou « Échanges » »."""
    cibles = (citer(liens.modele.par_id[registre].libelle) for registre in colonne.reference)
    return f"la feuille {enumerer(cibles, 'ou')}"


def _retrouver(
    liens: Liens,
    ligne: Ligne,
    colonne: Colonne,
    voisins: Mapping[str, str],
    seuls: Mapping[str, Retrouve],
) -> tuple[str, tuple[Voulu, ...]]:
    """Que faire de noms introuvables : les séparer, choisir leur voisin, ou les inscrire."""
    ou, perdus = _nommer_les_cibles(liens, colonne), liens.etat.introuvables(colonne, ligne)
    if all(map(est_un_renvoi, perdus)):
        return recopier(liens, ligne, colonne), ()
    if noms := reunis(liens, colonne, ligne.textes(colonne.id)):
        return separer_les_noms(liens, ligne, colonne, noms), a_separer(colonne, noms)
    if proposes := proposer_les_noms(perdus, voisins, seuls):
        return f"{proposes} Sinon, l'inscrire d'abord dans {ou}.", a_renommer(perdus, seuls)
    if all(est_en_attente(nom) or est_sans_objet(nom) for nom in perdus):
        return laisser_vide(colonne), ()
    mentions = enumerer(map(citer, colonne.mentions), "ou")
    autrement = f", ou choisir {mentions}" if mentions else ""
    return f"L'inscrire dans {ou}, ou corriger le nom cité{autrement}.", ()


def _colonnes_a_reference(liens: Liens) -> Iterator[tuple[Feuille, Colonne]]:
    """Les colonnes dont toutes les feuilles citées sont là, avec leur clé."""
    lues = liens.registre.feuilles
    for feuille in liens.modele.feuilles:
        for colonne in feuille.saisies:
            cibles = [(lues.get(r), liens.modele.par_id[r].cle or "") for r in colonne.reference]
            if cibles and all(lue is not None and lue.lieu.a(nom) for lue, nom in cibles):
                yield feuille, colonne


def _reecrire_le_telephone(saisie: Saisie) -> Reparee | None:
    """``021 555 01 01`` ou ``+41 21 555 01 01`` pour un seul numéro suisse entier."""
    if saisie.colonne.genre is not Genre.TELEPHONE or not saisie.est_un_texte:
        return None
    net = normaliser(redresser_les_tirets(saisie.cellule.texte))
    if not _NUMERO_SEUL.fullmatch(net) or not est_un_telephone(net):
        return None
    trouve = _SUISSE.fullmatch(re.sub(r"\(0\)|[^\d+]", "", net))
    if trouve is None:
        return None
    numero, debut = trouve["numero"], "0" if trouve["debut"] == "0" else "+41 "
    if numero.startswith(_A_TROIS_CHIFFRES):
        return f"{debut}{numero[:3]} {numero[3:6]} {numero[6:]}"
    return f"{debut}{numero[:2]} {numero[2:5]} {numero[5:7]} {numero[7:]}"


@regle(
    "CEL-007",
    Gravite.AVERTISSEMENT,
    "6",
    message="Pour {nom}, « {libelle} » contient « {valeur} », qui n'est pas un numéro complet.",
    pourquoi="Le jour d'une panne, un numéro incomplet fait perdre du temps.",
    corriger="Écrire le numéro entier, par exemple 032 000 00 00. Si le tableur efface le zéro du "
    "début, commencer par +41.",
    doute=(
        "Un numéro étranger, un numéro court (117), « +41 (0)32… », deux numéros, un nom devant.",
        "Tous se lisent : il suffit d'un numéro entier dans la cellule, ou d'un numéro court seul "
        "ou annoncé (« Police 117 »). « bureau 143 » n'en est pas un.",
    ),
    repare=_reecrire_le_telephone,
)
def telephone_incomplet(liens: Liens) -> Iterator[Fait]:
    yield from _mal_formes(liens, Genre.TELEPHONE, est_un_telephone, _telephone_propose)


def _telephone_propose(brut: Texte) -> str | None:
    return telephone_probable(brut) or zero_voulu(brut)


@regle(
    "CEL-008",
    Gravite.AVERTISSEMENT,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} », qui n'est pas une adresse.",
    pourquoi="Un message envoyé à une adresse fausse n'arrive pas.",
    corriger="Écrire l'adresse seule, par exemple greffe@valmarin.example.",
    doute=(
        "Plusieurs adresses, séparées par « ; », « , » ou une ligne ; un nom devant l'adresse ; "
        "« mailto: ».",
        "Toutes ces formes sont admises, comme à l'envoi.",
    ),
)
def courriel_mal_forme(liens: Liens) -> Iterator[Fait]:
    yield from _mal_formes(liens, Genre.COURRIEL, est_un_courriel, _courriel_propose)


def est_un_courriel(texte: Texte) -> bool:
    """Vrai si l'envoi y lirait une adresse ou plusieurs, et qu'elles ont une chance d'arriver."""
    try:
        courriels = lire_courriels(texte)
    except CourrielFautif:
        return False
    # Un nom accentué est permis depuis 2012, et n'arrive presque nulle part.
    return bool(courriels) and not any(courriel.est_accentue for courriel in courriels)


def _courriel_propose(brut: Texte) -> str | None:
    voulu = courriel_probable(brut)
    return voulu if voulu and est_un_courriel(voulu) else None


def _reecrire_l_ide(saisie: Saisie) -> Reparee | None:
    """``CHE-123.456.788``, et « TVA » s'il y était ; rien si le chiffre de contrôle est faux."""
    if saisie.colonne.genre is not Genre.IDE or not saisie.est_un_texte:
        return None
    trouve = _IDE.fullmatch(
        re.sub(r"[\s.-]", "", redresser_les_tirets(saisie.cellule.texte)).upper()
    )
    if trouve is None or not a_un_bon_chiffre_de_controle("".join(trouve.groups()[:3])):
        return None
    premier, deuxieme, troisieme, suite = trouve.groups()
    return f"CHE-{premier}.{deuxieme}.{troisieme}{f' {suite}' if suite else ''}"


@regle(
    "CEL-009",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Pour {nom}, « {libelle} » contient « {valeur} », qui n'a pas la forme d'un IDE.",
    pourquoi="L'IDE reconnaît une entreprise sans se tromper, même si son nom change.",
    corriger="Écrire CHE suivi de neuf chiffres, par exemple CHE-123.456.788, ou vider la cellule.",
    doute=(
        "L'IDE est écrit sans tirets, avec des espaces, ou suivi de « TVA ».",
        "Toutes ces formes sont admises ; il faut « CHE » et neuf chiffres.",
    ),
    repare=_reecrire_l_ide,
)
def ide_mal_forme(liens: Liens) -> Iterator[Fait]:
    yield from _mal_formes(liens, Genre.IDE, a_la_forme_d_un_ide, ide_probable)


@regle(
    "CEL-010",
    Gravite.ERREUR,
    "2",
    message="Le nom ou numéro {nom} contient un point-virgule.",
    pourquoi="Le point-virgule sépare les noms qu'une autre cellule cite ; celui-ci serait coupé.",
    corriger="Remplacer le point-virgule par une virgule ou un tiret.",
    doute=(
        "Un nom officiel contient vraiment un point-virgule.",
        "Il ne pourrait être cité nulle part : le point-virgule sépare deux noms. C'est "
        "donc à corriger.",
    ),
)
def cle_avec_separateur(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        for ligne in liens.etat.lignes(feuille.id):
            if SEPARATEUR in (ligne.texte(feuille.cle or "") or ""):
                yield sur(ligne, feuille.cle or "")


@regle(
    "CEL-011",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero} est commencée, mais « {libelle} » est vide.",
    pourquoi="Une ligne sans nom ni numéro ne peut pas être citée ; le reste n'en est pas jugé.",
    corriger="Remplir « {libelle} », ou vider la ligne.",
    doute=(
        "Une note tapée à côté de la liste, dans une colonne à la commune.",
        "Une ligne ne compte que si une colonne du modèle y est remplie.",
    ),
    est_seule=True,
)
def ligne_sans_cle(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        id_ = feuille.cle or ""
        for ligne in liens.etat.lignes(feuille.id):
            if ligne[id_] is None and ligne.lieu.a(id_):
                yield sur(ligne, id_, numero=ligne.numero)


@regle(
    "CEL-012",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero} est un total tapé sous la liste ; elle n'est pas comptée.",
    pourquoi="Un total écrit à la main fausse les comptes et n'est plus juste au prochain ajout.",
    corriger="Supprimer cette ligne ; le rapport fait les totaux.",
    doute=(
        "Un outil ou un prestataire s'appelle vraiment « Total… ».",
        "Le mot doit être seul (« Total », « Sous-total »…), et la ligne presque sans "
        "texte : un outil a un domaine, un prestataire.",
    ),
    est_seule=True,
)
def ligne_de_total(liens: Liens) -> Iterator[Fait]:
    for ligne in liens.etat.totaux:
        yield sur(ligne, _case_du_total(ligne), numero=ligne.numero)


def _case_du_total(ligne: Ligne) -> str:
    """La colonne où « Total » est écrit : le premier texte de la ligne.

    À défaut, la première remplie : le mot est dans une colonne de la commune.
    """
    textes = [id_ for id_, v in ligne.valeurs.items() if isinstance(v, str | Illisible | tuple)]
    return (textes or [*ligne.valeurs])[0]


@regle(
    "CEL-013",
    Gravite.AVERTISSEMENT,
    "6",
    message="Un numéro AVS est écrit dans « {libelle} », pour {nom}. Il est masqué ici.",
    pourquoi="Ce classeur circule ; il n'a pas besoin de reconnaître une personne.",
    corriger="Effacer le numéro de la cellule.",
    doute=(
        "Un long numéro de client ou de contrat commence par 756.",
        "Il faut treize chiffres dans le bon ordre et le chiffre de contrôle juste : une "
        "chance sur dix, et seulement pour un numéro en 756 de cette longueur.",
    ),
    supplante=("CEL-004",),
)
def numero_avs(liens: Liens) -> Iterator[Fait]:
    yield from _textes_ou(liens, a_un_numero_avs)


@regle(
    "CEL-014",
    Gravite.AVERTISSEMENT,
    "6",
    message="Un mot de passe semble écrit dans « {libelle} », pour {nom}. Il est masqué ici.",
    pourquoi="Ce classeur circule ; qui le reçoit aurait l'accès.",
    corriger="Effacer le mot de passe de la cellule, le changer, et le garder dans un coffre.",
    doute=(
        "Un texte parle de mots de passe sans en donner : « changer le mot de passe "
        "chaque année ».",
        "Il faut une annonce claire et, juste après, un mot qui a l'air d'un secret ; les "
        "mots ordinaires, les durées et les dates n'en sont pas.",
    ),
)
def mot_de_passe(liens: Liens) -> Iterator[Fait]:
    yield from _textes_ou(liens, a_un_mot_de_passe)


@regle(
    "CEL-015",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient {faute} : {valeur}.",
    pourquoi="La cellule contient une formule cassée, ou dont le résultat n'est pas enregistré.",
    corriger="Remplacer la formule par la valeur elle-même.",
    doute=(
        "Une formule de la commune, qui marche.",
        "Son résultat enregistré est lu comme une valeur tapée ; seule une erreur, ou un "
        "résultat jamais enregistré, se dit.",
    ),
)
def erreur_du_tableur(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, *_FAUTES_DU_TABLEUR):
        yield sur(ligne, colonne.id, faute=_FAUTES_DU_TABLEUR[illisible.motif])


@regle(
    "CEL-016",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} » ; il faut {bornes}.",
    pourquoi="Un nombre hors de ses bornes est presque toujours une faute de frappe.",
    corriger="Vérifier le nombre et le corriger.",
    doute=(
        "Un grand montant, mais juste.",
        "Les bornes du modèle sont larges (un délai de 0 à 36 mois, un montant d'au moins zéro).",
    ),
)
def nombre_hors_bornes(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.BORNES):
        bornes, voulu = _dire_les_bornes(colonne), _sans_le_signe(colonne, illisible.brut)
        if voulu is None:
            yield sur(ligne, colonne.id, bornes=bornes)
        else:
            remede = _demander_le_signe(voulu)
            yield sur(ligne, colonne.id, bornes=bornes, corriger=remede, voulus=(Voulu(voulu),))


def _sans_le_signe(colonne: Colonne, brut: Texte) -> float | None:
    """Le nombre positif qu'un tableur a pu prendre pour un négatif ; rien s'il est hors bornes."""
    nombre = lire_nombre(brut)
    est_negatif = nombre is not None and nombre < 0
    return -nombre if est_negatif and nombre and _est_admis(-nombre, colonne) else None


def _demander_le_signe(voulu: float) -> str:
    montre = afficher(voulu)
    return (
        f"Vouliez-vous dire {montre} ? Un tableur lit « {montre}.- » comme un nombre négatif : "
        "écrire le nombre seul."
    )


def _dire_les_bornes(colonne: Colonne) -> str:
    """Les nombres admis."""
    match colonne.min, colonne.max:
        case int(), int():
            return f"un nombre de {colonne.min} à {colonne.max}"
        case int(), None:
            return f"au moins {colonne.min}"
        case _:
            return f"au plus {colonne.max}"


def _reecrire_en_natif(saisie: Saisie) -> Reparee | None:
    """La date, avec son heure si elle est écrite, ou le nombre ; « 1.234 », équivoque, reste."""
    colonne, ligne, texte = saisie.colonne, saisie.ligne, saisie.cellule.texte
    if not est_tape_en_texte(colonne, ligne):
        return None
    if colonne.genre in DATES:
        return depuis_texte(texte) or ligne.jour(colonne.id) or texte
    if _POINT_DE_MILLIERS.search(texte) or (nombre := ligne.nombre(colonne.id)) is None:
        return texte
    return nombre


@regle(
    "CEL-017",
    Gravite.AVERTISSEMENT,
    "2",
    message="Pour {nom}, « {libelle} » contient « {tape} », tapé comme un texte : "
    "le tableur n'y voit pas {chose}.",
    pourquoi="Une date ou un nombre tapé comme un texte se comprend, mais la feuille n'en calcule "
    "rien : ni échéance, ni somme.",
    corriger="Effacer la cellule, puis retaper {propre}.",
    doute=(
        "La date s'affiche bien, et pourtant c'est un texte.",
        "Le contrôle regarde ce que le tableur a enregistré ; la valeur est comprise et "
        "utilisée, le constat dit seulement que la feuille, elle, n'en calcule rien.",
    ),
    repare=_reecrire_en_natif,
)
def valeur_tapee_en_texte(liens: Liens) -> Iterator[Fait]:
    tapees = liens.etat.tapees
    touchees = {ligne for ligne, _ in tapees}
    for feuille in liens.modele.registres if tapees else ():
        natives = [colonne for colonne in feuille.saisies if colonne.genre in NATIFS]
        lignes = [ligne for ligne in liens.etat.lignes(feuille.id) if ligne in touchees]
        for ligne, colonne in product(lignes, natives):
            if (ligne, colonne.id) in tapees:
                tape, propre = ligne.cellules[colonne.id].texte, afficher(ligne[colonne.id])
                chose = "une date" if colonne.genre in DATES else "un nombre"
                yield sur(ligne, colonne.id, tape=tape, chose=chose, propre=propre)


@regle(
    "CEL-018",
    Gravite.A_REMPLIR,
    "2",
    message="Pour {nom}, « {libelle} » dit seulement « {valeur} » : ce n'est pas encore une "
    "réponse.",
    pourquoi="Une réponse remise à plus tard, ou renvoyée à une autre ligne, ne dit rien à qui "
    "lit celle-ci.",
    corriger="Écrire la réponse, ou « À clarifier » tant qu'elle n'est pas connue.",
    doute=(
        "« Aucun », « Néant » ou « n/a » sont de vraies réponses dans un texte.",
        "Ils ne sont pas signalés ; seuls le sont, là où une réponse est demandée, un signe seul, "
        "un renvoi (« idem », « voir contrat ») ou l'annonce que la réponse viendra (« xxx »).",
    ),
    supplante=("DEC-009",),
)
def reponse_remise_a_plus_tard(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, remise in _illisibles(liens, Motif.REMISE):
        if est_a_confirmer(liens.modele.par_id[ligne.lieu.registre], ligne):
            continue
        if est_exigee(colonne, ligne) and not _depend_d_une_absente(colonne, ligne):
            est_la_premiere = ligne is liens.etat.lignes(ligne.lieu.registre)[0]
            renvoie = est_un_renvoi(remise.brut) and not est_la_premiere
            remede = recopier(liens, ligne, colonne) if renvoie else _remplir(colonne, liens.modele)
            yield _bloquer(sur(ligne, colonne.id, corriger=remede), colonne)


@regle(
    "CEL-019",
    Gravite.AVERTISSEMENT,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} »{montre} : il manque le jour.",
    pourquoi="Une date entière se trie et se compare ; une année seule, le tableur la prend pour "
    "une autre date.",
    corriger="Écrire aussi le jour ; s'il n'est pas connu, le premier.",
    doute=(
        "On sait l'année d'un vieil outil, pas le jour.",
        "Ce n'est qu'un avertissement, dans les colonnes utiles, et le remède donne la date à "
        "écrire.",
    ),
    supplante=("CEL-003",),
)
def date_utile_sans_jour(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in liens.etat.illisibles:
        if illisible.motif is not Motif.DATE or colonne.est_essentielle:
            continue
        if jour := date_sans_jour(illisible.brut):
            premier = f"{jour:%d.%m.%Y}"
            remede = f"Écrire aussi le jour ; s'il n'est pas connu, le premier : {premier}."
            montre = _dire_l_affichage(ligne, colonne)
            yield sur(ligne, colonne.id, montre=montre, corriger=remede)


@regle(
    "CEL-020",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero} est une copie de l'en-tête.",
    pourquoi="Un en-tête recollé au milieu de la liste passerait pour une ligne de plus.",
    corriger="Supprimer cette ligne.",
    doute=(
        "Un outil porte le nom d'une colonne, « Domaine » par exemple.",
        "Il faut que plusieurs cellules de la ligne répètent l'en-tête de leur propre colonne.",
    ),
    est_seule=True,
)
def en_tete_recopie(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        id_ = feuille.cle or ""
        for ligne in liens.etat.lignes(feuille.id):
            if _repete_l_en_tete(feuille.par_id[id_], ligne) and _est_un_en_tete(feuille, ligne):
                yield sur(ligne, id_, numero=ligne.numero)


def _repete_l_en_tete(colonne: Colonne, ligne: Ligne) -> bool:
    valeur = ligne.valeurs.get(colonne.id)
    if not isinstance(valeur, str | tuple | Illisible):
        return False
    dit = afficher(valeur)
    est_court = len(dit) <= LONGUEUR_D_UN_NOM
    return est_court and cle_large(dit) in _formes((colonne.libelle, *colonne.synonymes))


@lru_cache(maxsize=512)
def _formes(noms: tuple[str, ...]) -> frozenset[str]:
    """Les formes comparables de ces noms, préparées une fois."""
    return frozenset(map(cle_large, noms))


def _est_un_en_tete(feuille: Feuille, ligne: Ligne) -> bool:
    """Vrai si deux cellules au moins, et la plupart, répètent leur en-tête."""
    repetees = sum(_repete_l_en_tete(feuille.par_id[colonne], ligne) for colonne in ligne.valeurs)
    return repetees >= 2 and 2 * repetees > len(ligne.valeurs)


@regle(
    "CEL-021",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero}, {nom}, ressemble à un titre : rien d'autre n'y est rempli.",
    pourquoi="Un titre au milieu de la liste se compte comme une ligne, et se perd au premier tri.",
    corriger="Si c'est un titre, supprimer la ligne ; sinon, remplir ses autres cellules.",
    doute=(
        "Un outil vient d'être inscrit : son nom, et rien d'autre encore.",
        "Il faut en plus la forme d'un titre : tout en capitales avec plusieurs mots, ou un "
        "deux-points à la fin ; et d'autres lignes au-dessous.",
    ),
    est_seule=True,
)
def titre_dans_la_liste(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        id_ = feuille.cle or ""
        lignes = liens.etat.lignes(feuille.id)
        for ligne in lignes[:-1]:
            if _est_seul(ligne, id_) and _a_la_forme_d_un_titre(ligne.texte(id_) or ""):
                yield sur(ligne, id_, numero=ligne.numero)


def _est_seul(ligne: Ligne, colonne: str) -> bool:
    return len(ligne.valeurs) == 1 and colonne in ligne.valeurs and not ligne.propres


def _a_la_forme_d_un_titre(texte: str) -> bool:
    mots = [mot for mot in texte.split() if any(signe.isalpha() for signe in mot)]
    return texte.rstrip().endswith(":") or (texte.isupper() and len(mots) > 1)


@regle(
    "CEL-022",
    Gravite.ERREUR,
    "2",
    message="« {libelle} » de {nom} est le {valeur}, une date à venir.",
    pourquoi="Ce qui s'est passé ne peut pas être daté dans le futur.",
    corriger="Corriger la date ; si ce n'est encore que prévu, la laisser vide jusque-là.",
    doute=(
        "La date est celle de ce qui est prévu : un outil en projet, une séance à venir.",
        "Le modèle dit de chaque date quand elle est celle d'un fait : la mise en service d'un "
        "outil « En projet », la date d'une décision « Proposée », une échéance, une révision, "
        "une mise en œuvre peuvent être à venir.",
    ),
)
def fait_passe_date_dans_le_futur(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.feuilles:
        for ligne, colonne in faits_a_venir(liens, feuille):
            if feuille.id != _INCIDENTS:
                yield sur(ligne, colonne.id, **_si_c_est_prevu(feuille, colonne))


def _si_c_est_prevu(feuille: Feuille, colonne: Colonne) -> dict[str, Any]:
    """Le remède qui nomme la réponse d'un simple projet, là où le modèle en a une."""
    for essai in colonne.passe_si.essais() if colonne.passe_si else ():
        if isinstance(essai, Sauf):
            prevu, ou = citer(essai.valeurs[0]), citer(feuille.libelle_de(essai.colonne))
            return {
                "corriger": f"Corriger la date ; si ce n'est que prévu, choisir {prevu} dans {ou}."
            }
    return {}


@regle(
    "CEL-023",
    Gravite.ERREUR,
    "2",
    message="« {libelle} » de {nom} est le {valeur}, avant « {autre} » ({avant}).",
    pourquoi="Une des deux dates est fausse, et ce qui s'en compte le serait aussi.",
    corriger="Corriger l'une des deux dates.",
    doute=(
        "Les deux dates sont du même jour.",
        "Le même jour n'est pas avant ; seules des dates qui ne peuvent que se suivre se "
        "comparent, et le modèle les nomme.",
    ),
    supplante=("DEC-004",),
)
def dates_dans_un_ordre_impossible(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.feuilles:
        for colonne in feuille.saisies:
            if colonne.apres is None:
                continue
            for ligne in liens.etat.tenues(feuille.id):
                jour, debut = ligne.jour(colonne.id), jour_passe(liens, ligne, colonne.apres)
                if jour is not None and debut is not None and est_avant(jour, debut):
                    autre, aussi = (
                        feuille.libelle_de(colonne.apres),
                        ligne.emplacement(colonne.apres),
                    )
                    yield sur(ligne, colonne.id, aussi=(aussi,), autre=autre, avant=afficher(debut))


@regle(
    "CEL-024",
    Gravite.AVERTISSEMENT,
    "2",
    message="« {libelle} » de {nom} est le {valeur}, mais {dite}.",
    pourquoi="La date et l'autre réponse se contredisent : l'une des deux n'a pas été mise à jour.",
    corriger="Mettre à jour l'une des deux.",
    doute=(
        "L'outil est arrêté, et son statut n'a pas suivi.",
        "C'est ce que le constat demande de dire. Une date à venir n'est qu'un projet, et une "
        "réponse illisible ou « À clarifier » ne contredit rien.",
    ),
)
def date_contredite_par_sa_ligne(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.feuilles:
        for ligne, colonne, suppose in dates_contredites(liens, feuille):
            dite, remede = _dire_la_contradiction(liens, feuille, ligne, suppose)
            essais = dict.fromkeys(essai.colonne for essai in suppose.essais())
            aussi = tuple(map(ligne.emplacement, essais))
            yield sur(ligne, colonne.id, aussi=aussi, dite=dite, corriger=remede)


def _dire_la_contradiction(
    liens: Liens, feuille: Feuille, ligne: Ligne, suppose: Condition
) -> tuple[str, str]:
    """Ce que la ligne dit d'autre, et ce qui la mettrait d'accord."""
    dites: dict[str, str] = {}
    admises: dict[str, tuple[str, ...]] = {}
    for essai in suppose.essais():
        libelle, vide = (
            feuille.libelle_de(essai.colonne),
            liens.modele.si_vide(feuille.id, essai.colonne),
        )
        dites[libelle] = afficher(ligne[essai.colonne]) or vide or ""
        if isinstance(essai, Parmi):
            admises[libelle] = essai.valeurs
    dit = enumerer(
        f"{citer(libelle)} est {citer(valeur)}" if valeur else f"{citer(libelle)} est vide"
        for libelle, valeur in dites.items()
    )
    choisir = enumerer(
        f"{enumerer(map(citer, valeurs), 'ou')} dans {citer(libelle)}"
        for libelle, valeurs in admises.items()
    )
    autre = f"choisir {choisir}" if admises else f"changer {enumerer(map(citer, dites))}"
    return dit, f"Si la date est juste, {autre} ; sinon, la corriger ou la vider."


def _illisibles(liens: Liens, *motifs: Motif) -> Iterator[tuple[Ligne, Colonne, Illisible]]:
    for ligne, colonne, illisible in liens.etat.illisibles:
        if illisible.motif in motifs:
            yield ligne, colonne, illisible


def _mal_formes(
    liens: Liens,
    genre: Genre,
    est_bien_forme: Callable[[str], bool],
    probable: Callable[[str], str | None],
) -> Iterator[Fait]:
    for feuille in liens.modele.feuilles:
        for colonne in feuille.saisies:
            if colonne.genre is not genre:
                continue
            for ligne in liens.etat.lignes(feuille.id):
                texte = ligne.texte(colonne.id)
                if texte and texte not in colonne.mentions and not est_bien_forme(texte):
                    yield sur(ligne, colonne.id, **_remede(liens, ligne, colonne, probable(texte)))


def _remede(liens: Liens, ligne: Ligne, colonne: Colonne, voulu: str | None) -> dict[str, Any]:
    """Le remède plus précis que celui de la fiche, s'il y en a un, et ce qu'il propose d'écrire."""
    texte = ligne.texte(colonne.id) or ""
    if est_un_renvoi(texte):
        return {"corriger": recopier(liens, ligne, colonne)}
    if est_en_attente(texte) or est_sans_objet(texte):
        return {"corriger": laisser_vide(colonne)}
    if colonne.genre is Genre.COURRIEL and (trompeur := _dire_le_piege(texte)):
        return {"corriger": trompeur}
    if voulu is None:
        return {}
    return {"corriger": f"Vouliez-vous dire « {voulu} » ?", "voulus": (Voulu(voulu),)}


def _dire_le_piege(texte: Texte) -> str | None:
    """Ce qu'une adresse cache à l'œil ; rien si elle n'est que mal écrite."""
    try:
        lire_courriels(texte)
    except CourrielFautif as faute:
        match faute.motif:
            case MotifDeCourriel.INVISIBLE:
                return "Un signe invisible s'y cache : vider la cellule, puis retaper l'adresse."
            case MotifDeCourriel.CACHEE:
                return (
                    "Le nom montre une adresse, et le message irait à une autre : garder la seule "
                    "adresse voulue."
                )
    return None


def _textes_ou(liens: Liens, est_vu: Callable[[str], bool]) -> Iterator[Fait]:
    """Les cellules de texte où se trouve ce qui ne doit pas y être."""
    for ligne in _suspectes(liens):
        feuille = liens.modele.par_id[ligne.lieu.registre]
        for colonne in feuille.saisies:
            if colonne.genre not in _FERMES and any(map(est_vu, _dits(ligne[colonne.id]))):
                yield sur(ligne, colonne.id)
        yield from _propres_ou(liens, ligne, est_vu)


@lru_cache(maxsize=1)
def _suspectes(liens: Liens) -> tuple[Ligne, ...]:
    """Les lignes à regarder de près, triées une fois pour les deux règles."""
    lignes = [
        *(ligne for feuille in liens.modele.feuilles for ligne in liens.etat.lignes(feuille.id)),
        *liens.registre.lignes(ACCEPTES),
    ]
    tranches = (lignes[debut : debut + _TRANCHE] for debut in range(0, len(lignes), _TRANCHE))
    return tuple(ligne for tranche in tranches for ligne in _celles_suspectes(tranche))


def _celles_suspectes(lignes: Sequence[Ligne]) -> Iterator[Ligne]:
    """De ces lignes, celles qui ont une valeur suspecte, dans une colonne à nous ou à elles."""
    distinctes = set[Valeur]().union(*(ligne.valeurs.values() for ligne in lignes))
    suspectes = frozenset(_valeurs_suspectes([*distinctes]))
    for ligne in lignes:
        propres = "\n".join(map(afficher, ligne.propres.values())) if ligne.propres else ""
        if not suspectes.isdisjoint(ligne.valeurs.values()) or est_suspect(propres):
            yield ligne


def _valeurs_suspectes(valeurs: Sequence[Valeur]) -> Iterator[Valeur]:
    """Chaque valeur distincte se regarde une fois ; un lot sans rien de suspect, d'un coup."""
    for debut in range(0, len(valeurs), _LOT):
        lot = valeurs[debut : debut + _LOT]
        textes = ["\n".join(_dits(valeur)) for valeur in lot]
        if est_suspect("\n".join(textes)):
            yield from (v for v, texte in zip(lot, textes, strict=True) if est_suspect(texte))


def _dits(valeur: Valeur | None) -> tuple[str, ...]:
    """Ce que la valeur peut dire d'un secret : ses textes, ou ce qui n'est pas un nombre."""
    match valeur:
        case str():
            return (valeur,)
        case tuple():
            return valeur
        case Illisible(brut=brut, motif=Motif.NOMBRE):
            return (brut,)
        case _:
            return ()


def _propres_ou(liens: Liens, ligne: Ligne, est_vu: Callable[[str], bool]) -> Iterator[Fait]:
    lieu, registre = ligne.lieu, ligne.lieu.registre
    for entete, propre in ligne.propres.items():
        valeur = afficher(propre)
        if est_vu(valeur):
            colonne = liens.registre.feuilles[registre].propres.get(entete)
            ou = Emplacement(lieu.fichier, lieu.feuille, ligne.numero, colonne)
            yield replace(dans(ou, registre, libelle=entete, valeur=valeur), ligne=ligne)


def _remis(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str | None:
    """Que faire d'un renvoi, ou d'une réponse remise à plus tard ; rien si ce n'en est pas un."""
    if est_un_renvoi(brut):
        return recopier(liens, ligne, colonne)
    if est_ignore(brut) or est_sans_objet(brut):
        return laisser_vide(colonne)
    return None


def _dire_l_affichage(ligne: Ligne, colonne: Colonne) -> str:
    """Ce que le tableur montre d'une date invraisemblable : « 2026 » y devient le 18.07.1905."""
    cellule = ligne.cellules.get(colonne.id)
    if cellule is None or not cellule.est_date or not re.fullmatch(r"\d{1,5}", cellule.texte):
        return ""
    montre = ORIGINE_1900 + timedelta(days=int(cellule.texte))
    return f" (affiché {montre:%d.%m.%Y})"
