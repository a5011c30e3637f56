"""La feuille Contrôle : ce qui manque, registre par registre, et un lien vers la première cellule.

Elle aide, elle ne fait pas foi : `verifier` relit tout. Ses formules comptent les signes des lignes
(`bilan`), dans les colonnes cachées des registres ; chacune porte sa valeur juste.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.bilan import COMPTENT, FAUTES, Bilan, Releve, relever
from pilotage_xlsx.constats import lettre
from pilotage_xlsx.generation.compilation import Compilateur
from pilotage_xlsx.generation.formules import citer
from pilotage_xlsx.generation.plan import (
    COLONNE_QUESTIONS,
    COLONNE_REPONSES,
    Plan,
    PlanDeFiche,
    PlanDeRegistre,
)
from pilotage_xlsx.generation.premiere import (
    AUCUNE,
    Premiere,
    nom_de_feuille,
    premiere_du_registre,
)
from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.generation.syntaxe import blanchir
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.tableur import BLEU, TRAIT, Classeur, ecrire, mettre_en_page

FEUILLE = "Contrôle"
_ENTETE, _PREMIERE = 6, 7
_TITRES = (
    ("Registre", 22),
    ("En vigueur", 11),
    ("Complètes", 11),
    ("Complétude", 14),
    ("Manquent", 11),
    ("À clarifier", 11),
    ("Introuvables", 13),
    ("À corriger", 11),
    ("Première cellule à remplir", 58),
)
_NOM, _LIGNE, _COLONNE = range(len(_TITRES) + 1, len(_TITRES) + 4)
"""Colonnes cachées : le nom de la feuille tel qu'il est, la ligne et la colonne du lien."""


class Compte(msgspec.Struct, frozen=True):
    """Une ligne de la feuille : des formules, et leurs valeurs, dans l'ordre des titres."""

    feuille: str
    formules: Sequence[str]
    valeurs: Sequence[Any]
    premiere: Premiere


def ecrire_controle(classeur: Classeur, plan: Plan, bilan: Bilan, pied: str) -> None:
    """Écrit la feuille et la protège, sans mot de passe : elle se lit, elle ne se remplit pas."""
    feuille = classeur.feuille(FEUILLE, onglet="#3E74A8")
    _ecrire_tete(classeur, feuille)
    comptes = [_fiche(plan.fiche, bilan.etat.registre.commune)]
    comptes += [
        _registre(registre, relever(bilan, registre.feuille), _PREMIERE + rang)
        for rang, registre in enumerate(plan.registres, 1)
    ]
    for numero, compte in enumerate(comptes, _PREMIERE):
        _ecrire_compte(classeur, feuille, compte, numero)
    _ecrire_total(classeur, feuille, comptes)
    lier_au_sommaire(classeur, feuille, len(_TITRES))
    feuille.set_column(_NOM - 1, _COLONNE - 1, 12, None, {"hidden": True})
    feuille.freeze_panes(_ENTETE, 1)
    feuille.protect(options={"select_locked_cells": True, "format_columns": True})
    mettre_en_page(feuille, pied, entete=_ENTETE - 1)


def _ecrire_tete(classeur: Classeur, feuille: Worksheet) -> None:
    feuille.set_row(0, 26)
    ecrire(feuille, 0, 0, "Contrôle", classeur.style("titre", valign="vcenter"))
    phrase = "Ce qui manque, feuille par feuille. Cette feuille se calcule seule, à chaque frappe."
    ecrire(feuille, 1, 0, phrase, classeur.style("phrase"))
    feuille.set_row(_ENTETE - 1, 34)
    for rang, (titre, largeur) in enumerate(_TITRES):
        feuille.set_column(rang, rang, largeur)
        ecrire(feuille, _ENTETE - 1, rang, titre, classeur.style("entete"))


def _registre(plan: PlanDeRegistre, releve: Releve, numero: int) -> Compte:
    signes = Compilateur.plage_technique(plan, "signes")
    vigueur = f'(LEFT({signes},1)="V")'
    comptes = ("M", "C", "Rr", FAUTES)
    return Compte(
        plan.feuille.libelle,
        (
            _compter(f"--{vigueur}"),
            _compter(f"{vigueur}*(LEN({signes})=LEN({_sans(signes, COMPTENT)}))"),
            f'IF(B{numero}=0,"sans objet",C{numero}&" sur "&B{numero})',
            *(_compter(f"{vigueur}*(LEN({signes})-LEN({_sans(signes, c)}))") for c in comptes),
        ),
        (
            releve.en_vigueur,
            releve.completes,
            dire_completude(releve.completes, releve.en_vigueur),
            releve.manquantes,
            releve.a_clarifier,
            releve.introuvables,
            releve.a_corriger,
        ),
        premiere_du_registre(plan, releve, signes, f"${lettre(_LIGNE)}{numero}"),
    )


def _fiche(plan: PlanDeFiche, commune: Ligne) -> Compte:
    """La fiche n'a pas de lignes : on y compte les questions toujours demandées."""
    feuille, essentielles = plan.feuille, plan.feuille.essentielles
    nom = citer(feuille.libelle)
    cases = [f"{nom}!${lettre(COLONNE_REPONSES)}${plan.lignes[c.id]}" for c in essentielles]
    vides = [colonne for colonne in essentielles if commune[colonne.id] is None]
    ligne = str(AUCUNE)
    for case in reversed(cases):
        ligne = f"IF({_est_vide(case)},ROW({case}),{ligne})"
    question = f"{nom}!${lettre(COLONNE_QUESTIONS)}$1:${lettre(COLONNE_QUESTIONS)}$200"
    return Compte(
        feuille.libelle,
        ("1", f"IF(E{_PREMIERE}=0,1,0)", '"–"', "+".join(map(_est_vide, cases)), "0", "0", "0"),
        (1, int(not vides), "–", len(vides), 0, 0, 0),
        Premiere(
            ligne,
            f"COLUMN({cases[0]})",
            f"INDEX({question},{{ligne}})",
            AUCUNE,
            (plan.lignes[vides[0].id], COLONNE_REPONSES) if vides else None,
            vides[0].libelle if vides else "",
        ),
    )


def _ecrire_compte(classeur: Classeur, feuille: Worksheet, compte: Compte, numero: int) -> None:
    trait = {"bottom": 1, "bottom_color": TRAIT}
    lien = f"internal:{citer(compte.feuille)}!A1"
    feuille.write_url(numero - 1, 0, lien, classeur.style("lien", **trait), compte.feuille)
    style = classeur.style("texte", align="center", **trait)
    for rang, formule in enumerate(compte.formules, 1):
        feuille.write_formula(numero - 1, rang, f"={formule}", style, compte.valeurs[rang - 1])
    _ecrire_lien(classeur, feuille, compte, numero)


def _ecrire_lien(classeur: Classeur, feuille: Worksheet, compte: Compte, numero: int) -> None:
    premiere, style = compte.premiere, classeur.style("legende")
    nom, ligne, colonne = (f"${lettre(rang)}{numero}" for rang in (_NOM, _LIGNE, _COLONNE))
    rang_ligne, rang_colonne = premiere.place or (premiere.sans, "")
    if premiere.place is None and premiere.sans == AUCUNE:
        rang_colonne = COLONNE_REPONSES
    cachees = (
        (_NOM, nom_de_feuille(compte.feuille), compte.feuille),
        (_LIGNE, premiere.ligne, rang_ligne),
        (_COLONNE, premiere.colonne, rang_colonne),
    )
    for rang, formule, valeur in cachees:
        feuille.write_formula(numero - 1, rang - 1, f"={formule}", style, valeur)
    cible = f'"#\'"&SUBSTITUTE({nom},"\'","\'\'")&"\'!"&ADDRESS({ligne},{colonne},4)'
    entete = premiere.entete.format(ligne=ligne, colonne=colonne)
    lien = f'HYPERLINK({cible},{nom}&", ligne "&{ligne}&" : "&{entete})'
    texte = f"{compte.feuille}, ligne {rang_ligne} : {premiere.titre}" if premiere.place else ""
    trait = classeur.style("lien", bottom=1, bottom_color=TRAIT)
    formule = f'=IF({ligne}>={AUCUNE},"",{lien})'
    feuille.write_formula(numero - 1, len(_TITRES) - 1, formule, trait, texte)


def _ecrire_total(classeur: Classeur, feuille: Worksheet, comptes: Sequence[Compte]) -> None:
    """Le total des registres (la fiche n'a pas de lignes), et l'état d'ensemble en tête."""
    debut, fin = _PREMIERE + 1, _PREMIERE + len(comptes) - 1
    total, style = fin + 1, classeur.style("gras", align="center", top=1, top_color=BLEU)
    ecrire(feuille, total - 1, 0, "Total", classeur.style("gras", top=1, top_color=BLEU))
    sommes = [sum(c.valeurs[rang] for c in comptes[1:] if rang != 2) for rang in range(7)]
    for rang in range(7):
        colonne = lettre(rang + 2)
        formule, valeur = f"=SUM({colonne}{debut}:{colonne}{fin})", sommes[rang]
        if rang == 2:
            formule = f'=IF(B{total}=0,"sans objet",C{total}&" sur "&B{total})'
            valeur = dire_completude(sommes[1], sommes[0])
        feuille.write_formula(total - 1, rang + 1, formule, style, valeur)
    manquent = sommes[3] + comptes[0].valeurs[3]
    _ecrire_ensemble(classeur, feuille, total, (sommes[0], manquent, sommes[4], sommes[6]))


def _ecrire_ensemble(
    classeur: Classeur, feuille: Worksheet, total: int, nombres: tuple[int, int, int, int]
) -> None:
    manquent = f"(E{total}+E{_PREMIERE})"
    formule = (
        f'=IF(H{total}>0,"Cellules à corriger : "&H{total},'
        f'IF({manquent}>0,"Cellules à remplir : "&{manquent},'
        f'IF(B{total}=0,"Rien n\'est encore inscrit",'
        f'IF(F{total}>0,"Complet, avec des points à clarifier : "&F{total},"Complet"))))'
    )
    style = classeur.style("sous_titre", font_size=14)
    feuille.write_formula(3, 0, formule, style, dire_ensemble(*nombres))


def dire_ensemble(lignes: int, manquent: int, a_clarifier: int, a_corriger: int) -> str:
    """L'état d'ensemble en mots, jumeau de la formule."""
    if a_corriger:
        return f"Cellules à corriger : {a_corriger}"
    if manquent:
        return f"Cellules à remplir : {manquent}"
    if not lignes:
        return "Rien n'est encore inscrit"
    if a_clarifier:
        return f"Complet, avec des points à clarifier : {a_clarifier}"
    return "Complet"


def dire_completude(completes: int, lignes: int) -> str:
    """« 24 sur 28 » ; zéro ligne est « sans objet », jamais 100 % (domaine.md §5)."""
    return f"{completes} sur {lignes}" if lignes else "sans objet"


def _compter(lignes: str) -> str:
    """Un compte ; zéro si la feuille a été effacée."""
    return f"IFERROR(SUMPRODUCT({lignes}),0)"


def _sans(signes: str, retires: str) -> str:
    for signe in retires:
        signes = f'SUBSTITUTE({signes},"{signe}","")'
    return signes


def _est_vide(case: str) -> str:
    return f"(LEN({blanchir(case)})=0)"
