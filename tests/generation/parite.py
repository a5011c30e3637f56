"""Ce que LibreOffice a calculé dans un classeur, et ce que nous en calculons : à comparer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation.controle import FEUILLE as CONTROLE
from pilotage_xlsx.generation.formules import BLANC
from pilotage_xlsx.generation.plan import RANG_ETAT, Plan, PlanDeRegistre
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.bilan import GROUPES, Releve, dire_etat, relever
from pilotage_xlsx.metier.etat import Etat, dernier_jour_pour_resilier
from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.registre import Ligne, Registre
from pilotage_xlsx.registre.saisie import est_tape_en_texte

Ecart = tuple[str, str, Any, Any]
"""La cellule (« Outils!A9 »), ce qu'elle dit, la feuille, nous."""


def alleger(livre: Workbook) -> Workbook:
    """Le classeur sans ses menus ni ses couleurs : aucune formule d'une cellule n'en dépend.

    LibreOffice y passerait la moitié du temps.
    """
    for page in livre.worksheets:
        page.conditional_formatting = ConditionalFormattingList()
        page.data_validations = DataValidationList()
    return livre


def comparer(chemin: Path, plan: Plan) -> list[Ecart]:
    """Tous les écarts d'un classeur recalculé ; aucun si la feuille et nous sommes d'accord."""
    registre = lire(chemin, plan.modele)
    etat = Etat(plan.modele, registre)
    livre = load_workbook(chemin, data_only=True)
    ecarts = [
        ecart
        for place in plan.registres
        for ecart in _comparer_registre(livre[place.feuille.libelle], place, registre, etat)
    ]
    return [*ecarts, *_comparer_controle(livre[CONTROLE], plan, etat)]


def compter_lignes(chemin: Path, plan: Plan) -> int:
    """Le nombre de lignes remplies."""
    registre = lire(chemin, plan.modele)
    return sum(len(registre.lignes(place.feuille.id)) for place in plan.registres)


def _comparer_controle(page: Worksheet, plan: Plan, etat: Etat) -> Iterator[Ecart]:
    """Les comptes de chaque registre, et le lien vers sa première cellule, la plus pressante."""
    lignes = {rangee[0].value: rangee for rangee in page.iter_rows(max_col=8)}
    for place in plan.registres:
        attendus = compter(place.feuille, relever(etat, place.feuille))
        for cellule, attendu in zip(lignes[place.feuille.libelle][1:], attendus, strict=True):
            if (cellule.value or 0) != (attendu or 0):
                yield f"{page.title}!{cellule.coordinate}", "contrôle", cellule.value, attendu


def compter(feuille: Feuille, releve: Releve) -> tuple[Any, ...]:
    """Ce que Contrôle doit dire d'un registre, colonne après colonne."""
    corriger, _, remplir, clarifier = GROUPES
    pressantes = (releve.premieres.get(groupe) for groupe in (corriger, remplir, clarifier))
    lien = ""
    if premiere := next(filter(None, pressantes), None):
        lien = f"{feuille.libelle}, ligne {premiere[0].numero}\u202f: {premiere[1].libelle}"
    comptes = (releve.comptes[groupe] for groupe in GROUPES)
    return (releve.en_vigueur, releve.completes, *comptes, lien)


def _comparer_registre(
    page: Worksheet, plan: PlanDeRegistre, registre: Registre, etat: Etat
) -> Iterator[Ecart]:
    lignes = {ligne.numero: ligne for ligne in registre.lignes(plan.feuille.id)}
    for numero in range(plan.premiere, plan.derniere + 1):
        for quoi, rang, attendu in _attendus(plan, lignes.get(numero), etat):
            cellule = page.cell(numero, rang)
            if (cellule.value or "") != attendu:
                yield f"{page.title}!{cellule.coordinate}", quoi, cellule.value, attendu


def _attendus(
    plan: PlanDeRegistre, ligne: Ligne | None, etat: Etat
) -> Iterator[tuple[str, int, Any]]:
    signes = etat.signes(plan.feuille, ligne) if ligne else ""
    yield "signes", plan.rang_technique("signes"), signes
    if signes:
        yield "état", RANG_ETAT, dire_etat(plan.feuille, signes)
    if "dernier_jour" in plan.feuille.par_id:
        yield "dernier jour", plan.rang("dernier_jour"), attendre_dernier_jour(plan.feuille, ligne)


def attendre_dernier_jour(feuille: Feuille, ligne: Ligne | None) -> datetime | str:
    """Le dernier jour pour résilier ; la feuille ne compte rien d'une date tapée en texte."""
    sources = [feuille.par_id[nom] for nom in ("echeance", "delai_resiliation")]
    if ligne is None or any(est_tape_en_texte(source, ligne) for source in sources):
        return BLANC
    jour = dernier_jour_pour_resilier(ligne)
    return datetime(jour.year, jour.month, jour.day) if jour else BLANC
