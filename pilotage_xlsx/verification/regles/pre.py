"""PRE : joindre un prestataire, savoir ce qui nous lie à lui, combien on en dépend, les doubles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pilotage_xlsx.metier.attente import fautives
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.delais import champs_illisibles
from pilotage_xlsx.metier.expositions import Faiblesse, de
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import (
    ACCESSOIRE,
    DONNEES_PERSONNELLES,
    INDISPENSABLE,
    PRESTATAIRE_TERMINE,
    SANS_TELEPHONE,
)
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import (
    grouper,
    paires_presque_identiques,
    sans_forme_juridique,
)
from pilotage_xlsx.socle.ide import a_un_bon_chiffre_de_controle, chiffres_d_un_ide
from pilotage_xlsx.socle.telephone import est_un_telephone
from pilotage_xlsx.socle.textes import Texte, cle
from pilotage_xlsx.verification.phrases import citer_lignes
from pilotage_xlsx.verification.regle import Fait, regle, sur

_PARTAGE = Marque("outils", "mutualisation", "partage")
_SANS_ECRIT = Marque("prestataires", "contrat", "aucun")
_SANS_CLAUSES = Marque("prestataires", "clauses", "absentes")
_ADRESSE = r"(?i)\bhttps?://\S|\bwww\.\w"


@regle(
    "PRE-001",
    Gravite.ERREUR,
    "6",
    message="{nom} n'a ni téléphone d'urgence ni courriel, et des outils indispensables "
    "en dépendent : {outils}.",
    pourquoi="Un outil indispensable en panne demande de joindre le prestataire tout de suite.",
    corriger="Demander au prestataire un numéro d'urgence, ou une adresse, et l'inscrire.",
    doute=(
        "Le numéro est connu, mais dans la colonne « Contact ».",
        "Un numéro, un courriel ou une adresse internet dans « Contact » suffit, comme dans "
        "« Courriel » ; il faut que « Aucun » soit choisi et qu'un outil indispensable en "
        "dépende.",
    ),
)
def prestataire_indispensable_injoignable(liens: Liens) -> Iterator[Fait]:
    for prestataire in liens.prestataires:
        est_sans_courriel = not prestataire.dit("courriel") and prestataire.lieu.a("courriel")
        est_joignable = not est_sans_courriel or _dit_ou_joindre(prestataire.texte("contact") or "")
        if est_joignable or not liens.est(prestataire, SANS_TELEPHONE):
            continue
        if outils := _outils(liens, prestataire, INDISPENSABLE):
            yield sur(prestataire, "telephone_urgence", outils=citer_lignes(outils, "nom"))


def _dit_ou_joindre(contact: Texte) -> bool:
    """Vrai si le texte contient un courriel, une adresse internet ou un numéro."""
    est_une_adresse = "@" in contact or re.search(_ADRESSE, contact) is not None
    return est_une_adresse or est_un_telephone(contact)


@regle(
    "PRE-002",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{nom} est « Terminé », mais s'occupe encore de {outils}.",
    pourquoi="Si le prestataire est parti, l'outil n'a plus personne.",
    corriger="Choisir le nouveau prestataire dans « Outils », ou remettre celui-ci à « Actif ».",
    doute=(
        "Le prestataire finit son mandat dans deux mois.",
        "Il est encore « Actif » ; seul « Terminé » avec un outil en service qui le cite "
        "se contredit.",
    ),
)
def prestataire_termine_encore_cite(liens: Liens) -> Iterator[Fait]:
    for prestataire in liens.etat.lignes("prestataires"):
        if not liens.est(prestataire, PRESTATAIRE_TERMINE):
            continue
        outils = tuple(o for o in liens.outils_de(prestataire) if liens.est_en_service(o))
        if outils:
            aussi = tuple(
                outil.emplacement(_ou_il_est_cite(liens, outil, prestataire)) for outil in outils
            )
            fait = sur(prestataire, "statut", aussi=aussi, outils=citer_lignes(outils, "nom"))
            yield _attenuer(liens, fait, outils)


def _attenuer(liens: Liens, fait: Fait, outils: Iterable[Ligne]) -> Fait:
    """D'outils tous accessoires, rien n'est plus qu'un point d'attention."""
    return replace(fait, est_attenue=all(liens.est(outil, ACCESSOIRE) for outil in outils))


def _ou_il_est_cite(liens: Liens, outil: Ligne, prestataire: Ligne) -> str:
    est_principal = liens.prestataire(outil) is prestataire
    return "prestataire" if est_principal else "autre_prestataire"


@regle(
    "PRE-003",
    Gravite.ATTENTION,
    "3.2",
    message="{nom} est actif, mais aucun outil en service ne le cite.",
    pourquoi="Il manque un outil à l'inventaire, ou ce prestataire ne sert plus.",
    corriger="Inscrire l'outil ou le service qu'il fournit, ou passer son statut à « Terminé ».",
    doute=(
        "Un prestataire sans outil : un conseiller, l'employeur du référent.",
        "Celui que « Sur conseil de » ou la fiche de la commune cite n'est pas signalé ; si un nom "
        "cité reste introuvable ou illisible, le constat attend, car c'était peut-être lui.",
    ),
)
def prestataire_sans_outil(liens: Liens) -> Iterator[Fait]:
    outils = liens.registre.feuilles.get("outils")
    if outils is None or not outils.lieu.a("prestataire"):
        return
    conseillers = _conseillers(liens)
    attend = (
        *fautives(liens, "outils", "prestataire", "autre_prestataire"),
        *fautives(liens, "decisions", "conseil"),
        *champs_illisibles(liens, "referent_employeur"),
    )
    for prestataire in liens.prestataires:
        est_inutile = not liens.outils_de(prestataire) and prestataire not in conseillers
        if est_inutile and prestataire.texte("nom"):
            yield sur(prestataire, "nom", attend=attend)


def _conseillers(liens: Liens) -> frozenset[Ligne]:
    """Ceux dont la commune se sert autrement : ils la conseillent, ou emploient son référent."""
    conseillent = (
        prestataire
        for decision in liens.decisions
        for prestataire in liens.etat.citees(decision, "conseil", "prestataires")
    )
    employeur = liens.etat.trouver(
        "prestataires", liens.registre.commune.texte("referent_employeur")
    )
    return frozenset((*conseillent, *((employeur,) if employeur else ())))


@regle(
    "PRE-004",
    Gravite.AVERTISSEMENT,
    "6",
    message="{nom} traite des données personnelles ({outils}) ; « {libelle} » dit « {valeur} ».",
    pourquoi="La commune reste responsable des données qu'elle confie, selon le droit cantonal.",
    corriger="Demander au prestataire un contrat écrit qui dit comment il protège les données.",
    doute=(
        "Le contrat existe, mais personne ne l'a sous la main.",
        "Une cellule vide ou « À clarifier » ne dit rien ; il faut « Aucun » ou "
        "« Absentes », choisis.",
    ),
)
def prestataire_sans_protection_des_donnees(liens: Liens) -> Iterator[Fait]:
    for prestataire in liens.prestataires:
        colonne = _protection_manquante(liens, prestataire)
        outils = _outils(liens, prestataire, DONNEES_PERSONNELLES)
        if colonne and outils:
            fait = sur(prestataire, colonne, outils=citer_lignes(outils, "nom"))
            yield _attenuer(liens, fait, outils)


def _protection_manquante(liens: Liens, prestataire: Ligne) -> str | None:
    if liens.est(prestataire, _SANS_ECRIT):
        return "contrat"
    return "clauses" if liens.est(prestataire, _SANS_CLAUSES) else None


@regle(
    "PRE-005",
    Gravite.ATTENTION,
    "objectif",
    message="{part} des {total} outils indispensables dépendent de {nom}.",
    pourquoi="Si ce prestataire s'arrête ou change ses prix, la commune n'a plus le choix.",
    corriger="Prévoir comment récupérer les données et par qui le remplacer.",
    doute=(
        "Une petite commune n'a que deux outils indispensables, chez le même prestataire.",
        "Il faut au moins trois outils et la part fixée par la commune ; une criticité "
        "illisible compte contre le constat. Des outils partagés avec d'autres communes sont un "
        "choix, qui ne se redit pas.",
    ),
)
def dependance_a_un_prestataire(liens: Liens) -> Iterator[Fait]:
    for exposition in de(liens, Faiblesse.CONCENTRATION):
        part, total = len(exposition.outils), len(liens.indispensables)
        if all(liens.est(outil, _PARTAGE) for outil in exposition.outils):
            continue
        yield sur(exposition.ligne, "nom", part=part, total=total)


@regle(
    "PRE-006",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="L'IDE {valeur} de {nom} ne peut pas être juste : son dernier chiffre le dit.",
    pourquoi="Le dernier chiffre d'un IDE se calcule des autres ; il y a une faute de frappe.",
    corriger="Recopier l'IDE d'une facture ou du registre uid.admin.ch, ou vider la cellule.",
    doute=(
        "L'IDE est celui d'une entreprise étrangère.",
        "La colonne n'accepte que « CHE » et neuf chiffres : le contrôle (eCH-0097) est "
        "exact pour tous ceux-là.",
    ),
)
def ide_au_controle_faux(liens: Liens) -> Iterator[Fait]:
    for prestataire in liens.etat.lignes("prestataires"):
        chiffres = numero_ide(prestataire)
        if chiffres and not a_un_bon_chiffre_de_controle(chiffres):
            yield sur(prestataire, "ide")


@regle(
    "PRE-007",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{memes} ont le même IDE, {valeur}.",
    pourquoi="Un IDE désigne une seule entreprise : la même est sans doute inscrite deux fois.",
    corriger="Garder une seule ligne et la citer dans « Outils », ou corriger l'IDE.",
    doute=(
        "Deux succursales d'une même entreprise.",
        "Elles ont le même IDE, donc la même entreprise : une seule ligne suffit. Un IDE "
        "au contrôle faux n'est pas comparé.",
    ),
)
def prestataires_de_meme_ide(liens: Liens) -> Iterator[Fait]:
    for ide, memes in grouper(liens.prestataires, numero_ide):
        if ide and len(memes) > 1 and a_un_bon_chiffre_de_controle(ide):
            *autres, dernier = memes
            aussi = tuple(autre.emplacement("ide") for autre in autres)
            yield sur(dernier, "ide", aussi=aussi, memes=citer_lignes(memes, "nom"))


@regle(
    "PRE-008",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{autre} et {nom} se ressemblent beaucoup.",
    pourquoi="Un prestataire écrit de deux façons se compte deux fois : sa part est sous-estimée.",
    corriger="Si c'est le même, garder une seule ligne et la citer dans « Outils ».",
    doute=(
        "« Alpha Nord » et « Alpha Sud » sont deux entreprises.",
        "Une seule lettre de différence est tolérée, hors forme juridique ; deux IDE "
        "remplis tranchent, et rien n'est dit.",
    ),
)
def prestataires_presque_homonymes(liens: Liens) -> Iterator[Fait]:
    voisins = paires_presque_identiques(liens.prestataires, _raison_sociale)
    for un, autre in (*_de_meme_raison(liens.prestataires), *voisins):
        est_tranche = un["ide"] is not None and autre["ide"] is not None
        if not est_tranche:
            aussi = (un.emplacement("nom"),)
            yield sur(autre, "nom", aussi=aussi, autre=citer_lignes((un,), "nom"))


def _de_meme_raison(prestataires: Iterable[Ligne]) -> Iterator[tuple[Ligne, Ligne]]:
    """« Alpha SA » et « Alpha Sàrl » ; deux noms égaux sont déjà un doublon."""
    for raison, (premier, *suivants) in grouper(prestataires, lambda p: cle(_raison_sociale(p))):
        for autre in suivants if raison else ():
            if cle(premier.texte("nom") or "") != cle(autre.texte("nom") or ""):
                yield premier, autre


def _raison_sociale(prestataire: Ligne) -> str:
    return sans_forme_juridique(prestataire.texte("nom") or "")


def _outils(liens: Liens, prestataire: Ligne, marque: Marque) -> tuple[Ligne, ...]:
    """Ses outils en service dont cette colonne a une de ces valeurs."""
    outils = liens.outils_de(prestataire)
    return tuple(o for o in outils if liens.est(o, marque) and liens.est_en_service(o))


def numero_ide(prestataire: Ligne) -> str:
    """Les neuf chiffres de l'IDE ; rien s'il manque ou s'il est mal formé."""
    return chiffres_d_un_ide(prestataire.texte("ide") or "")
