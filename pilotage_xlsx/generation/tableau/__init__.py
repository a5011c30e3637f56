"""Le tableau de bord : pour le référent et l'exécutif, ce qui compte aujourd'hui.

Il se calcule seul, à la date du jour ; chaque cellule porte sa valeur juste à la date de
préparation (`metier.chiffres`, `taches`). Il est protégé, sans mot de passe : il se lit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.controle import FEUILLE as CONTROLE
from pilotage_xlsx.generation.controle import SANS_ETAT
from pilotage_xlsx.generation.echeancier import delai_de_decision
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.generation.tableau.a_faire import ListeDesTaches
from pilotage_xlsx.generation.tableau.barres import (
    TableDeBarres,
    cellules_des,
    planifier_les_tables,
    tracer,
)
from pilotage_xlsx.generation.tableau.chiffres import (
    LIBELLES_DE_L_ANNEE,
    LIGNE_CHIFFRES,
    LIGNE_NOMS,
    NOMS,
    GrandsChiffres,
    mesurer,
)
from pilotage_xlsx.generation.tableau.places import (
    AUJOURD_HUI,
    DERNIERE_COLONNE,
    DERNIERE_LIGNE,
    FEUILLE,
    HORIZON,
    ORDRE,
    PREMIER_SANS_FIN,
    PREMIERE_DE_L_ANNEE,
    PREMIERE_TACHE,
    RESERVE,
    SANS_FIN_MONTRES,
    SEGMENT,
    TACHES_MONTREES,
    Calculee,
    segmenter,
)
from pilotage_xlsx.generation.tableau.reserve import calculer_la_reserve, noms_de_la_reserve
from pilotage_xlsx.generation.tableau.sans_fin import ListeSansFin
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.metier.affaires import horizon
from pilotage_xlsx.metier.chiffres.tableau_de_bord import SANS_DATE_DE_FIN
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.tableur import (
    FAUTE,
    FAUTE_FOND,
    MANQUE,
    MANQUE_BORD,
    MANQUE_FOND,
    TRAIT,
    Classeur,
    ecrire,
    mettre_en_page,
)

_SEGMENTS_A_TERME = 2
"""Les deux premiers segments (contrats, révisions) ont un terme ; les autres attendent."""


def colorer(classeur: Classeur, feuille: Worksheet) -> None:
    """Pose les deux règles sur le jour et le délai de chaque tâche."""
    passe = classeur.livre.add_format(
        {"bg_color": FAUTE_FOND, "font_color": FAUTE, "bold": True, "bottom": 1,
         "bottom_color": TRAIT}
    )  # fmt: skip
    proche = classeur.livre.add_format(
        {"bg_color": MANQUE_FOND, "font_color": MANQUE, "border": 1, "border_color": MANQUE_BORD}
    )
    fin = PREMIERE_TACHE + TACHES_MONTREES - 1
    segment, jour = f"${SEGMENT}{PREMIERE_TACHE}", f"$B{PREMIERE_TACHE}"
    a_terme = f"ISNUMBER({segment}),{segment}<={_SEGMENTS_A_TERME}"
    for compare, format_ in (("<", passe), (">=", proche)):
        critere = f"=AND({a_terme},{jour}{compare}{AUJOURD_HUI})"
        regle = {"type": "formula", "criteria": critere, "format": format_}
        feuille.conditional_format(f"B{PREMIERE_TACHE}:C{fin}", regle)


_LARGEURS = (28, 11, 13, 20, 28, 2, 27, 5, 21)
_HAUTEUR = 15.75
_ENTETES = ("Quoi", "Jour", "Délai", "Où", "À quel propos")
_PHRASE = "Se calcule seul, à la date du jour. Les délais suivent les seuils de la feuille Commune."


def ecrire_tableau(classeur: Classeur, plan: Plan, liens: Liens, pied: str) -> None:
    """Écrit la feuille, sa réserve cachée, ses graphiques, et la protège."""
    feuille, styles = classeur.feuille(FEUILLE, onglet="#3E74A8"), StylesDuTableau(classeur)
    segments = segmenter(plan)
    _preparer(feuille)
    tables = planifier_les_tables(plan, mesurer(liens), styles)
    _ecrire_textes(feuille, tables, styles)
    for cellule in calculer(plan, liens, styles):
        feuille.write_formula(cellule.ou, cellule.formule, cellule.style, cellule.valeur)
    for rang in range(1, segments[-1].fin + 1):
        feuille.write_number(f"{ORDRE}{rang}", rang, styles.cachee)
    for nom, formule in noms_de_la_reserve(plan, segments):
        classeur.livre.define_name(nom, formule)
    for rang in range(SANS_FIN_MONTRES):
        for ou in "CE":
            feuille.write_blank(f"{ou}{PREMIER_SANS_FIN + rang}", None, styles.texte)
    for table in tables:
        tracer(classeur, feuille, table)
    colorer(classeur, feuille)
    lier_au_sommaire(classeur, feuille, DERNIERE_COLONNE)
    _proteger(feuille, pied)


def calculer(plan: Plan, liens: Liens, styles: StylesDuTableau) -> Iterator[Calculee]:
    """Toutes les cellules calculées, avec leurs formules et leurs valeurs."""
    segments, mesures = segmenter(plan), mesurer(liens)
    yield from _dates(plan, liens, styles)
    yield from GrandsChiffres(plan, segments, liens, mesures).cellules(styles)
    yield from ListeDesTaches(plan, segments, liens, styles).cellules()
    yield from ListeSansFin(plan, segments[0], mesures[SANS_DATE_DE_FIN].lignes, styles).cellules()
    yield from cellules_des(planifier_les_tables(plan, mesures, styles))
    yield from calculer_la_reserve(segments, plan, liens, styles.cachee)


def _preparer(feuille: Worksheet) -> None:
    for rang, largeur in enumerate(_LARGEURS):
        feuille.set_column(rang, rang, largeur)
    feuille.set_column(f"{RESERVE[0]}:{RESERVE[1]}", 12, None, {"hidden": True})
    for rang in range(1, DERNIERE_LIGNE):
        feuille.set_row(rang, _HAUTEUR)
    feuille.set_row(0, 26)
    feuille.set_row(LIGNE_CHIFFRES - 1, 30)


def _ecrire_textes(
    feuille: Worksheet, tables: Sequence[TableDeBarres], styles: StylesDuTableau
) -> None:
    ecrire(feuille, 0, 0, FEUILLE, styles.titre)
    feuille.write_formula(1, 1, _phrase(), styles.phrase, _PHRASE)
    for ou, nom in NOMS:
        feuille.write_string(f"{ou}{LIGNE_NOMS}", nom, styles.etiquette)
    for rang, entete in enumerate(_ENTETES):
        ecrire(feuille, PREMIERE_TACHE - 2, rang, entete, styles.entete)
    for table in tables:
        ecrire(feuille, table.premiere - 2, 6, table.titre, styles.sous_titre)
        fin = table.premiere + table.longueur - 1
        debut = fin - len(table.libelles)
        for rang, libelle in enumerate(table.libelles, debut):
            ecrire(feuille, rang, 6, libelle, styles.texte)
    for rang, libelle in enumerate(LIBELLES_DE_L_ANNEE, PREMIERE_DE_L_ANNEE - 1):
        ecrire(feuille, rang, 6, libelle, styles.texte)


def _phrase() -> str:
    """La phrase de tête, ou ce que le tableau ne compte pas."""
    combien = f"{citer(CONTROLE)}!{SANS_ETAT}"
    taites = f'"Lignes sans état, que ce tableau ne compte pas : "&{combien}&" (voir {CONTROLE})"'
    return f'=IFERROR(IF({combien}>0,{taites},"{_PHRASE}"),"{_PHRASE}")'


def _dates(plan: Plan, liens: Liens, styles: StylesDuTableau) -> tuple[Calculee, ...]:
    jour, fin = vers_serie(liens.au), vers_serie(horizon(liens))
    formule = f"={AUJOURD_HUI}+{delai_de_decision(plan)}"
    return (
        Calculee(AUJOURD_HUI.replace("$", ""), "=TODAY()", jour, styles.du_jour),
        Calculee(HORIZON.replace("$", ""), formule, fin, styles.horizon),
    )


def _proteger(feuille: Worksheet, pied: str) -> None:
    feuille.protect(
        options={"select_locked_cells": True, "format_columns": True, "format_rows": True}
    )
    mettre_en_page(feuille, pied)
    feuille.fit_to_pages(1, 1)
    feuille.print_area(0, 0, DERNIERE_LIGNE - 1, DERNIERE_COLONNE - 1)
