"""La tête d'une feuille de saisie : son titre, ce qu'on y met, comment la lire."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.tableur import Classeur, ecrire


def ecrire_tete(classeur: Classeur, feuille: Worksheet, tete: Sequence[str]) -> None:
    """Écrit le titre, les phrases, puis la légende, l'un sous l'autre en première colonne."""
    titre, *phrases, legende = tete
    feuille.set_row(0, 26)
    ecrire(feuille, 0, 0, titre, classeur.style("titre", valign="vcenter"))
    for rang, phrase in enumerate(phrases, 1):
        ecrire(feuille, rang, 0, phrase, classeur.style("phrase"))
    ecrire(feuille, len(tete) - 1, 0, legende, classeur.style("legende"))
