"""CEL : la forme d'un téléphone, d'un courriel, d'un IDE."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.courriel import CourrielFautif, Motif, lire_courriels
from pilotage_xlsx.socle.ide import a_la_forme_d_un_ide
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.verification.intentions import (
    courriel_probable,
    est_en_attente,
    est_sans_objet,
    est_un_renvoi,
    ide_probable,
    telephone_probable,
)
from pilotage_xlsx.verification.propositions import laisser_vide, recopier
from pilotage_xlsx.verification.regle import Fait, regle, sur

_NUMERO = r"\+?\d[\d\s./()'’–-]*"


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
        "Tous se lisent : il suffit d'un numéro entier dans la cellule.",
    ),
)
def telephone_incomplet(liens: Liens) -> Iterator[Fait]:
    yield from _mal_formes(liens, Genre.TELEPHONE, est_un_telephone, telephone_probable)


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
)
def ide_mal_forme(liens: Liens) -> Iterator[Fait]:
    yield from _mal_formes(liens, Genre.IDE, a_la_forme_d_un_ide, ide_probable)


def est_un_telephone(texte: Texte) -> bool:
    """Vrai si le texte contient au moins un numéro entier, suisse, étranger ou d'urgence."""
    morceaux = [texte, *re.split(r"[/;,]|\bou\b", texte)]
    numeros = (trouve[0] for morceau in morceaux for trouve in re.finditer(_NUMERO, morceau))
    return any(_est_entier(numero) for numero in numeros)


def _est_entier(numero: str) -> bool:
    net = re.sub(r"\(0\)|[^\d+]", "", numero)
    est_etranger = net.startswith(("+", "00"))
    chiffres = net.lstrip("+").removeprefix("00" if est_etranger and net[0] == "0" else "")
    if est_etranger:
        return len(chiffres) == 11 if chiffres.startswith("41") else 8 <= len(chiffres) <= 15
    if chiffres.startswith("0"):
        return len(chiffres) == 10
    return chiffres.startswith("1") and 3 <= len(chiffres) <= 4


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
    """Le remède plus précis que celui de la fiche, s'il y en a un."""
    texte = ligne.texte(colonne.id) or ""
    if est_un_renvoi(texte):
        return {"corriger": recopier(liens, ligne, colonne)}
    if est_en_attente(texte) or est_sans_objet(texte):
        return {"corriger": laisser_vide(colonne)}
    if colonne.genre is Genre.COURRIEL and (trompeur := _dire_le_piege(texte)):
        return {"corriger": trompeur}
    return {"corriger": f"Vouliez-vous dire « {voulu} » ?"} if voulu else {}


def _dire_le_piege(texte: Texte) -> str | None:
    """Ce qu'une adresse cache à l'œil ; rien si elle n'est que mal écrite."""
    try:
        lire_courriels(texte)
    except CourrielFautif as faute:
        match faute.motif:
            case Motif.INVISIBLE:
                return "Un signe invisible s'y cache : vider la cellule, puis retaper l'adresse."
            case Motif.CACHEE:
                return (
                    "Le nom montre une adresse, et le message irait à une autre : garder la seule "
                    "adresse voulue."
                )
    return None
