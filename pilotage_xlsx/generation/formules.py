"""Les formules du classeur, en anglais et avec des virgules, comme le format le veut."""

from __future__ import annotations

from pilotage_xlsx.constats import lettre
from pilotage_xlsx.generation.plan import PlanDeRegistre
from pilotage_xlsx.modele import Calcul


def calculer(calcul: Calcul, plan: PlanDeRegistre) -> str:
    """La formule d'une colonne calculée, en références de table."""
    match calcul:
        case Calcul.DERNIER_JOUR_POUR_RESILIER:
            echeance, delai = (_ici(plan, nom) for nom in ("echeance", "delai_resiliation"))
            return f'=IF(AND(ISNUMBER({echeance}),ISNUMBER({delai})),EDATE({echeance},-{delai}),"")'


def plage(plan: PlanDeRegistre, colonne: str) -> str:
    """La colonne, de son en-tête (compris) au-delà de la table, en références absolues.

    Partir de l'en-tête garde la référence quand la première ligne de données est effacée.
    """
    ou = lettre(plan.rang(colonne))
    return f"{citer(plan.feuille.libelle)}!${ou}${plan.ligne_entete}:${ou}${plan.derniere_aidee}"


def citer(feuille: str) -> str:
    """Le nom d'une feuille entre apostrophes."""
    return "'" + feuille.replace("'", "''") + "'"


def _ici(plan: PlanDeRegistre, colonne: str) -> str:
    libelle = plan.feuille.libelle_de(colonne)
    protege = "".join(f"'{signe}" if signe in "[]#'@" else signe for signe in libelle)
    return f"{plan.feuille.table}[[#This Row],[{protege}]]"
