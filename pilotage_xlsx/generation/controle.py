"""La feuille Contrôle : ce qui manque, registre par registre, et un lien vers la première cellule.

Elle aide, elle ne fait pas foi : `verifier` relit tout. Ses formules comptent les signes des lignes
(`bilan`), dans les colonnes cachées des registres ; chacune porte sa valeur juste.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.comptes_du_controle import (
    CompteDuControle,
    compter_la_fiche,
    compter_le_registre,
    dire_completude,
)
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.premiere import AUCUNE, COLONNE, LIGNE, nom_de_feuille
from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.metier.bilan import relever
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.tableur import BLEU, FAUTE, TRAIT, Classeur, ecrire, mettre_en_page

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
    ("Première cellule à remplir", 46),
)
_NOM, _LIGNE, _COLONNE, _SANS_ETAT, _CIBLE = range(len(_TITRES) + 1, len(_TITRES) + 6)
"""Colonnes cachées : le nom de la feuille tel qu'il est, la ligne et la colonne du lien.

Puis les lignes sans état, et l'adresse de la première.
"""

SANS_ETAT = f"${lettres_de(_SANS_ETAT)}$1"
"""La cellule qui compte les lignes sans état de tout le classeur."""

_GESTE = (
    ", qui ne comptent nulle part. Recopiez-les, sans la colonne État, dans les premières lignes "
    "libres du tableau, puis supprimez-les."
)


def ecrire_controle(classeur: Classeur, plan: Plan, etat: Etat, pied: str) -> None:
    """Écrit la feuille et la protège, sans mot de passe : elle se lit, elle ne se remplit pas."""
    feuille = classeur.feuille(FEUILLE, onglet="#3E74A8")
    _ecrire_tete(classeur, feuille)
    comptes = [compter_la_fiche(plan.fiche, etat)]
    for numero, registre in enumerate(plan.registres, _PREMIERE + 1):
        releve = relever(etat, registre.feuille)
        comptes.append(
            compter_le_registre(registre, releve, numero, f"${lettres_de(_LIGNE)}{numero}")
        )
    for numero, compte in enumerate(comptes, _PREMIERE):
        _ecrire_compte(classeur, feuille, compte, numero)
    _ecrire_total(classeur, feuille, comptes)
    _ecrire_sans_etat(classeur, feuille, _PREMIERE + len(comptes) - 1)
    lier_au_sommaire(classeur, feuille, len(_TITRES))
    feuille.set_column(_NOM - 1, _CIBLE - 1, 12, None, {"hidden": True})
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


def _ecrire_compte(
    classeur: Classeur, feuille: Worksheet, compte: CompteDuControle, numero: int
) -> None:
    trait = {"bottom": 1, "bottom_color": TRAIT}
    lien = f"internal:{citer(compte.feuille)}!A1"
    feuille.write_url(numero - 1, 0, lien, classeur.style("lien", **trait), compte.feuille)
    style = classeur.style("texte", align="center", **trait)
    for rang, formule in enumerate(compte.formules, 1):
        feuille.write_formula(numero - 1, rang, f"={formule}", style, compte.valeurs[rang - 1])
    _ecrire_lien(classeur, feuille, compte, numero)


def _ecrire_lien(
    classeur: Classeur, feuille: Worksheet, compte: CompteDuControle, numero: int
) -> None:
    premiere, style = compte.premiere, classeur.style("legende")
    nom, ligne, colonne = (f"${lettres_de(rang)}{numero}" for rang in (_NOM, _LIGNE, _COLONNE))
    rang_ligne, rang_colonne = premiere.place or premiere.sans
    cachees = (
        (_NOM, nom_de_feuille(compte.feuille), compte.feuille),
        (_LIGNE, premiere.ligne, rang_ligne),
        (_COLONNE, premiere.colonne, rang_colonne),
        (_SANS_ETAT, compte.sans_etat, 0),
        (_CIBLE, _cible_sans_etat(compte, nom, f"${lettres_de(_SANS_ETAT)}{numero}"), ""),
    )
    for rang, formule, valeur in cachees:
        feuille.write_formula(numero - 1, rang - 1, f"={formule}", style, valeur)
    cible = _adresse(nom, ligne, colonne)
    entete = premiere.entete.replace(LIGNE, ligne).replace(COLONNE, colonne)
    lien = f'HYPERLINK({cible},{nom}&", ligne "&{ligne}&" : "&{entete})'
    texte = f"{compte.feuille}, ligne {rang_ligne} : {premiere.titre}" if premiere.place else ""
    trait = classeur.style("lien", bottom=1, bottom_color=TRAIT)
    formule = f'=IF({ligne}>={AUCUNE},"",{lien})'
    feuille.write_formula(numero - 1, len(_TITRES) - 1, formule, trait, texte)


def _cible_sans_etat(compte: CompteDuControle, nom: str, combien: str) -> str:
    return f'IF({combien}=0,"",{_adresse(nom, compte.premiere_sans_etat, "1")})'


def _adresse(nom: str, ligne: str, colonne: str) -> str:
    return f'"#\'"&SUBSTITUTE({nom},"\'","\'\'")&"\'!"&ADDRESS({ligne},{colonne},4)'


def _ecrire_sans_etat(classeur: Classeur, feuille: Worksheet, derniere: int) -> None:
    """Les lignes que rien ne compte, le geste qui les remet, et où est la première."""
    combien, cibles = (f"${lettres_de(rang)}${{}}" for rang in (_SANS_ETAT, _CIBLE))
    plage = f"{combien.format(_PREMIERE)}:{combien.format(derniere)}"
    feuille.write_formula(0, _SANS_ETAT - 1, f"=SUM({plage})", classeur.style("legende"), 0)
    cible = '""'
    for numero in range(derniere, _PREMIERE - 1, -1):
        ou = cibles.format(numero)
        cible = f'IF({ou}<>"",{ou},{cible})'
    dire = f'"Lignes sans état : "&{SANS_ETAT}&"{_GESTE}"'
    formule = f'=IF({SANS_ETAT}=0,"",HYPERLINK({cible},{dire}))'
    style = classeur.style("lien", font_color=FAUTE, bold=True)
    feuille.write_formula(_ENTETE - 2, 0, formule, style, "")


def _ecrire_total(
    classeur: Classeur, feuille: Worksheet, comptes: Sequence[CompteDuControle]
) -> None:
    """Le total des registres (la fiche n'a pas de lignes), et l'état d'ensemble en tête."""
    debut, fin = _PREMIERE + 1, _PREMIERE + len(comptes) - 1
    total, style = fin + 1, classeur.style("gras", align="center", top=1, top_color=BLEU)
    ecrire(feuille, total - 1, 0, "Total", classeur.style("gras", top=1, top_color=BLEU))
    sommes = [sum(c.valeurs[rang] for c in comptes[1:] if rang != 2) for rang in range(7)]
    for rang in range(7):
        colonne = lettres_de(rang + 2)
        formule, valeur = f"=SUM({colonne}{debut}:{colonne}{fin})", sommes[rang]
        if rang == 2:
            formule = f'=IF(B{total}=0,"sans objet",C{total}&" sur "&B{total})'
            valeur = dire_completude(sommes[1], sommes[0])
        feuille.write_formula(total - 1, rang + 1, formule, style, valeur)
    manquent = sommes[3] + comptes[0].valeurs[3]
    corriger = sommes[6] + comptes[0].valeurs[6]
    _ecrire_ensemble(classeur, feuille, total, (sommes[0], manquent, sommes[4], corriger))


def _ecrire_ensemble(
    classeur: Classeur, feuille: Worksheet, total: int, nombres: tuple[int, int, int, int]
) -> None:
    manquent, fautives = (f"({ou}{total}+{ou}{_PREMIERE})" for ou in "EH")
    formule = (
        f'=IF({fautives}>0,"Cellules à corriger : "&{fautives},'
        f'IF({manquent}>0,"Cellules à remplir : "&{manquent},'
        f'IF({SANS_ETAT}>0,"Lignes sans état : "&{SANS_ETAT},'
        f'IF(B{total}=0,"Rien n\'est encore inscrit",'
        f'IF(F{total}>0,"Complet, avec des points à clarifier : "&F{total},"Complet")))))'
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
