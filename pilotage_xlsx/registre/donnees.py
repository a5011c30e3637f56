"""Un registre en données simples : le JSON de ``generer --depuis``, que `consolider` rend aussi.

Clés du modèle, dates ISO 8601, nombres nus ; une valeur illisible y est son texte brut, une
référence à plusieurs une liste, et les colonnes propres à la commune voyagent sous ``propres``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain, count
from typing import Any

from msgspec.structs import replace

from pilotage_xlsx.modele import Feuille, Forme, Modele
from pilotage_xlsx.registre import FeuilleLue, Illisible, Ligne, Registre, Valeur
from pilotage_xlsx.socle.textes import cle_large, en_clair, normaliser

PROPRES = "propres"
"""La clé sous laquelle voyagent les colonnes propres à la commune."""

_ENTETE_MAX = 240
"""L'en-tête d'une table a au plus 255 signes."""


def en_donnees(registre: Registre, modele: Modele) -> dict[str, Any]:
    """Le contenu d'un classeur, dans l'ordre du modèle ; une feuille absente n'y est pas.

    Rien n'est masqué : à faire par qui publie.
    """
    donnees: dict[str, Any] = {}
    for feuille in modele.a_lire:
        if feuille.id in registre.feuilles:
            lignes = [_ligne(ligne, feuille) for ligne in registre.lignes(feuille.id)]
            est_fiche = feuille.forme is Forme.FICHE
            donnees[feuille.id] = next(iter(lignes), {}) if est_fiche else lignes
    return donnees


def _ligne(ligne: Ligne, feuille: Feuille) -> dict[str, Any]:
    donnees = {
        colonne.id: _valeur(ligne.valeurs[colonne.id])
        for colonne in feuille.saisies
        if colonne.id in ligne.valeurs
    }
    propres = {entete: _valeur(valeur) for entete, valeur in ligne.propres.items()}
    return {**donnees, PROPRES: propres} if propres else donnees


def _valeur(valeur: Valeur) -> Any:
    match valeur:
        case Illisible(brut=brut):
            return brut
        case tuple():
            return list(valeur)
        case date():
            return valeur.isoformat()
        case float() if valeur.is_integer():
            return int(valeur)
        case _:
            return valeur


def distinguer_propres(lue: FeuilleLue, feuille: Feuille) -> FeuilleLue:
    """La feuille, l'en-tête de chaque colonne propre devenu court et différent de tous les autres.

    Une table le veut ainsi ; aucune colonne ne s'y perd, même vide.
    """
    entetes = _distinguer(chain(lue.propres, *(ligne.propres for ligne in lue.lignes)), feuille)
    lignes = (
        replace(ligne, propres={entetes[nom]: valeur for nom, valeur in ligne.propres.items()})
        for ligne in lue.lignes
    )
    rangs = enumerate(entetes.values(), len(feuille.colonnes) + 1)
    return replace(lue, lignes=tuple(lignes), propres={entete: rang for rang, entete in rangs})


def _distinguer(noms: Iterable[str], feuille: Feuille) -> dict[str, str]:
    libelles = {cle_large(colonne.libelle) for colonne in feuille.colonnes}
    portes: dict[str, str] = {}
    pris: set[str] = set()
    for nom in dict.fromkeys(noms):
        souche = normaliser(en_clair(nom))[:_ENTETE_MAX].strip() or "Colonne"
        essais = chain((souche,), (f"{souche} ({rang})" for rang in count(2)))
        portes[nom] = next(
            e for e in essais if e.casefold() not in pris and cle_large(e) not in libelles
        )
        pris.add(portes[nom].casefold())
    return portes
