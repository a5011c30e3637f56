"""Le bilan d'une ligne : un signe par colonne saisie, le même dans la feuille et en Python.

La feuille le calcule par formule (`generation.compilation`) ; ces fonctions en sont la jumelle, et
donnent aux formules leur valeur enregistrée. Premier signe : ``V`` en vigueur, ``h`` hors vigueur ;
puis, par colonne : ``M`` manque, ``C`` à clarifier, ``F`` illisible ou hors liste, ``R`` référence
introuvable, ``D`` clé en double, ``.`` rien à dire. ``f`` et ``r`` : la cellule n'est pas exigée.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

import msgspec

from pilotage_xlsx.etat import (
    Etat,
    est_a_clarifier,
    est_en_vigueur,
    est_exigee,
)
from pilotage_xlsx.genres import attendre, interpreter
from pilotage_xlsx.modele import Colonne, Feuille
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.saisie import est_tape_en_texte
from pilotage_xlsx.socle.textes import cle

FAUTES = "FRDfr"
"""Les signes qui demandent une correction."""

COMPTENT = "MFR"
"""Les signes qui empêchent une ligne d'être complète."""


class Bilan:
    """Les bilans des lignes d'un classeur."""

    def __init__(self, etat: Etat) -> None:
        self.etat = etat

    def signes(self, feuille: Feuille, ligne: Ligne) -> str:
        """Le bilan d'une ligne ; vide pour une ligne « Total »."""
        if ligne in self.etat.totaux:
            return ""
        vigueur = "V" if est_en_vigueur(feuille, ligne, self.etat.registre.annee) else "h"
        if feuille.cle and ligne[feuille.cle] is None:
            return vigueur + "".join(
                "M" if colonne.id == feuille.cle else "." for colonne in feuille.saisies
            )
        return vigueur + "".join(self._signe(feuille, c, ligne) for c in feuille.saisies)

    def _signe(self, feuille: Feuille, colonne: Colonne, ligne: Ligne) -> str:
        valeur = ligne[colonne.id]
        if valeur is None:
            return "M" if est_exigee(colonne, ligne) else "."
        if not self._est_lisible(colonne, ligne):
            return "F" if est_exigee(colonne, ligne) else "f"
        if self.etat.introuvables(colonne, ligne):
            return "R" if est_exigee(colonne, ligne) else "r"
        if colonne.id == feuille.cle and self._fois[feuille.id][cle(str(valeur))] > 1:
            return "D"
        return "C" if est_a_clarifier(colonne, ligne) else "."

    def _est_lisible(self, colonne: Colonne, ligne: Ligne) -> bool:
        """Vrai si la feuille lit la cellule ; elle ne voit pas le format d'une date en montant."""
        if est_tape_en_texte(colonne, ligne):
            return False
        if not isinstance(ligne[colonne.id], Illisible):
            return True
        cellule = ligne.cellules.get(colonne.id)
        if cellule is None or not cellule.est_date:
            return False
        sans_format = interpreter(cellule._replace(est_date=False), attendre(colonne))
        return isinstance(sans_format, int | float)

    @cached_property
    def _fois(self) -> Mapping[str, Counter[str]]:
        return {
            feuille.id: Counter(
                cle(nom)
                for ligne in self.etat.lignes(feuille.id)
                if (nom := ligne.texte(feuille.cle or ""))
            )
            for feuille in self.etat.modele.registres
        }


def dire_etat(feuille: Feuille, signes: str) -> str:
    """L'état d'une ligne en mots : « Il manque : Criticité, Sauvegarde », « Complet »."""
    if not signes:
        return ""
    if fautives := _libelles(feuille, signes, FAUTES):
        return f"À corriger : {fautives}"
    if manquantes := _libelles(feuille, signes, "M"):
        return f"Il manque : {manquantes}"
    if a_clarifier := signes.count("C"):
        return f"À clarifier : {a_clarifier}"
    return "Complet"


def _libelles(feuille: Feuille, signes: str, cherches: str) -> str:
    return ", ".join(
        colonne.libelle
        for colonne, signe in zip(feuille.saisies, signes[1:], strict=True)
        if signe in cherches
    )


class Releve(msgspec.Struct, frozen=True):
    """Ce que la feuille Contrôle dit d'un registre ; tout se compte dans les lignes en vigueur.

    ``premiere`` : la première cellule exigée et vide, dans l'ordre des lignes puis des colonnes.
    """

    en_vigueur: int = 0
    completes: int = 0
    manquantes: int = 0
    a_clarifier: int = 0
    introuvables: int = 0
    a_corriger: int = 0
    premiere: tuple[Ligne, Colonne] | None = None


def relever(bilan: Bilan, feuille: Feuille) -> Releve:
    """Le relevé d'un registre."""
    vus = [
        (ligne, bilan.signes(feuille, ligne)) for ligne in bilan.etat.registre.lignes(feuille.id)
    ]
    vus = [(ligne, signes) for ligne, signes in vus if signes.startswith("V")]
    tous = "".join(signes[1:] for _, signes in vus)
    return Releve(
        len(vus),
        sum(not set(signes) & set(COMPTENT) for _, signes in vus),
        tous.count("M"),
        tous.count("C"),
        sum(tous.count(signe) for signe in "Rr"),
        sum(tous.count(signe) for signe in FAUTES),
        next(
            (
                (ligne, feuille.saisies[signes.index("M") - 1])
                for ligne, signes in vus
                if "M" in signes
            ),
            None,
        ),
    )
