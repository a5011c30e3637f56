"""Les formules du classeur, en anglais et avec des virgules, comme le format le veut."""

from __future__ import annotations

from pilotage_xlsx.generation.plan import PlanDeRegistre
from pilotage_xlsx.modele import Calcul, Colonne, Genre
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.dates import PREMIERE_SERIE, SERIE_SUIVANTE

BLANC = "\u00a0"
"""Ce que montre une colonne calculée qui n'a rien à dire : d'un texte vide, LibreOffice
recalculerait toute la ligne à l'ouverture (`techniques.RIEN`)."""


def calculer(calcul: Calcul, plan: PlanDeRegistre) -> str:
    """La formule d'une colonne calculée, pour la première ligne.

    Elle cite les deux cellules, non leur place dans la ligne : elle en est une elle-même.
    """
    match calcul:
        case Calcul.DERNIER_JOUR_POUR_RESILIER:
            echeance, delai = (
                f"{lettres_de(plan.rang(nom))}{plan.premiere}"
                for nom in ("echeance", "delai_resiliation")
            )
            colonne = plan.feuille.par_id["delai_resiliation"]
            bonnes = f"{est_une_date(echeance)},{est_un_nombre(delai, colonne)}"
            return f'IFERROR(IF(AND({bonnes}),EDATE({echeance},-{delai}),"{BLANC}"),"{BLANC}")'


def est_une_date(cellule: str) -> str:
    """Vrai pour une date du tableur que `dates` tient pour vraisemblable."""
    bornes = f"{cellule}>={PREMIERE_SERIE},{cellule}<{SERIE_SUIVANTE}"
    return f"AND(ISNUMBER({cellule}),{bornes})"


def est_un_nombre(cellule: str, colonne: Colonne) -> str:
    """Vrai pour un nombre du tableur, et non VRAI, dans les bornes de sa colonne.

    Une formule ne voit pas qu'un nombre est montré comme une date (mesuré) : `verifier` le dit.
    """
    essais = [f"ISNUMBER({cellule})", f"NOT(ISLOGICAL({cellule}))"]
    if colonne.genre is Genre.ENTIER:
        essais.append(f"INT({cellule})={cellule}")
    if colonne.min is not None:
        essais.append(f"{cellule}>={colonne.min}")
    if colonne.max is not None:
        essais.append(f"{cellule}<={colonne.max}")
    return f"AND({','.join(essais)})"
