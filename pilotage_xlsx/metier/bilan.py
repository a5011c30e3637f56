r"""Le bilan d'une feuille en mots et en comptes : ce que disent la colonne État et Contrôle.

La feuille les calcule par formule (`generation`) ; ces fonctions en sont les jumelles, et donnent
aux formules leur valeur enregistrée.

>>> from tests.metier.tables import etat, feuille
>>> outils, lu = feuille("outils"), etat("outils | nom | domaine\n | GED | Cuisine")
>>> relever(lu, outils).en_vigueur, relever(lu, outils).comptes[FAUTES]
(1, 1)
>>> dire_etat(outils, lu.signes(outils, lu.lignes("outils")[0])), dire_etat(outils, "")
('À corriger\u202f: Domaine', '')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pilotage_xlsx.metier.etat import (
    EMPECHENT,
    FAUTES,
    HORS,
    PROPOSEE,
    SIGNE_AVEU,
    SIGNE_VIDE,
    VIGUEUR,
    Etat,
    EtatDeLigne,
    etat_de,
)
from pilotage_xlsx.modele import Colonne, Feuille
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import FINE, nombre

LIBELLES_DITS, LARGEUR_DE_L_ETAT = 2, 44
"""L'état d'une ligne tient en deux lignes : tant de libellés au plus, de tant de signes en tout."""


def dire_etat(feuille: Feuille, signes: str) -> str:
    """L'état d'une ligne en mots : « Il manque 7 : Criticité, Sauvegarde… », « Complet »."""
    if not signes:
        return ""
    if signes.startswith(PROPOSEE):
        fautives = enumerer(feuille, signes) if set(signes) & set(FAUTES) else ()
        return _dire("À corriger", fautives) if fautives else "À confirmer"
    match etat_de(signes.replace(HORS, VIGUEUR)):
        case EtatDeLigne.A_CORRIGER:
            return _dire("À corriger", enumerer(feuille, signes))
        case EtatDeLigne.A_REMPLIR:
            return _dire("Il manque", enumerer(feuille, signes))
        case EtatDeLigne.A_CLARIFIER:
            return f"À clarifier{FINE}: {signes.count(SIGNE_AVEU)}"
        case _:
            return "Complet"


def enumerer(feuille: Feuille, signes: str) -> Sequence[str]:
    """Les libellés des colonnes à corriger ; s'il n'y en a pas, de celles qui manquent."""
    cherches = FAUTES if set(signes) & set(FAUTES) else SIGNE_VIDE
    paires = zip(feuille.saisies, signes[1:], strict=False)
    return [colonne.libelle for colonne, signe in paires if signe in cherches]


def _dire(mots: str, libelles: Sequence[str]) -> str:
    combien = f" {len(libelles)}" if len(libelles) > 1 else ""
    return f"{mots}{combien}{FINE}: {dire_les_premiers(libelles)}"


def dire_les_premiers(libelles: Sequence[str]) -> str:
    """Ceux qui tiennent dans l'état d'une ligne : « Criticité, Sauvegarde… »."""
    dits = libelles[:LIBELLES_DITS]
    if sum(map(len, dits)) + len(dits) > LARGEUR_DE_L_ETAT + 1:
        dits = dits[:1]
    return f"{', '.join(dits)}{'…' if len(dits) < len(libelles) else ''}"


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

    Par groupe de signes (`GROUPES`) : combien de cellules, et la première, dans l'ordre des lignes
    puis des colonnes.
    """

    en_vigueur: int
    completes: int
    comptes: Mapping[str, int]
    premieres: Mapping[str, tuple[Ligne, Colonne]]


GROUPES = (FAUTES, "Rr", SIGNE_VIDE, SIGNE_AVEU)
"""À corriger, dont les noms introuvables ; à remplir ; à clarifier."""


def relever(etat: Etat, feuille: Feuille) -> Releve:
    """Le relevé d'un registre."""
    vus = [(ligne, etat.signes(feuille, ligne)) for ligne in etat.registre.lignes(feuille.id)]
    vus = [(ligne, signes) for ligne, signes in vus if signes.startswith(VIGUEUR)]
    tous = "".join(signes for _, signes in vus)
    premieres = {groupe: _premiere(feuille, vus, groupe) for groupe in GROUPES}
    return Releve(
        len(vus),
        sum(not set(signes) & set(EMPECHENT) for _, signes in vus),
        {groupe: sum(map(tous.count, groupe)) for groupe in GROUPES},
        {groupe: vue for groupe, vue in premieres.items() if vue},
    )


def _premiere(
    feuille: Feuille, vus: Sequence[tuple[Ligne, str]], groupe: str
) -> tuple[Ligne, Colonne] | None:
    for ligne, signes in vus:
        for colonne, signe in zip(feuille.saisies, signes[1:], strict=True):
            if signe in groupe:
                return ligne, colonne
    return None
