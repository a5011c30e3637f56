"""Le remède d'une réponse remise à plus tard, que plusieurs règles proposent."""

from __future__ import annotations

from bisect import bisect_left

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Colonne
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.verification.intentions import (
    est_un_renvoi,
)
from pilotage_xlsx.verification.phrases import citer, enumerer

_LIGNES_REMONTEES = 100


def recopier(liens: Liens, ligne: Ligne, colonne: Colonne) -> str:
    """Que faire de « idem » : la valeur du dessus, qui resterait juste une fois la liste triée."""
    valeur = dessus(liens, ligne, colonne.id)
    propose = f" : {citer(valeur)}" if valeur else ""
    return f"Recopier la réponse de la ligne du dessus{propose} ; une liste triée perd les renvois."


def laisser_vide(colonne: Colonne) -> str:
    """Que faire d'un « ? » ou d'un « - »."""
    if mentions := enumerer(map(citer, colonne.mentions), "ou"):
        return f"Écrire la réponse, ou {mentions}."
    if not colonne.est_essentielle:
        return "Vider la cellule : cette réponse est facultative."
    return "Écrire la réponse ; tant qu'elle n'est pas connue, laisser la cellule vide."


def dessus(liens: Liens, ligne: Ligne, colonne: str) -> str | None:
    """La première vraie réponse au-dessus, dans la même colonne, telle qu'elle se lit."""
    lignes = liens.etat.lignes(ligne.lieu.registre)
    rang = bisect_left(lignes, ligne.numero, key=lambda autre: autre.numero)
    for autre in reversed(lignes[max(0, rang - _LIGNES_REMONTEES) : rang]):
        valeur = autre[colonne]
        if valeur is not None and not est_un_renvoi(afficher(valeur)):
            return None if liens.etat.est_fautive(autre, colonne) else afficher(valeur)
    return None
