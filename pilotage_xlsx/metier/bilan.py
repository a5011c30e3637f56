r"""Le bilan d'une feuille en mots et en comptes : ce que disent la colonne État et Contrôle.

La feuille les calcule par formule (`generation`) ; ces fonctions en sont les jumelles, et donnent
aux formules leur valeur enregistrée.

>>> from tests.metier.tables import etat, feuille
>>> outils, lu = feuille("outils"), etat("outils | nom | domaine\n | GED | Cuisine")
>>> relever(lu, outils).en_vigueur, relever(lu, outils).a_corriger
(1, 1)
>>> dire_etat(outils, lu.signes(outils, lu.lignes("outils")[0])), dire_etat(outils, "")
('À corriger : Domaine', '')
"""

from __future__ import annotations

import msgspec

from pilotage_xlsx.metier.etat import (
    EMPECHENT,
    FAUTES,
    HORS,
    SIGNE_AVEU,
    SIGNE_VIDE,
    VIGUEUR,
    Etat,
    EtatDeLigne,
    etat_de,
)
from pilotage_xlsx.modele import Colonne, Feuille
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre


def dire_etat(feuille: Feuille, signes: str) -> str:
    """L'état d'une ligne en mots : « Il manque : Criticité, Sauvegarde », « Complet »."""
    if not signes:
        return ""
    match etat_de(signes.replace(HORS, VIGUEUR)):
        case EtatDeLigne.A_CORRIGER:
            return f"À corriger : {_libelles(feuille, signes, FAUTES)}"
        case EtatDeLigne.A_REMPLIR:
            return f"Il manque : {_libelles(feuille, signes, SIGNE_VIDE)}"
        case EtatDeLigne.A_CLARIFIER:
            return f"À clarifier : {signes.count(SIGNE_AVEU)}"
        case _:
            return "Complet"


def _libelles(feuille: Feuille, signes: str, cherches: str) -> str:
    return ", ".join(
        colonne.libelle
        for colonne, signe in zip(feuille.saisies, signes[1:], strict=True)
        if signe in cherches
    )


def dire_a_confirmer(etat: Etat, feuille: Feuille) -> str | None:
    """« Outils : 26 lignes à confirmer, pas comptées… » ; rien si aucune ne l'est."""
    combien = len(etat.a_confirmer(feuille.id))
    if not (combien and feuille.a_confirmer):
        return None
    compte = "ligne à confirmer, pas comptée" if combien < 2 else "lignes à confirmer, pas comptées"
    (colonne,) = (feuille.libelle_de(essai.colonne) for essai in feuille.a_confirmer.essais())
    remede = f"changer « {colonne} », ou supprimer la ligne"
    return f"{feuille.libelle} : {nombre(combien)} {compte} : {remede}"


class Releve(msgspec.Struct, frozen=True):
    """Ce que la feuille Contrôle dit d'un registre ; tout se compte dans les lignes en vigueur.

    ``premiere`` : la première cellule exigée et vide, dans l'ordre des lignes puis des colonnes.
    """

    en_vigueur: int
    completes: int
    manquantes: int
    a_clarifier: int
    introuvables: int
    a_corriger: int
    premiere: tuple[Ligne, Colonne] | None


def relever(etat: Etat, feuille: Feuille) -> Releve:
    """Le relevé d'un registre."""
    vus = [(ligne, etat.signes(feuille, ligne)) for ligne in etat.registre.lignes(feuille.id)]
    vus = [(ligne, signes) for ligne, signes in vus if signes.startswith(VIGUEUR)]
    tous = "".join(signes for _, signes in vus)
    return Releve(
        len(vus),
        sum(not set(signes) & set(EMPECHENT) for _, signes in vus),
        tous.count(SIGNE_VIDE),
        tous.count(SIGNE_AVEU),
        sum(tous.count(signe) for signe in "Rr"),
        sum(tous.count(signe) for signe in FAUTES),
        next(
            (
                (ligne, feuille.saisies[signes.index(SIGNE_VIDE) - 1])
                for ligne, signes in vus
                if SIGNE_VIDE in signes
            ),
            None,
        ),
    )
