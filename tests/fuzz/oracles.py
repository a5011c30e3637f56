"""Comparer chaque cellule lue à ce qu'openpyxl et calamine en lisent, et nommer chaque écart.

Les nombres et les dates se comparent en numéro de série, à la demi-seconde près : dire qu'un nombre
est une date est l'affaire du format, pas de la lecture.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from math import isclose
from pathlib import Path
from typing import Any

from pilotage_xlsx.lecture.chaines import decoder
from pilotage_xlsx.lecture.source import ClasseurSource, lire_source
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.adresses import LIGNES_MAX, lettres_de
from pilotage_xlsx.socle.dates import ORIGINE_1900
from pilotage_xlsx.socle.paquet import Refus, ouvrir_tout
from pilotage_xlsx.socle.textes import en_clair

Place = tuple[str, str]
Lu = tuple[str, Any]
_DEMI_SECONDE = 0.5 / 86_400
_JOUR = timedelta(days=1)
_DUREE_MAX = 100
"""En jours : en deçà, un nombre d'un classeur « 1904 » est pris pour une durée."""

_AU_PLUS = 3
"""Des exemples par classe d'écart suffisent."""


def comparer(chemin: Path) -> dict[str, Any]:
    """Par oracle : cellules comparées, écarts par classe, et quelques exemples de chacun."""
    try:
        with ouvrir_tout(chemin) as paquet:
            source = lire_source(paquet)
            noms = {feuille.nom for feuille in source.feuilles}
            notre = dict(_lire(source))
    except Refus as refus:
        return {"refus": f"{refus.code} {refus}"}
    resultat: dict[str, Any] = {"cellules": len(notre)}
    oracles = {"calamine": _par_calamine}
    if chemin.suffix.lower() != ".ods":
        oracles["openpyxl"] = _par_openpyxl
    for nom, lire in oracles.items():
        try:
            feuilles, autre = lire(chemin)
        except BaseException as faute:
            resultat[nom] = {"panne": type(faute).__name__}
            continue
        resultat[nom] = _rapprocher(notre, autre, noms, feuilles)
    return resultat


def _rapprocher(
    notre: Mapping[Place, Cellule], autre: Mapping[Place, Any], noms: set[str], feuilles: set[str]
) -> dict[str, Any]:
    communes = noms & feuilles
    comptes: Counter[str] = Counter()
    exemples: dict[str, list[str]] = {}
    places = {place for place in {**notre, **autre} if place[0] in communes}
    for place in places:
        classe = classer(notre.get(place), autre.get(place))
        if classe:
            comptes[classe] += 1
            cas = exemples.setdefault(classe, [])
            if len(cas) < _AU_PLUS:
                cas.append(
                    f"{place[0]}!{place[1]} {notre.get(place)!r:.90} {autre.get(place)!r:.60}"
                )
    seules = noms ^ feuilles
    if seules:
        comptes["feuille lue d'un seul côté"] = len(seules)
        exemples["feuille lue d'un seul côté"] = sorted(seules)[:_AU_PLUS]
    return {"comparees": len(places), "ecarts": comptes, "exemples": exemples}


def classer(notre: Cellule | None, autre: Any) -> str:
    """La raison d'un écart ; rien si les deux lisent la même chose."""
    lu, attendu = _de_nous(notre), _d_autrui(autre)
    if _est_meme(lu, attendu):
        return ""
    return next((nom for classe in _CLASSES if (nom := classe(notre, autre))), "autre")


def _d_une_erreur(notre: Cellule | None, autre: Any) -> str:
    if notre is None or notre.nature not in (NatureDeCellule.ERREUR, NatureDeCellule.FORMULE):
        return ""
    if notre.nature is NatureDeCellule.FORMULE:
        return "lien pris pour valeur" if autre else "formule sans résultat"
    return "erreur en mots" if autre else "erreur tue"


def _d_un_texte(notre: Cellule | None, autre: Any) -> str:
    lu, attendu = notre.texte if notre else "", "" if autre is None else autre
    if not isinstance(attendu, str) or (notre and notre.nature is not NatureDeCellule.TEXTE):
        return ""
    if lu == decoder(attendu) or decoder(lu) == attendu:
        return "échappement _xHHHH_"
    if lu == en_clair(attendu):
        return "signe interdit"
    if _BLANCS.sub("", lu) == _BLANCS.sub("", attendu):
        return "blancs"
    return ""


def _d_un_nombre(notre: Cellule | None, autre: Any) -> str:
    (genre, lu), (genre_autre, attendu) = _de_nous(notre), _d_autrui(autre)
    if genre == genre_autre == "n":
        if 0 <= lu < 61 and notre and notre.est_date:
            return "date d'avant mars 1900"
        if lu < 0:
            return "date négative"
        return "jour ajouté" if abs(lu - attendu) == 1 else ""
    if genre == "n" and attendu == "#VALUE!":
        return "date changée en erreur"
    return "durée en texte" if genre == "n" and str(attendu).startswith("PT") else ""


def _d_une_fusion(notre: Cellule | None, autre: Any) -> str:
    return "sous une fusion" if notre is None and autre is not None else ""


_CLASSES = (_d_une_erreur, _d_un_texte, _d_un_nombre, _d_une_fusion)
_BLANCS = re.compile(r"\s+")


def _est_meme(lu: Lu, attendu: Lu) -> bool:
    if lu[0] == attendu[0] == "n":
        return isclose(lu[1], attendu[1], rel_tol=1e-9, abs_tol=_DEMI_SECONDE)
    return lu == attendu


def _de_nous(cellule: Cellule | None) -> Lu:
    match cellule:
        case None:
            return "", None
        case Cellule(NatureDeCellule.NOMBRE, texte):
            return _nombre(texte)
        case Cellule(NatureDeCellule.DATE, texte):
            return _dater(texte)
        case Cellule(NatureDeCellule.BOOLEEN, texte):
            return "b", texte == "1"
        case _:
            return "t", cellule.texte


def _dater(iso: str) -> Lu:
    for lire in (datetime.fromisoformat, time.fromisoformat):
        try:
            return _d_autrui(lire(iso))
        except ValueError:
            continue
    return "t", iso


def _nombre(texte: str) -> Lu:
    try:
        return "n", float(texte)
    except ValueError:
        return "t", texte


def _d_autrui(valeur: Any) -> Lu:
    match valeur:
        case None | "":
            return "", None
        case bool():
            return "b", valeur
        case int() | float():
            return "n", float(valeur)
        case datetime():
            return "n", (valeur.replace(tzinfo=None) - ORIGINE_1900) / _JOUR
        case date():
            return "n", float((datetime(valeur.year, valeur.month, valeur.day) - ORIGINE_1900).days)
        case time():
            secondes = valeur.hour * 3600 + valeur.minute * 60 + valeur.second
            return "n", (secondes + valeur.microsecond / 1e6) / 86_400
        case timedelta():
            return "n", valeur / _JOUR
        case _:
            return "t", str(valeur)


def _lire(source: ClasseurSource) -> Iterator[tuple[Place, Cellule]]:
    decalage = (source.origine - ORIGINE_1900).days
    for feuille in source.feuilles:
        for numero, rangee in source.lire(feuille, LIGNES_MAX).lignes.items():
            for colonne, cellule in rangee.items():
                place = feuille.nom, f"{lettres_de(colonne)}{numero}"
                yield place, _decaler(cellule, decalage)


def _decaler(cellule: Cellule, jours: int) -> Cellule:
    """Une date d'un classeur « 1904 », dans le calendrier des autres ; une durée n'en a pas."""
    genre, valeur = _nombre(cellule.texte) if jours and cellule.est_date else ("", 0)
    if genre != "n" or valeur < _DUREE_MAX:
        return cellule
    return cellule._replace(texte=repr(valeur + jours))


def _par_openpyxl(chemin: Path) -> tuple[set[str], dict[Place, Any]]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        livre = openpyxl.load_workbook(chemin, data_only=True)
    noms = {feuille.title for feuille in livre.worksheets}
    return noms, {
        (feuille.title, cellule.coordinate): cellule.value
        for feuille in livre.worksheets
        for cellule in feuille._cells.values()
        if cellule.value not in (None, "")
    }


def _par_calamine(chemin: Path) -> tuple[set[str], dict[Place, Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    livre = CalamineWorkbook.from_path(str(chemin))
    noms = {
        feuille.name for feuille in livre.sheets_metadata if feuille.typ == SheetTypeEnum.WorkSheet
    }
    return noms, {
        (nom, f"{lettres_de(colonne)}{ligne}"): valeur
        for nom in noms
        for ligne, rangee in enumerate(
            livre.get_sheet_by_name(nom).to_python(skip_empty_area=False), 1
        )
        for colonne, valeur in enumerate(rangee, 1)
        if valeur not in (None, "")
    }
