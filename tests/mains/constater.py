"""Ce qui reste d'un classeur après un geste : erreurs, menus, mises en forme, états."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.metier.bilan import dire_etat
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.registre import Lieu, Registre

_ERREUR = re.compile(r"#(REF|NAME|VALUE|DIV/0|N/A|NUM|NULL)[!?]?|Err:\d+")
_A_MENU = (Genre.LISTE, Genre.REFERENCE)


@lru_cache(maxsize=4)
def ouvrir(chemin: Path, *, en_valeurs: bool = False) -> Workbook:
    """Le classeur, ouvert une fois pour toutes les épreuves d'un geste."""
    return load_workbook(chemin, data_only=en_valeurs)


def cellules_en_erreur(chemin: Path) -> list[str]:
    """Les cellules dont le résultat est une erreur."""
    return sorted(_en_erreur(ouvrir(chemin, en_valeurs=True)))


def regles_abimees(chemin: Path) -> list[str]:
    """Les noms, mises en forme et validations qui citent ce qui n'existe plus.

    Un nom qui citait une feuille effacée avec elle n'est plus à personne : il ne compte pas.
    """
    livre = ouvrir(chemin)
    vues = [
        f"nom {nom}"
        for nom, n in livre.defined_names.items()
        if _est_abime(nom, n.attr_text, livre)
    ]
    for page in livre:
        vues += [f"{page.title} mise en forme" for f in _formules(page) if _ERREUR.search(f)]
        for validation in page.data_validations.dataValidation:
            if _ERREUR.search(f"{validation.formula1} {validation.formula2}"):
                vues.append(f"{page.title} validation {validation.sqref}")
    return sorted(set(vues))


def _est_abime(nom: str, formule: str, livre: Workbook) -> bool:
    est_du_tableau = nom.startswith("tableau_") and "Tableau de bord" not in livre.sheetnames
    return bool(_ERREUR.search(formule)) and not est_du_tableau


def _en_erreur(livre: Workbook) -> Iterator[str]:
    for page in livre:
        for rangee in page.iter_rows():
            for cellule in rangee:
                if isinstance(cellule.value, str) and _ERREUR.fullmatch(cellule.value):
                    yield f"{page.title}!{cellule.coordinate}"


def _formules(page: Worksheet) -> Iterator[str]:
    for plage in page.conditional_formatting:
        for regle in plage.rules:
            yield from map(str, regle.formula)


def sans_menu(chemin: Path, registre: Registre, feuille: Feuille, rangs: range) -> list[str]:
    """Les cellules de liste ou de référence qui n'ont plus leur menu."""
    page = _page(chemin, registre, feuille)
    menus = [v.sqref for v in page.data_validations.dataValidation if v.type == "list"]
    voulues = [colonne for colonne in feuille.saisies if colonne.genre in _A_MENU]
    return _hors_de(menus, registre.feuilles[feuille.id].lieu, voulues, rangs)


def sans_couleur(chemin: Path, registre: Registre, feuille: Feuille, rangs: range) -> list[str]:
    """Les cellules de saisie qu'aucune mise en forme vivante ne couvre plus."""
    page = _page(chemin, registre, feuille)
    plages = [plage.sqref for plage in page.conditional_formatting]
    return _hors_de(plages, registre.feuilles[feuille.id].lieu, feuille.saisies, rangs)


def _page(chemin: Path, registre: Registre, feuille: Feuille) -> Worksheet:
    return ouvrir(chemin)[registre.feuilles[feuille.id].lieu.feuille]


def _hors_de(
    plages: Sequence[MultiCellRange], lieu: Lieu, colonnes: Iterable[Colonne], rangs: range
) -> list[str]:
    adresses = (
        f"{get_column_letter(lieu.colonnes[colonne.id])}{lieu.ligne_entete + rang}"
        for colonne in colonnes
        if colonne.id in lieu.colonnes
        for rang in rangs
    )
    return [adresse for adresse in adresses if not any(adresse in plage for plage in plages)]


def etats_faux(chemin: Path, registre: Registre, modele: Modele) -> list[tuple[str, str, str]]:
    """Les lignes dont l'état dans la feuille n'est pas celui que nous calculons."""
    etat, livre = Etat(modele, registre), ouvrir(chemin, en_valeurs=True)
    faux = []
    for feuille in modele.registres:
        if feuille.id in registre.feuilles:
            page = livre[registre.feuilles[feuille.id].lieu.feuille]
            colonne = _colonne_de_l_etat(page, feuille)
            for ligne in registre.lignes(feuille.id):
                vu = page.cell(ligne.numero, colonne).value or ""
                attendu = dire_etat(feuille, etat.signes(feuille, ligne))
                if vu != attendu:
                    faux.append((f"{page.title}!{ligne.numero}", vu, attendu))
    return faux


def _colonne_de_l_etat(page: Worksheet, feuille: Feuille) -> int:
    cle = f"{feuille.id}.#etat"
    cellules = (cellule for rangee in page.iter_rows(max_row=12) for cellule in rangee)
    return next(cellule.column for cellule in cellules if cellule.value == cle)
