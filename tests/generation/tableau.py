"""Ce que le tableau de bord montre, et ce que nous en calculons : à comparer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation.plan import planifier
from pilotage_xlsx.generation.tableau import calculer, disposer
from pilotage_xlsx.generation.tableau.chiffres import mesurer
from pilotage_xlsx.generation.tableau.disposition import (
    DERNIERE_COLONNE,
    FEUILLE,
    Calculee,
    Disposition,
)
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Colonne
from pilotage_xlsx.modele.vocabulaire import AVEU, ecritures
from pilotage_xlsx.registre import FeuilleLue, Illisible, Ligne, Motif, Registre, Valeur
from pilotage_xlsx.registre.genres import afficher, attendre, interpreter
from pilotage_xlsx.registre.saisie import est_tape_en_texte
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.dates import depuis_serie, vers_serie
from pilotage_xlsx.socle.tableur import Classeur
from pilotage_xlsx.socle.textes import cle
from tests.tableaux import modele

_DATES = ("A2", "A8")
_ERREURS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!")
"""Une erreur du tableur, que la feuille tait ; relue, elle est un texte."""

_BOOLEENS = {"vrai": "1", "faux": "0"}
"""Un booléen mis en texte : LibreOffice en fait un nombre."""

_AUTREMENT = {**_BOOLEENS, **{cle(ecrit): cle(lu) for ecrit, lu in ecritures((AVEU,)).items()}}

Ecart = tuple[str, Any, Any]
"""La cellule, ce que dit la feuille, ce que nous disons."""


def en_nombre(valeur: Any) -> Any:
    """Un jour par son numéro : LibreOffice donne de lui-même un format de date à TODAY()."""
    return vers_serie(valeur) if isinstance(valeur, datetime) else valeur


def disposition() -> Disposition:
    """Où le tableau de bord place chaque liste."""
    return disposer(mesurer(Liens(modele(), Registre(Path("vierge.xlsx")), date(2026, 1, 1))))


def montrees(classeur: BytesIO | Path) -> Mapping[str, Any]:
    """Les cellules visibles et remplies du tableau de bord."""
    page = load_workbook(classeur, data_only=True)[FEUILLE]
    return {ou: valeur for ou, valeur in _cellules(page) if valeur not in (None, "")}


def _cellules(page: Worksheet) -> Iterator[tuple[str, Any]]:
    for ligne in page.iter_rows(max_row=disposition().derniere_ligne, max_col=DERNIERE_COLONNE):
        for cellule in ligne:
            valeur = cellule.value
            yield cellule.coordinate, valeur.date() if isinstance(valeur, datetime) else valeur


def _comparable(valeur: Any) -> Any:
    """À la casse, aux blancs et à l'écriture de l'aveu près : la feuille montre ce qui est tapé."""
    match valeur:
        case str() if valeur in _ERREURS:
            return None
        case str():
            return _AUTREMENT.get(cle(valeur), cle(valeur))
        case float():
            return round(valeur, 6)
        case _:
            return valeur


def comparer(chemin: Path, au: date) -> list[Ecart]:
    """Les écarts entre ce qu'un classeur recalculé montre et ce que nous disons de ses lignes."""
    registre = _comme_la_feuille(lire(chemin, modele()))
    vues = {ou: _comparable(valeur) for ou, valeur in montrees(chemin).items()}
    return [
        (ou, vues.get(ou), nous)
        for ou, nous in attendues(registre, au).items()
        if (vues.get(ou) or "") != (nous or "")
    ]


def attendues(registre: Registre, au: date) -> Mapping[str, Any]:
    """Les valeurs que nous donnons aux cellules visibles."""
    liens, styles = Liens(modele(), registre, au), StylesDuTableau(Classeur(au, {}))
    cellules = calculer(planifier(modele(), registre), liens, styles)
    return {c.ou: _attendue(c) for c in cellules if c.ou[0] <= lettres_de(DERNIERE_COLONNE)}


def _attendue(cellule: Calculee) -> Any:
    est_une_date = cellule.ou in (*_DATES, *(f"B{rang}" for rang in range(10, 22)))
    if est_une_date and cellule.valeur != "":
        return depuis_serie(cellule.valeur)
    return _comparable(cellule.valeur)


def _comme_la_feuille(registre: Registre) -> Registre:
    """Ce que les formules lisent : rien d'un nombre en texte, un nombre sous un format de date."""
    feuilles = {nom: _relire(lue) for nom, lue in registre.feuilles.items()}
    feuilles["commune"] = registre.feuilles["commune"]
    return replace(registre, feuilles=feuilles)


def _relire(lue: FeuilleLue) -> FeuilleLue:
    colonnes = modele().par_id[lue.lieu.registre].par_id
    lignes = (
        replace(ligne, valeurs={nom: _valeur(colonnes[nom], ligne) for nom in ligne.valeurs})
        for ligne in lue.lignes
    )
    return replace(lue, lignes=tuple(lignes))


def _valeur(colonne: Colonne, ligne: Ligne) -> Valeur:
    valeur = ligne.valeurs[colonne.id]
    if est_tape_en_texte(colonne, ligne):
        return Illisible(afficher(valeur), Motif.NOMBRE)
    cellule = ligne.cellules[colonne.id]
    if isinstance(valeur, Illisible) and cellule.est_date:
        return interpreter(cellule._replace(est_date=False), attendre(colonne)) or valeur
    return valeur
