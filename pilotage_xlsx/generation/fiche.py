"""Écrire la fiche de la commune : une question par ligne, sa réponse, ce qu'on y met."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.etat_de_fiche import ecrire_etat
from pilotage_xlsx.generation.plan import (
    COLONNE_AIDES,
    COLONNE_CLES,
    COLONNE_NOTE,
    COLONNE_QUESTIONS,
    COLONNE_REPONSES,
    PlanDeFiche,
)
from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.generation.valeurs import EN_RETRAIT, contenu, style_de
from pilotage_xlsx.generation.validations import valider
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.modele import Colonne, Modele
from pilotage_xlsx.socle.tableur import (
    BLEU,
    BLEU_PALE,
    ENCRE,
    TRAIT,
    Classeur,
    ecrire,
    ecrire_phrase,
    mettre_en_page,
)
from pilotage_xlsx.socle.typographie import phraser

_ENTETES = (
    (COLONNE_CLES, "Clé", 4),
    (COLONNE_QUESTIONS, "Question", 32),
    (COLONNE_REPONSES, "Réponse", 38),
    (COLONNE_AIDES, phraser("Ce qu'il faut écrire"), 82),
    (COLONNE_NOTE, "Note", 9),
)


def ecrire_fiche(
    classeur: Classeur, modele: Modele, plan: PlanDeFiche, etat: Etat, pied: str
) -> None:
    """Écrit la fiche d'après son plan."""
    feuille = classeur.feuille(plan.feuille.libelle, onglet=BLEU)
    _ecrire_tete(classeur, feuille, plan)
    for ligne, rubrique in plan.rubriques.items():
        feuille.set_row(ligne - 1, 20)
        style = classeur.style("sous_titre", valign="vcenter")
        ecrire(feuille, ligne - 1, COLONNE_QUESTIONS - 1, rubrique, style)
    for colonne in plan.feuille.saisies:
        _ecrire_question(classeur, feuille, plan, colonne)
    for ligne, (question, valeur) in plan.propres.items():
        reponse = contenu(valeur)
        style = style_de(classeur, None, reponse, border=1, border_color=TRAIT)
        ecrire(feuille, ligne - 1, COLONNE_QUESTIONS - 1, question, _style(classeur, None))
        ecrire(feuille, ligne - 1, COLONNE_REPONSES - 1, reponse, style)
    ecrire_etat(classeur, feuille, modele, plan, etat)
    lier_au_sommaire(classeur, feuille, COLONNE_AIDES)
    feuille.set_selection(*(premiere_vide(plan) - 1, COLONNE_REPONSES - 1) * 2)
    feuille.freeze_panes(plan.ligne_entete, COLONNE_QUESTIONS)
    mettre_en_page(feuille, pied, entete=plan.ligne_entete - 1, est_reduite=True)


def premiere_vide(plan: PlanDeFiche) -> int:
    """La ligne de la première question sans réponse ; à défaut, de la première."""
    vides = (c.id for c in plan.feuille.saisies if plan.reponses.get(c.id) is None)
    return plan.lignes[next(vides, plan.feuille.saisies[0].id)]


def _ecrire_tete(classeur: Classeur, feuille: Worksheet, plan: PlanDeFiche) -> None:
    titre, *phrases = plan.tete
    feuille.set_row(0, 26)
    colonne = COLONNE_QUESTIONS - 1
    ecrire_phrase(feuille, 0, colonne, titre, classeur.style("titre", valign="vcenter"))
    for rang, phrase in enumerate(phrases, 1):
        style = "legende" if rang == len(phrases) else "phrase"
        ecrire_phrase(feuille, rang, colonne, phrase, classeur.style(style))
    for rang, entete, largeur in _ENTETES:
        options = {"hidden": True} if rang == COLONNE_CLES else {}
        feuille.set_column(rang - 1, rang - 1, largeur, None, options)
        style_d_entete = classeur.style("entete", **EN_RETRAIT)
        ecrire(feuille, plan.ligne_entete - 1, rang - 1, entete, style_d_entete)
    feuille.set_row(plan.ligne_cles - 1, None, None, {"hidden": True})
    cle = f"{plan.feuille.id}.#valeur"
    ecrire(feuille, plan.ligne_cles - 1, COLONNE_REPONSES - 1, cle, classeur.style("legende"))


def _ecrire_question(
    classeur: Classeur, feuille: Worksheet, plan: PlanDeFiche, colonne: Colonne
) -> None:
    """Une ligne porte le format de sa réponse : aucune cellule vide n'est écrite."""
    ligne = plan.lignes[colonne.id] - 1
    trait = {"bottom": 1, "bottom_color": TRAIT}
    cle = f"{plan.feuille.id}.{colonne.id}"
    ecrire(feuille, ligne, COLONNE_CLES - 1, cle, classeur.style("legende"))
    ecrire(feuille, ligne, COLONNE_QUESTIONS - 1, colonne.libelle, _style(classeur, colonne))
    reponse = contenu(plan.reponses.get(colonne.id))
    style = style_de(classeur, colonne, None, **EN_RETRAIT, border=1, border_color=TRAIT)
    feuille.set_row(ligne, None, style_de(classeur, colonne, None, **EN_RETRAIT))
    ecrire(feuille, ligne, COLONNE_REPONSES - 1, reponse, style)
    aide = classeur.style("phrase", text_wrap=True, valign="top", **trait, **EN_RETRAIT)
    ecrire_phrase(feuille, ligne, COLONNE_AIDES - 1, colonne.aide, aide)
    ecrire(feuille, ligne, COLONNE_NOTE - 1, f"§\u00a0{colonne.paragraphe}", aide)
    feuille.data_validation(
        ligne, COLONNE_REPONSES - 1, ligne, COLONNE_REPONSES - 1, valider(colonne)
    )


def _style(classeur: Classeur, colonne: Colonne | None) -> Format:
    cadre = {"border": 1, "border_color": "#FFFFFF", **EN_RETRAIT}
    if colonne and colonne.est_essentielle:
        return classeur.style("gras", font_color="#FFFFFF", bg_color=BLEU, **cadre)
    return classeur.style("texte", font_color=ENCRE, bg_color=BLEU_PALE, **cadre)
