"""Écrire une feuille de registre : tête, clés cachées, vraie table, aides à la saisie, données."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.etats import (
    ecrire_etats,
    entetes_cachees,
)
from pilotage_xlsx.generation.formules import BLANC, calculer
from pilotage_xlsx.generation.mises_en_forme import mettre_en_forme
from pilotage_xlsx.generation.plan import (
    RANG_ETAT,
    RANG_GAUCHE,
    Case,
    Plan,
    PlanDeRegistre,
    est_en_vue,
)
from pilotage_xlsx.generation.valeurs import EN_RETRAIT, contenu, style_de
from pilotage_xlsx.generation.validations import valider
from pilotage_xlsx.generation.zone import ecrire_zone, premiere_libre
from pilotage_xlsx.metier.etat import dernier_jour_pour_resilier
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import ETAT, Calcul, Colonne
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.tableur import (
    BLEU,
    BLEU_MOYEN,
    BLEU_PALE,
    ENCRE,
    GRIS,
    Classeur,
    ecrire,
    ecrire_phrase,
    inscrire_les_calculs,
    mettre_en_page,
    titrer_chaque_page,
)

_HAUTEUR_DE_LIGNE, _LIGNES_D_ENTETE, _LARGEUR_PROPRE, _AUTOUR_D_UN_MOT = 16, 2, 20, 3

_LIGNES_A_MESURER = 150
"""Au-delà, la hauteur des lignes remplies s'écrit : LibreOffice mettrait plus de temps à la mesurer
qu'à lire tout le reste (500 lignes par registre : 12 s, sinon 5)."""
_HAUTEUR_DE_TEXTE, _LIGNES_D_ETAT, _LIGNES_AU_PLUS = 15, 2, 27
"""Une ligne du tableur n'a pas plus de 409 points."""

_REPLIEE: Mapping[str, Any] = {"level": 1, "hidden": True}
_APRES_LES_REPLIEES: Mapping[str, Any] = {"collapsed": True}
"""Met un + au-dessus des colonnes repliées : sans lui, LibreOffice y montre un −."""

_SIGNE_CONDITIONNEL = '@" ◦"'
"""Un format, pas un texte : l'en-tête lu par un programme reste le libellé exact."""


def ecrire_registre(
    classeur: Classeur, livre: Plan, plan: PlanDeRegistre, liens: Liens, pied: str
) -> None:
    """Écrit la feuille d'un registre d'après son plan."""
    feuille = classeur.feuille(plan.feuille.libelle, onglet=BLEU)
    ecrire_tete(classeur, feuille, plan)
    _ecrire_cles(classeur, feuille, plan)
    for case in plan.cases:
        _preparer_colonne(classeur, feuille, plan, case)
    _ecrire_table(classeur, feuille, plan)
    _ecrire_lignes(classeur, feuille, plan)
    _ecrire_calculs(classeur, feuille, plan)
    formules = ecrire_etats(classeur, feuille, livre, plan, liens)
    _inscrire_les_calculs(feuille, plan, formules)
    ecrire_zone(classeur, feuille, livre, plan, liens)
    if _est_repliee(plan.cases[-1]):
        place_libre = plan.largeur_de_table
        feuille.set_column(place_libre, place_libre, None, None, _APRES_LES_REPLIEES)
    mettre_en_forme(classeur, feuille, plan, livre.modele.identite.unites)
    feuille.freeze_panes(plan.ligne_entete, RANG_GAUCHE + 1)
    feuille.set_selection(*(premiere_libre(plan) - 1, RANG_GAUCHE) * 2)
    mettre_en_page(feuille, pied, entete=plan.ligne_entete - 1, est_reduite=True)
    feuille.repeat_columns(0, RANG_GAUCHE)
    titrer_chaque_page(feuille, *plan.tete[:2])
    feuille.print_area(plan.ligne_entete - 1, 0, plan.derniere_imprimee - 1, plan.largeur - 1)


def _ecrire_cles(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    feuille.set_row(plan.ligne_cles - 1, None, None, {"hidden": True})
    for case in plan.cases:
        if case.colonne:
            cle = f"{plan.feuille.id}.{case.colonne.id}"
            ecrire(feuille, plan.ligne_cles - 1, case.rang - 1, cle, classeur.style("legende"))


def _preparer_colonne(
    classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre, case: Case
) -> None:
    rang, colonne = case.rang - 1, case.colonne
    options: Mapping[str, Any] = _REPLIEE if _est_repliee(case) else {}
    if not options and any(_est_repliee(c) and c.rang == rang for c in plan.cases):
        options = _APRES_LES_REPLIEES
    feuille.set_column(rang, rang, _largeur(case), style_de(classeur, colonne), options)
    if colonne and colonne.est_saisie:
        feuille.data_validation(
            plan.ligne_entete - 1, rang, plan.derniere_aidee - 1, rang, valider(colonne)
        )


def _largeur(case: Case) -> int:
    """Celle du modèle, ou assez pour le plus long mot de l'en-tête."""
    mot = max(map(len, case.entete.split()), default=0)
    return max(case.colonne.largeur if case.colonne else _LARGEUR_PROPRE, mot + _AUTOUR_D_UN_MOT)


def _utile(case: Case) -> int:
    """Ce qu'une colonne laisse à son texte, en retrait."""
    return _largeur(case) - 1


def _est_repliee(case: Case) -> bool:
    return case.colonne is not None and not est_en_vue(case.colonne)


def _hauteur_d_entete(plan: PlanDeRegistre) -> int:
    """Deux lignes, ou trois si un en-tête étroit les demande."""
    lignes = (len(textwrap.wrap(case.entete, _utile(case))) for case in plan.cases)
    return min(max(_LIGNES_D_ENTETE, *lignes), 3) * _HAUTEUR_DE_LIGNE + 2


def _ecrire_table(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    """La table, ses colonnes cachées comprises."""
    feuille.set_row(plan.ligne_entete - 1, _hauteur_d_entete(plan))
    style = classeur.style("entete", bg_color=GRIS, **EN_RETRAIT)
    etat = {"header": ETAT, "header_format": style}
    cachees = {
        rang: {"header": entete, "header_format": classeur.style("legende")}
        for entete, rang in entetes_cachees(plan).items()
    }
    visibles = {
        case.rang: {
            "header": case.entete,
            "header_format": _style_d_entete(classeur, case.colonne),
        }
        for case in plan.cases
    }
    colonnes = dict(sorted({RANG_ETAT: etat, **cachees, **visibles}.items()))
    feuille.poser_le_tableau(
        (plan.ligne_entete - 1, 0, plan.derniere - 1, plan.largeur_de_table - 1),
        {
            "name": plan.feuille.table,
            "columns": [*colonnes.values()],
            "style": "Table Style Light 1",
        },
    )


def _inscrire_les_calculs(
    feuille: Worksheet, plan: PlanDeRegistre, formules: Mapping[str, str]
) -> None:
    """La table retient les formules de ses colonnes, pour une ligne qu'Excel insère."""
    calculs = {
        RANG_ETAT if nom == ETAT else plan.rang_technique(nom): formule
        for nom, formule in formules.items()
    }
    calculs |= {case.rang: calculer(case.calcul, plan) for case in plan.cases if case.calcul}
    inscrire_les_calculs(feuille, calculs)


def _style_d_entete(classeur: Classeur, colonne: Colonne | None) -> Format:
    if colonne is None or not colonne.est_essentielle:
        return classeur.style("entete", bg_color=BLEU_PALE, font_color=ENCRE, **EN_RETRAIT)
    if colonne.obligatoire_si:
        conditionnel = {"bg_color": BLEU_MOYEN, "num_format": _SIGNE_CONDITIONNEL}
        return classeur.style("entete", **conditionnel, **EN_RETRAIT)
    return classeur.style("entete", **EN_RETRAIT)


def _ecrire_lignes(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    saisies = [case for case in plan.cases if not case.calcul]
    for rang, ligne in enumerate(plan.lignes, plan.premiere - 1):
        if len(plan.lignes) > _LIGNES_A_MESURER:
            feuille.set_row(rang, _hauteur(plan, ligne))
        for case in saisies:
            if (valeur := _valeur(ligne, case)) is not None:
                style = style_de(classeur, case.colonne, valeur)
                ecrire(feuille, rang, case.rang - 1, valeur, style)


def _hauteur(plan: PlanDeRegistre, ligne: Ligne) -> int:
    """Assez pour chaque texte en vue, l'état compris, qui tient en deux lignes."""
    vues = (case for case in plan.cases if not case.calcul and not _est_repliee(case))
    textes = ((_valeur(ligne, case), _utile(case)) for case in vues)
    vus = ((texte, largeur) for texte, largeur in textes if isinstance(texte, str))
    combien = (
        sum(len(paragraphe) // largeur + 1 for paragraphe in texte.split("\n"))
        for texte, largeur in vus
    )
    return min(max(_LIGNES_D_ETAT, *combien), _LIGNES_AU_PLUS) * _HAUTEUR_DE_TEXTE


def _valeur(ligne: Ligne, case: Case) -> Any:
    return contenu(ligne[case.colonne.id] if case.colonne else ligne.propres.get(case.entete))


def _ecrire_calculs(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    """Chaque formule avec sa valeur juste : un lecteur qui ne recalcule pas montre la vérité."""
    for case in plan.cases:
        if case.calcul:
            formule = calculer(case.calcul, plan)
            style = style_de(classeur, case.colonne)
            vides = plan.derniere - plan.ligne_entete - len(plan.lignes)
            valeurs = [*(_calculer(case.calcul, ligne) for ligne in plan.lignes), *[BLANC] * vides]
            feuille.partager(plan.premiere - 1, case.rang - 1, formule, style, valeurs)


def _calculer(calcul: Calcul, ligne: Ligne) -> float | str:
    match calcul:
        case Calcul.DERNIER_JOUR_POUR_RESILIER:
            jour: date | None = dernier_jour_pour_resilier(ligne)
            return BLANC if jour is None else vers_serie(jour)


def ecrire_tete(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    """Écrit le titre, les phrases, puis la légende, l'un sous l'autre en première colonne.

    La légende laisse les deux colonnes figées au prochain numéro, si les lignes sont numérotées.
    """
    titre, *phrases, legende = plan.tete
    feuille.set_row(0, 26)
    ecrire_phrase(feuille, 0, 0, titre, classeur.style("titre", valign="vcenter"))
    for rang, phrase in enumerate(phrases, 1):
        ecrire_phrase(feuille, rang, 0, phrase, classeur.style("phrase"))
    colonne = RANG_GAUCHE + 1 if plan.feuille.prefixe else 0
    ecrire_phrase(feuille, plan.ligne_legende - 1, colonne, legende, classeur.style("legende"))
