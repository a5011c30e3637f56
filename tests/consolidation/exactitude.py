"""L'oracle de la consolidation : openpyxl relit les entrées par leurs en-têtes, puis la sortie.

Rien de notre lecture ne sert à juger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.consolidation.classeurs import lignes
from tests.hasard import Donnees

PROPRE, PROPOSEE = "Salle", "À confirmer"
ORIGINE = 8


@dataclass(frozen=True)
class Rangee:
    """Une ligne d'une entrée, lue par openpyxl : où elle est, et ses cellules par en-tête."""

    fichier: str
    feuille: str
    numero: int
    cellules: dict[str, Any]

    @property
    def est_a_confirmer(self) -> bool:
        """Vrai si elle n'est que proposée : elle ne se consolide pas."""
        return self.feuille == "Outils" and _noms(self.cellules.get("Statut")) == _noms(PROPOSEE)

    @property
    def est_en_marge(self) -> bool:
        """Vrai si elle ne porte que la colonne propre : elle n'inscrit rien."""
        return set(self.cellules) == {PROPRE}


def registres(contrat: Donnees) -> list[Donnees]:
    """Les feuilles qui portent des lignes."""
    return [feuille for feuille in contrat["feuilles"] if feuille["forme"] == "registre"]


def colonnes(page: Worksheet, feuille: Donnees) -> dict[str, int]:
    """Le rang des colonnes saisies et de la colonne propre, par en-tête."""
    saisies = {c["libelle"] for c in feuille["colonnes"] if c["genre"] != "calcule"} | {PROPRE}
    return {c.value: c.column for c in page[feuille["ligne_entete"]] if c.value in saisies}


def lettre(page: Worksheet, feuille: Donnees) -> str:
    """La lettre de la première colonne saisie."""
    rang = colonnes(page, feuille)[feuille["colonnes"][0]["libelle"]]
    return openpyxl.utils.get_column_letter(rang)


def lire(fichier: Path, contrat: Donnees) -> Iterator[Rangee]:
    """Toutes les lignes qui portent quelque chose."""
    livre = openpyxl.load_workbook(fichier)
    for feuille in registres(contrat):
        page = livre[feuille["libelle"]]
        rangs = colonnes(page, feuille)
        for numero in range(feuille["ligne_entete"] + 1, page.max_row + 1):
            cellules = {titre: page.cell(numero, rang).value for titre, rang in rangs.items()}
            remplies = {titre: v for titre, v in cellules.items() if v is not None and _mots(v)}
            if remplies:
                yield Rangee(fichier.name, feuille["libelle"], numero, remplies)


def _comparable(valeur: Any) -> Any:
    if isinstance(valeur, datetime):
        return valeur
    if isinstance(valeur, date):
        return datetime(valeur.year, valeur.month, valeur.day)
    return valeur.strip() if isinstance(valeur, str) else valeur


def _mots(valeur: Any) -> list[str]:
    """Ce qui se lit d'une cellule, aux blancs près ; rien si elle est vide."""
    return re.sub("[\u00ad\u200b\u2060\ufeff]", "", str(valeur)).split()


def _noms(valeur: Any) -> list[str]:
    """Ce que dit une référence : ses noms se lisent aux blancs et aux séparateurs près."""
    return _mots(str(valeur).replace(";", " "))


def est_dite(rangee: Rangee, provenance: dict[str, dict[str, Any]]) -> bool:
    """Vrai si la provenance dit pourquoi cette ligne n'est pas reprise."""
    dite = provenance[rangee.fichier]
    if rangee.est_en_marge:
        return f"{rangee.feuille}, ligne" in str(dite["Ce qui n'est pas repris"])
    if rangee.est_a_confirmer and rangee.numero in _proposees(str(dite["Ce qui n'est pas repris"])):
        return True
    lieu = f"{rangee.feuille}, ligne {rangee.numero} : «\u202fTotal\u202f»"
    remarques = (
        str(dite["Ce qui n'est pas repris"]).replace("« ", "«\u202f").replace(" »", "\u202f»")
    )
    return dite["Classeur"] == "Écarté" or lieu in remarques


def _proposees(remarques: str) -> set[int]:
    """Les numéros que dit « Outils, lignes 7, 9 à 12 : encore à confirmer, non reprises. »"""
    dites = re.search(r"Outils, lignes? ([\d, à]+)\s*: encore à confirmer", remarques)
    plages = (plage.split(" à ") for plage in (dites[1] if dites else "").split(", ") if plage)
    return {n for bornes in plages for n in range(int(bornes[0]), int(bornes[-1]) + 1)}


def verifier(entrees: list[Rangee], sortie: Path) -> None:
    """Chaque cellule lue par openpyxl est dans la sortie, ou `Provenance` dit son absence."""
    livre = openpyxl.load_workbook(sortie)
    provenance = {str(li["Fichier"]): li for li in lignes(livre["Provenance"])}
    ecrites = {
        (li["Fichier"], li["Feuille"], li["Ligne"]): li
        for feuille in {rangee.feuille for rangee in entrees}
        for li in lignes(livre[feuille])
    }
    retrouvees = 0
    for rangee in entrees:
        ecrite = ecrites.pop((rangee.fichier, rangee.feuille, rangee.numero), None)
        if ecrite is None:
            assert est_dite(rangee, provenance), rangee
            continue
        retrouvees += 1
        propres = dict(list(ecrite.items())[ORIGINE:])
        for titre, valeur in rangee.cellules.items():
            attendue = _comparable(valeur)
            if isinstance(attendue, str) and len(attendue) > 32_767:
                assert "coupé" in str(provenance[rangee.fichier]["Ce qui n'est pas repris"])
                attendue = f"{attendue[:32_700]} […]"
            est_egale = propres[titre] == attendue
            assert est_egale or _noms(propres[titre]) == _noms(attendue), (rangee, titre)
    assert not ecrites
    assert retrouvees == sum(int(str(li["En vigueur"])) + int(str(li["Hors vigueur"]))
                             for li in provenance.values())  # fmt: skip
    inscrites = [rangee for rangee in entrees if not rangee.est_en_marge]
    assert len(inscrites) == sum(int(str(li["Lignes lues"])) for li in provenance.values())
