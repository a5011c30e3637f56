"""Le tableau de bord : pour le référent et l'exécutif, ce qui compte aujourd'hui.

Il se calcule seul, à la date du jour ; chaque cellule porte sa valeur juste à la date de
préparation (`metier.chiffres`, `taches`). Il est protégé, sans mot de passe : il se lit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.controle import FEUILLE as CONTROLE
from pilotage_xlsx.generation.controle import SANS_ETAT
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
    NOMS,
    GrandsChiffres,
    mesurer,
)
from pilotage_xlsx.generation.tableau.disposition import (
    DERNIERE_COLONNE,
    FAMILLE,
    FEUILLE,
    LIGNE_CHIFFRES,
    LIGNE_NOMS,
    NOM,
    RESERVE,
    SANS_FIN_MONTRES,
    TACHES_MONTREES,
    Calculee,
    Disposition,
)
from pilotage_xlsx.generation.tableau.sans_fin import ListeSansFin
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.generation.zone import delai_de_decision
from pilotage_xlsx.metier.affaires import horizon
from pilotage_xlsx.metier.chiffres.tableau_de_bord import PAR_CRITICITE, PAR_LIEU, SANS_DATE_DE_FIN
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import Mesures
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
from pilotage_xlsx.socle.typographie import FINE

_FAMILLES_A_TERME = 2
"""Les deux premières familles (contrats, révisions) ont un terme ; les autres attendent."""


def colorer(classeur: Classeur, feuille: Worksheet, ou: Disposition) -> None:
    """Pose les deux règles sur le jour et le délai de chaque tâche."""
    passe = classeur.livre.add_format(
        {"bg_color": FAUTE_FOND, "font_color": FAUTE, "bold": True, "bottom": 1,
         "bottom_color": TRAIT}
    )  # fmt: skip
    proche = classeur.livre.add_format(
        {"bg_color": MANQUE_FOND, "font_color": MANQUE, "border": 1, "border_color": MANQUE_BORD}
    )
    premiere = ou.premiere_tache
    famille, jour = f"${FAMILLE}{premiere}", f"$B{premiere}"
    a_terme = f"ISNUMBER({famille}),{famille}<={_FAMILLES_A_TERME}"
    for compare, format_ in (("<", passe), (">=", proche)):
        critere = f"=AND({a_terme},{jour}{compare}{ou.aujourd_hui})"
        regle = {"type": "formula", "criteria": critere, "format": format_}
        feuille.conditional_format(f"B{premiere}:C{premiere + TACHES_MONTREES - 1}", regle)


_LARGEURS = (28, 10.5, 12.5, 17, 22.5, 1, 28.5, 4.5, 15.5)
_HAUTEUR = 15.75
_ENTETES = ("Quoi", "Jour", "Délai", "Où", "À quel propos")
_PHRASE = "Se calcule seul, à la date du jour. Les délais suivent les seuils de la feuille Commune."


def ecrire_tableau(classeur: Classeur, plan: Plan, liens: Liens, pied: str) -> None:
    """Écrit la feuille, ses cellules cachées, ses graphiques, et la protège."""
    feuille, styles = classeur.feuille(FEUILLE, onglet="#3E74A8"), StylesDuTableau(classeur)
    mesures = mesurer(liens)
    ou = disposer(mesures)
    _preparer(feuille, ou)
    tables = planifier_les_tables(plan, ou, mesures, styles)
    _ecrire_textes(feuille, ou, tables, styles)
    for cellule in calculer(plan, liens, styles):
        feuille.write_formula(cellule.ou, cellule.formule, cellule.style, cellule.valeur)
    for rang in range(SANS_FIN_MONTRES):
        for colonne in "CE":
            feuille.write_blank(f"{colonne}{ou.premier_sans_fin + rang}", None, styles.texte)
    for table in tables:
        tracer(classeur, feuille, table)
    colorer(classeur, feuille, ou)
    lier_au_sommaire(classeur, feuille, DERNIERE_COLONNE)
    _proteger(feuille, ou, pied)


def disposer(mesures: Mesures) -> Disposition:
    """La disposition qui convient à ces mesures."""
    criticites, lieux = (len(mesures[chiffre].parts) for chiffre in (PAR_CRITICITE, PAR_LIEU))
    return Disposition(criticites, lieux, len(LIBELLES_DE_L_ANNEE))


def calculer(plan: Plan, liens: Liens, styles: StylesDuTableau) -> Iterator[Calculee]:
    """Toutes les cellules calculées, avec leurs formules et leurs valeurs."""
    mesures = mesurer(liens)
    ou = disposer(mesures)
    liste = ListeDesTaches(plan, ou, liens, styles)
    yield from _dates(plan, ou, liens, styles)
    yield from GrandsChiffres(plan, ou, liste, liens, mesures).cellules(styles)
    yield from liste.cellules()
    yield from ListeSansFin(plan, ou, mesures[SANS_DATE_DE_FIN].lignes, styles).cellules()
    yield from cellules_des(planifier_les_tables(plan, ou, mesures, styles))


def _preparer(feuille: Worksheet, ou: Disposition) -> None:
    for rang, largeur in enumerate(_LARGEURS):
        feuille.set_column(rang, rang, largeur)
    feuille.set_column(f"{RESERVE}:{NOM}", 12, None, {"hidden": True})
    for rang in range(1, ou.derniere_ligne):
        feuille.set_row(rang, _HAUTEUR)
    feuille.set_row(0, 26)
    feuille.set_row(LIGNE_CHIFFRES - 1, 30)


def _ecrire_textes(
    feuille: Worksheet, ou: Disposition, tables: Sequence[TableDeBarres], styles: StylesDuTableau
) -> None:
    ecrire(feuille, 0, 0, FEUILLE, styles.titre)
    feuille.write_formula(1, 1, _phrase(), styles.phrase, _PHRASE)
    for colonne, nom in NOMS:
        feuille.write_string(f"{colonne}{LIGNE_NOMS}", nom, styles.etiquette)
    for rang, entete in enumerate(_ENTETES):
        ecrire(feuille, ou.premiere_tache - 2, rang, entete, styles.entete)
    for table in tables:
        ecrire(feuille, table.premiere - 2, 6, table.titre, styles.sous_titre)
        fin = table.premiere + table.longueur - 1
        debut = fin - len(table.libelles)
        for rang, libelle in enumerate(table.libelles, debut):
            ecrire(feuille, rang, 6, libelle, styles.texte)
    for rang, libelle in enumerate(LIBELLES_DE_L_ANNEE, ou.premiere_de_l_annee - 1):
        ecrire(feuille, rang, 6, libelle, styles.texte)


def _phrase() -> str:
    """La phrase de tête, ou ce que le tableau ne compte pas."""
    combien = f"{citer(CONTROLE)}!{SANS_ETAT}"
    taites = (
        f'"Lignes sans état, que ce tableau ne compte pas{FINE}: "&{combien}&" (voir {CONTROLE})"'
    )
    return f'=IFERROR(IF({combien}>0,{taites},"{_PHRASE}"),"{_PHRASE}")'


def _dates(
    plan: Plan, ou: Disposition, liens: Liens, styles: StylesDuTableau
) -> tuple[Calculee, ...]:
    jour, fin = vers_serie(liens.au), vers_serie(horizon(liens))
    formule = f"={ou.aujourd_hui}+{delai_de_decision(plan)}"
    annee = f"={plan.annee_du_rapport()}"
    return (
        Calculee(ou.aujourd_hui.replace("$", ""), "=TODAY()", jour, styles.du_jour),
        Calculee(ou.horizon.replace("$", ""), formule, fin, styles.horizon),
        Calculee(ou.annee.replace("$", ""), annee, liens.registre.annee or 0, styles.cachee),
    )


def _proteger(feuille: Worksheet, ou: Disposition, pied: str) -> None:
    feuille.protect(
        options={"select_locked_cells": True, "format_columns": True, "format_rows": True}
    )
    mettre_en_page(feuille, pied)
    feuille.fit_to_pages(1, 1)
    feuille.print_area(0, 0, ou.derniere_ligne - 1, DERNIERE_COLONNE - 1)
