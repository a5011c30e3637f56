"""Des données au hasard, mais justes, d'après le seul JSON de ``modele`` ; de quoi les abîmer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from stdnum.ch import uid

Donnees = Mapping[str, Any]
_MOTS = ("relevé", "guichet", "classeur", "réseau", "écran", "dossier", "séance", "école")
_REMISES = ("?", "voir contrat")
_PREMIER_JOUR = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Degat:
    """Ce que l'on écrit dans une cellule pour l'abîmer, et le code qui doit le dire."""

    code: str
    valeur: Any


def tirer(modele: Donnees, hasard: Random, lignes: int = 10) -> dict[str, Any]:
    """Une commune entière, dans la forme de ``generer --depuis``."""
    cles = {
        feuille["id"]: [f"{feuille['table']} n° {rang}" for rang in range(1, lignes + 1)]
        for feuille in modele["feuilles"]
        if feuille["forme"] == "registre"
    }
    return {
        feuille["id"]: _tirer_la_feuille(feuille, cles, hasard) for feuille in modele["feuilles"]
    }


def _tirer_la_feuille(feuille: Donnees, cles: Mapping[str, list[str]], hasard: Random) -> Any:
    if feuille["forme"] == "fiche":
        return _tirer_la_ligne(feuille, cles, hasard)
    return [
        {**_tirer_la_ligne(feuille, cles, hasard), feuille["cle"]: cle}
        for cle in cles[feuille["id"]]
    ]


def _tirer_la_ligne(
    feuille: Donnees, cles: Mapping[str, list[str]], hasard: Random
) -> dict[str, Any]:
    """Toutes les essentielles, une utile sur deux."""
    return {
        colonne["id"]: _tirer_la_valeur(colonne, cles, hasard)
        for colonne in feuille["colonnes"]
        if colonne["genre"] != "calcule" and (colonne["niveau"] == "E" or hasard.random() < 0.5)
    }


def _tirer_la_valeur(colonne: Donnees, cles: Mapping[str, list[str]], hasard: Random) -> Any:
    if colonne["a_clarifier"] and hasard.random() < 0.05:
        return "À clarifier"
    if colonne["mentions"] and hasard.random() < 0.2:
        return hasard.choice(colonne["mentions"])
    if colonne["genre"] == "reference":
        noms = [nom for registre in colonne["reference"] for nom in cles[registre]]
        return "; ".join(hasard.sample(noms, 1 + colonne["plusieurs"]))
    return _TIRAGES[colonne["genre"]](colonne, hasard)


def _tirer_un_nombre(colonne: Donnees, hasard: Random) -> int:
    minimum, maximum = colonne["min"], colonne["max"]
    return hasard.randint(int(minimum or 0), int(9000 if maximum is None else maximum))


def _tirer_un_instant(hasard: Random) -> datetime:
    jour = _PREMIER_JOUR + timedelta(days=hasard.randrange(300))
    return datetime(jour.year, jour.month, jour.day, hasard.randrange(1, 24), 15)


def tirer_un_ide(hasard: Random) -> str:
    """Un IDE au chiffre de contrôle juste."""
    while True:
        chiffres = f"{hasard.randrange(10**8):08d}"
        for controle in "0123456789":
            if uid.is_valid(f"CHE{chiffres}{controle}"):
                return uid.format(f"CHE{chiffres}{controle}")


_TIRAGES: Mapping[str, Callable[[Donnees, Random], Any]] = {
    "texte": lambda _, hasard: " ".join(hasard.sample(_MOTS, 3)),
    "liste": lambda colonne, hasard: hasard.choice(colonne["valeurs"]),
    "date": lambda _, hasard: f"{_tirer_un_instant(hasard):%Y-%m-%d}",
    "date_heure": lambda _, hasard: _tirer_un_instant(hasard).isoformat(),
    "entier": _tirer_un_nombre,
    "montant": _tirer_un_nombre,
    "courriel": lambda _, hasard: f"{hasard.choice('abcdef')}@commune.example",
    "telephone": lambda _, hasard: f"021 555 01 {hasard.randrange(10, 100)}",
    "ide": lambda _, hasard: tirer_un_ide(hasard),
}


def degats(feuille: Donnees, colonne: Donnees) -> Iterator[Degat]:
    """Tout ce qui abîme une cellule de cette colonne ; rien pour une clé, que d'autres citent."""
    if colonne["id"] == feuille["cle"]:
        return
    if colonne["niveau"] == "E" and colonne["obligatoire_si"] is None:
        yield Degat("CEL-001", None)
        yield from (Degat("CEL-018", remise) for remise in _REMISES if not colonne["unique"])
    if colonne["min"] is not None:
        yield Degat("CEL-016", colonne["min"] - 1)
    if colonne["genre"] in _ABIMES and not colonne["texte_libre"]:
        yield _ABIMES[colonne["genre"]]


_ABIMES: Mapping[str, Degat] = {
    "liste": Degat("CEL-002", "Un peu des deux"),
    "date": Degat("CEL-003", "31.02.2026"),
    "date_heure": Degat("CEL-003", "vers midi"),
    "entier": Degat("CEL-004", "une dizaine"),
    "montant": Degat("CEL-004", "env. 500"),
    "reference": Degat("CEL-006", "Personne que l'on connaisse"),
    "telephone": Degat("CEL-007", "555 01"),
    "courriel": Degat("CEL-008", "chez le boursier"),
    "ide": Degat("CEL-009", "CHE-12"),
}
