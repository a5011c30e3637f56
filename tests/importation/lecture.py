"""Importer une liste d'essai, et relire le classeur avec un autre que nous."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO

from openpyxl import load_workbook

from pilotage_xlsx.gestes.importer import Importe, importer
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.entree import EnMemoire
from tests.importation.listes import LISTES
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele


@cache
def importe(nom: str) -> Importe:
    """La liste d'essai de ce nom, importée une fois."""
    liste = next(liste for liste in LISTES if liste.nom == nom)
    return importer_le_texte(liste.octets, f"{nom}.csv")


def importer_le_texte(octets: bytes | str, nom: str = "liste.csv", **options: object) -> Importe:
    """Une liste quelconque, importée sur des tables courtes."""
    recu = EnMemoire(nom, octets.encode() if isinstance(octets, str) else octets)
    with petites_tables():
        return importer(recu, au=AU, modele=modele(), **options)  # type: ignore[arg-type]


def lignes_du_classeur(octets: bytes, registre: str) -> list[Mapping[str, str]]:
    """Les lignes remplies d'une feuille, par en-tête, lues par openpyxl."""
    livre = load_workbook(BytesIO(octets), read_only=True)
    feuille = livre[modele().par_id[registre].libelle]
    rangees = list(feuille.iter_rows(values_only=True))
    cle = modele().par_id[registre].par_id["nom"].libelle
    depart = max(n for n, rangee in enumerate(rangees[:10]) if cle in rangee)
    entetes = rangees[depart]
    lignes = []
    for rangee in rangees[depart + 1 :]:
        dites = {
            str(entete): _montrer(valeur)
            for entete, valeur in zip(entetes, rangee, strict=True)
            if valeur is not None and entete and not str(valeur).startswith("=")
        }
        lignes += [dites] if cle in dites else []
    return lignes


def _montrer(valeur: object) -> str:
    if isinstance(valeur, date):
        return valeur.strftime("%d.%m.%Y")
    return afficher(valeur) if isinstance(valeur, int | float) else str(valeur)
