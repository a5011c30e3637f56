"""Écrire un registre comme un petit tableau de texte, pour que le cas se voie dans le test.

    outils       | nom | criticite     | prestataire
                 | GED | Indispensable | Alpha SA
    prestataires | nom
                 | Alpha SA

Chaque cellule passe par `genres.interpreter`, comme à la lecture ; « 12.03.2026 » et « 1234.5 »
deviennent date et nombre là où la colonne en veut, comme dans un tableur ; « #REF! » est une erreur
du tableur, « =A1 » une formule sans résultat. Toutes les feuilles et colonnes du modèle sont là,
sauf celles que nomme ``sans`` (« decisions », « outils.statut »). Une colonne inconnue est une
colonne propre à la commune. Les en-têtes sont en ligne 5, la première ligne de données en ligne 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.modele import Feuille, Forme, Genre, Modele
from pilotage_xlsx.modele.chargement import charger
from pilotage_xlsx.registre import (
    Cellule,
    FeuilleLue,
    Lieu,
    Ligne,
    NatureDeCellule,
    Registre,
    Valeur,
)
from pilotage_xlsx.registre.genres import attendre, interpreter, interpreter_libre
from pilotage_xlsx.registre.saisie import DATES, NATIFS
from pilotage_xlsx.socle.dates import depuis_texte, vers_serie
from pilotage_xlsx.verification import verifier

LIGNE_ENTETE = 5
_DATE = re.compile(r"\d\d\.\d\d\.\d{4}( \d\d:\d\d)?")
_NOMBRE = re.compile(r"-?\d+(\.\d+)?")
AU = date(2026, 11, 24)


@lru_cache(maxsize=1)
def modele() -> Modele:
    """Le modèle communal, chargé une fois."""
    return charger()


def registre(
    texte: str = "", *, fichier: str = "valmarin.xlsx", sans: tuple[str, ...] = ()
) -> Registre:
    """Le registre que décrit le texte, sans les feuilles et colonnes de ``sans``."""
    tables = dict(separer_les_tables(texte))
    feuilles = {
        feuille.id: _feuille(feuille, tables.pop(feuille.id, []), fichier, sans)
        for feuille in modele().a_lire
        if feuille.id not in sans
    }
    assert not tables, f"feuilles inconnues du modèle : {', '.join(tables)}"
    return Registre(Path(fichier), feuilles)


def constats(texte: str = "", *, au: date = AU, sans: tuple[str, ...] = ()) -> tuple[Constat, ...]:
    """Tous les constats du registre que décrit le texte."""
    return verifier(registre(texte, sans=sans), modele(), au)


def cellules(code: str, texte: str, *, au: date = AU, sans: tuple[str, ...] = ()) -> list[str]:
    """Où une règle accuse : « outils.sauvegarde 6 », « commune.annee »."""
    return [nommer(c) for c in constats(texte, au=au, sans=sans) if c.regle == code]


def nommer(constat: Constat) -> str:
    """La cellule d'un constat ; la ligne ne se dit pas dans une fiche."""
    case = f"{constat.registre}.{constat.colonne}"
    return case if constat.registre == modele().fiche.id else f"{case} {constat.lieu.ligne}"


def separer_les_tables(texte: str) -> Iterator[tuple[str, list[list[str]]]]:
    nom, lignes = "", list[list[str]]()
    for ligne in texte.splitlines():
        debut, *cases = (case.strip() for case in ligne.split("|"))
        if debut and lignes:
            yield nom, lignes
            lignes = []
        nom = debut or nom
        if cases:
            lignes.append(cases)
    if lignes:
        yield nom, lignes


def _feuille(
    feuille: Feuille, table: list[list[str]], fichier: str, sans: tuple[str, ...]
) -> FeuilleLue:
    entetes, *rangees = table or [[]]
    propres = {nom: 100 + rang for rang, nom in enumerate(entetes) if nom not in feuille.par_id}
    lieu = _lieu(feuille, fichier, sans)
    lignes = [
        _ligne(lieu, feuille, LIGNE_ENTETE + rang, dict(zip(entetes, rangee, strict=False)))
        for rang, rangee in enumerate(rangees, 1)
        if any(rangee)
    ]
    if feuille.forme is Forme.FICHE and not lignes:
        lignes = [Ligne(lieu, LIGNE_ENTETE, {})]
    return FeuilleLue(lieu, tuple(lignes), propres=propres)


def _lieu(feuille: Feuille, fichier: str, sans: tuple[str, ...]) -> Lieu:
    presentes = [c.id for c in feuille.colonnes if f"{feuille.id}.{c.id}" not in sans]
    if feuille.forme is Forme.FICHE:
        cases = {nom: (LIGNE_ENTETE + rang, 3) for rang, nom in enumerate(presentes)}
        return Lieu(fichier, feuille.id, feuille.libelle, LIGNE_ENTETE, {}, cases)
    colonnes = {nom: rang for rang, nom in enumerate(presentes, 2)}
    return Lieu(fichier, feuille.id, feuille.libelle, LIGNE_ENTETE, colonnes)


def _ligne(lieu: Lieu, feuille: Feuille, numero: int, textes: Mapping[str, str]) -> Ligne:
    connus = {
        nom: _cellule(texte, feuille.par_id[nom].genre)
        for nom, texte in textes.items()
        if nom in feuille.par_id
    }
    propres = {
        nom: _cellule(texte, Genre.TEXTE)
        for nom, texte in textes.items()
        if nom not in feuille.par_id
    }
    lus = {nom: lire_cellule(feuille, nom, cellule) for nom, cellule in connus.items()}
    libres = {nom: interpreter_libre(cellule) for nom, cellule in propres.items()}
    return Ligne(lieu, numero, _remplies(lus), connus, _remplies(libres))


def lire_cellule(feuille: Feuille, colonne: str, cellule: Cellule) -> Valeur | None:
    """La valeur que la lecture donnerait à cette cellule."""
    attendue = feuille.par_id[colonne]
    ecritures, bareme = modele().ecritures(attendue), modele().bareme(attendue)
    return interpreter(cellule, attendre(attendue, ecritures, bareme=bareme))


def _cellule(texte: str, genre: Genre) -> Cellule:
    if genre in DATES and _DATE.fullmatch(texte) and (jour := depuis_texte(texte)):
        return Cellule(NatureDeCellule.NOMBRE, repr(vers_serie(jour)), est_date=True)
    if genre in NATIFS - DATES and _NOMBRE.fullmatch(texte):
        return Cellule(NatureDeCellule.NOMBRE, texte)
    if texte.startswith("#"):
        return Cellule(NatureDeCellule.ERREUR, texte)
    if texte.startswith("="):
        return Cellule(NatureDeCellule.FORMULE, texte)
    return Cellule(NatureDeCellule.TEXTE, texte)


def _remplies(valeurs: Mapping[str, Valeur | None]) -> dict[str, Valeur]:
    return {nom: valeur for nom, valeur in valeurs.items() if valeur is not None}
