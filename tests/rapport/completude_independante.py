"""Les lignes incomplètes, comptées d'après le modèle publié en JSON, sans notre jugement.

Incomplète : une réponse exigée manque ou est remise, la clé est en double, une date ou un nombre
n'en est pas un, un nom cité n'est inscrit nulle part. « À clarifier » est une réponse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from pilotage_xlsx.gestes.modele import en_donnees
from tests.tableaux import modele

Rangee = dict[str, Any]
Registres = dict[str, list[Rangee]]
Exigence = Callable[[Rangee], bool]
Condition = list[list[dict[str, Any]]]

CLE = {
    "Outils": "Outil ou service",
    "Prestataires": "Nom",
    "Décisions": "N°",
    "Incidents": "N°",
    "Signalements": "N°",
    "Échanges": "N°",
}
AVEU = "À clarifier"
REMISES = ("?", "-", "idem", "voir contrat", "xxx")
"""Quelques réponses remises à plus tard : celles que l'essai tape."""

JOURS = (
    *("En service depuis", "Arrêté le", "Échéance du contrat", "Date", "Exécutif : séance"),
    *("Mise en œuvre le", "À revoir le", "Constaté le", "Référent informé le", "Clos le"),
    *("Prestataire contacté le", "Exécutif informé le", "OFCS : le", "OFCS : complété le"),
    *("Autorité cantonale : annoncé le", "Personnes concernées informées le"),
)
NOMBRES = (
    "Délai de résiliation (mois)", "Reconduit pour (mois)", "Coût annuel (CHF)", "Coût (CHF)",
    "Interruption (heures)",
)  # fmt: skip
CITATIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "Outils": {
        "Prestataire": ("Prestataires",),
        "Décision d'origine": ("Décisions",),
        "Autre prestataire": ("Prestataires",),
    },
    "Décisions": {
        "Remplace": ("Décisions",),
        "Fait suite à": ("Incidents", "Signalements", "Échanges"),
    },
    "Incidents": {"Outil touché": ("Outils",), "Suite": ("Décisions",)},
    "Signalements": {"Outil": ("Outils",), "Lien": ("Incidents", "Décisions")},
    "Échanges": {"Lien": ("Décisions",)},
}
MENTIONS = (
    *("Géré à l'interne", "Prise avant ce registre", "Aucune décision trouvée"),
    *("Autre / plusieurs", "Aucun", "Pas nécessaire", AVEU),
)
ECARTES = {
    "Outils": ("Arrêté", "À confirmer"),
    "Prestataires": ("Terminé",),
    "Décisions": ("Remplacée", "Refusée", "Abandonnée"),
    "Incidents": ("Clos",),
    "Signalements": ("Clos", "Refusé"),
    "Échanges": ("Sans suite", "Réalisé"),
}
DATES = {"Incidents": "Constaté le", "Signalements": "Date", "Échanges": "Date"}
"""Une ligne close compte encore si elle est de l'année du rapport."""


def _exigences() -> dict[str, dict[str, Exigence]]:
    """Par feuille, ce qui exige chaque colonne, d'après ``modele --format json``."""
    par_feuille: dict[str, dict[str, Exigence]] = {}
    for feuille in en_donnees(modele())["feuilles"]:
        libelles = {colonne["id"]: colonne["libelle"] for colonne in feuille["colonnes"]}
        par_feuille[feuille["libelle"]] = {
            colonne["libelle"]: partial(_exige, colonne["obligatoire_si"], libelles)
            for colonne in feuille["colonnes"]
            if colonne["niveau"] == "E" and colonne["libelle"] != CLE.get(feuille["libelle"])
        }
    return {registre: par_feuille[registre] for registre in CLE}


def _exige(condition: Condition | None, libelles: dict[str, str], rangee: Rangee) -> bool:
    """Vrai sans condition, ou si l'une des façons de la remplir l'est toute."""
    return condition is None or any(
        all(_tient(essai, rangee[libelles[essai["colonne"]]]) for essai in essais)
        for essais in condition
    )


def _tient(essai: dict[str, Any], valeur: Any) -> bool:
    dit = None if valeur in (None, "", *REMISES) else valeur
    if "parmi" in essai:
        return dit in essai["parmi"]
    if "sauf" in essai:
        return dit is not None and dit != AVEU and dit not in essai["sauf"]
    return (dit is None) is ("vide" in essai)


EXIGEES = _exigences()


def incompletes(registres: Registres, annee: int) -> Iterable[tuple[str, int]]:
    """« lignes incomplètes : Outils » et leur nombre, pour chaque registre."""
    for registre, exigees in EXIGEES.items():
        en_vigueur = (r for r in registres[registre] if est_en_vigueur(registre, r, annee))
        nombre = sum(
            any(exige(r) and not _est_rempli(r, colonne) for colonne, exige in exigees.items())
            or _est_fautive(registre, r, registres)
            for r in en_vigueur
        )
        yield f"lignes incomplètes : {registre}", nombre


def _est_fautive(registre: str, rangee: Rangee, registres: Registres) -> bool:
    cles = Counter(r[CLE[registre]].casefold() for r in registres[registre])
    dites = {
        nom: valeur
        for nom, valeur in rangee.items()
        if valeur not in (None, *MENTIONS) and not (_est_demandable(registre, nom, valeur))
    }
    return (
        cles[rangee[CLE[registre]].casefold()] > 1
        or any(not _est_un_jour(v) for nom, v in dites.items() if nom.startswith(JOURS))
        or any(isinstance(v, str) for nom, v in dites.items() if nom in NOMBRES)
        or any(
            _se_perd(str(dites[nom]), ou, registres)
            for nom, ou in CITATIONS.get(registre, {}).items()
            if nom in dites
        )
    )


def _est_demandable(registre: str, nom: str, valeur: Any) -> bool:
    """Une réponse remise, là où une réponse peut être demandée : elle manque, sans être fausse."""
    return valeur in REMISES and nom.startswith(tuple(EXIGEES[registre]))


def _est_un_jour(valeur: Any) -> bool:
    return isinstance(valeur, date)


def _se_perd(cites: str, ou: tuple[str, ...], registres: Registres) -> bool:
    inscrits = {r[CLE[registre]].casefold() for registre in ou for r in registres[registre]}
    return any(nom.strip().casefold() not in inscrits for nom in cites.split(";"))


def est_en_vigueur(registre: str, rangee: Rangee, annee: int) -> bool:
    """Vrai si la ligne compte : ni close, ni écartée, ou datée de l'année ; vrai dans le doute."""
    colonne = "Suite" if registre == "Échanges" else "Statut"
    if rangee[colonne] not in ECARTES[registre]:
        return True
    jour = rangee[DATES[registre]] if registre in DATES else None
    if jour in (None, *REMISES):
        return False
    return jour.year == annee if isinstance(jour, datetime | date) else True


def _est_rempli(rangee: Rangee, colonne: str) -> bool:
    return _dans(rangee, colonne) not in (None, "", *REMISES)


def _dans(rangee: Rangee, debut: str) -> Any:
    """La cellule de la première colonne qui commence par ces mots."""
    return next((valeur for nom, valeur in rangee.items() if nom.startswith(debut)), None)
