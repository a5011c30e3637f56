"""La tête d'une feuille de saisie : son titre, ce qu'on y met, comment la lire."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.plan import RANG_ETAT, PlanDeRegistre
from pilotage_xlsx.socle.tableur import Classeur, ecrire


def ecrire_tete(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    """Écrit le titre, les phrases, puis la légende, l'un sous l'autre en première colonne.

    La légende laisse les deux colonnes figées au prochain numéro, si les lignes sont numérotées.
    """
    titre, *phrases, legende = plan.tete
    feuille.set_row(0, 26)
    ecrire(feuille, 0, 0, titre, classeur.style("titre", valign="vcenter"))
    for rang, phrase in enumerate(phrases, 1):
        ecrire(feuille, rang, 0, phrase, classeur.style("phrase"))
    colonne = RANG_ETAT + 1 if plan.feuille.prefixe else 0
    ecrire(feuille, plan.ligne_legende - 1, colonne, legende, classeur.style("legende"))
