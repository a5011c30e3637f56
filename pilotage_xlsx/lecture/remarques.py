"""Les remarques de ``generer --depuis`` : ce qui est écrit autrement que reçu, à sa place.

Un JSON se situe par son chemin (``outils[3].nom``), un classeur par sa feuille et sa cellule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pilotage_xlsx.lecture.fidelite import HEURE_PERDUE, TROP_LONG, citer, ecart
from pilotage_xlsx.metier.constats import cellule as adresse
from pilotage_xlsx.metier.executif import mots_propres
from pilotage_xlsx.modele import Feuille, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import MotsPropres
from pilotage_xlsx.registre import (
    Cellule,
    FeuilleLue,
    Illisible,
    Ligne,
    NatureDeCellule,
    Registre,
    Valeur,
)
from pilotage_xlsx.registre.donnees import PROPRES
from pilotage_xlsx.registre.genres import Attente, attendre_tout, lire_nombre
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.textes import cle

REMARQUES_MAX = 1_000
_PLACES_DITES = 10
_CALCULEE = "cette colonne se calcule : la valeur reçue n'est pas écrite"


def borner(remarques: Iterable[str]) -> tuple[str, ...]:
    """Les premières remarques, et le nombre des autres."""
    suite = iter(remarques)
    premieres = tuple(islice(suite, REMARQUES_MAX))
    autres = sum(1 for _ in suite)
    return (*premieres, f"Et {autres} autres remarques du même genre.") if autres else premieres


def remarquer_le_json(
    objets: Mapping[str, Mapping[str, Any]],
    lue: FeuilleLue,
    feuille: Feuille,
    modele: Modele,
    propres: MotsPropres,
) -> Iterator[str]:
    """Une phrase par valeur écrite autrement que dans l'objet (par chemin) d'où vient sa ligne."""
    attentes = attendre_tout(feuille, modele, propres)
    recus = dict.fromkeys(e for objet in objets.values() for e in _propres(objet))
    entetes = dict(zip(recus, lue.propres, strict=True))
    for entete, ecrit in entetes.items():
        if entete != ecrit:
            dite = f"« {citer(entete)} » devient l'en-tête « {citer(ecrit)} »"
            yield f"`{feuille.id}`, colonne propre : {dite}."
    for (chemin, objet), ligne in zip(objets.items(), lue.lignes, strict=True):
        yield from _ecarts_du_json(chemin, objet, ligne, attentes)
        for entete, donne in _propres(objet).items():
            valeur = ligne.propres.get(entetes[entete])
            if dit := ecart(donne, valeur):
                yield f"`{chemin}.{PROPRES}.{citer(entete)}` : {dit}."
    chemins = dict(zip(lue.lignes, objets, strict=True))
    for colonne, ligne, premiere in _doublons(feuille, lue.lignes):
        nom, place = citer(str(ligne[colonne])), f"`{chemins[ligne]}.{colonne}`"
        yield f"{place} : « {nom} » est déjà dans `{chemins[premiere]}`."


def _propres(objet: Mapping[str, Any]) -> dict[str, Any]:
    return {e: v for e, v in (objet.get(PROPRES) or {}).items() if v not in (None, "")}


def _ecarts_du_json(
    chemin: str, objet: Mapping[str, Any], ligne: Ligne, attentes: Mapping[str, Attente]
) -> Iterator[str]:
    for colonne, donne in objet.items():
        if colonne == PROPRES or donne is None:
            continue
        attente = attentes.get(colonne)
        dit = ecart(donne, ligne[colonne], attente) if attente else _CALCULEE
        if dit:
            yield f"`{chemin}.{colonne}` : {dit}."


def _doublons(feuille: Feuille, lignes: Iterable[Ligne]) -> Iterator[tuple[str, Ligne, Ligne]]:
    """Deux lignes du même nom, que rien ne distinguerait : la colonne, la seconde, la première."""
    for colonne in feuille.saisies:
        premieres: dict[str, Ligne] = {}
        for ligne in lignes if colonne.unique else ():
            if nom := ligne.texte(colonne.id):
                premiere = premieres.setdefault(cle(nom), ligne)
                if premiere is not ligne:
                    yield colonne.id, ligne, premiere


def remarquer_les_entetes(ancien: Registre, repris: Registre) -> Iterator[str]:
    """Une phrase par colonne propre que la table du nouveau classeur nomme autrement."""
    for identifiant, lue in ancien.feuilles.items():
        reprise = repris.feuilles.get(identifiant, lue)
        for entete, ecrit in zip(lue.propres, reprise.propres, strict=False):
            if entete != ecrit:
                dite = f"« {citer(entete)} » devient l'en-tête « {citer(ecrit)} »"
                yield f"{lue.lieu.feuille}, colonne {lettres_de(lue.propres[entete])} : {dite}."


def remarquer_le_classeur(registre: Registre, modele: Modele) -> Iterator[str]:
    """Une phrase par cellule reprise autrement que dans le classeur d'où elle vient."""
    propres = mots_propres(modele, registre.commune)
    for identifiant, lue in registre.feuilles.items():
        feuille = modele.par_id[identifiant]
        attentes = attendre_tout(feuille, modele, propres)
        par_dit: dict[str, list[str]] = defaultdict(list)
        for ligne in lue.lignes:
            for colonne, valeur in ligne.valeurs.items():
                dit = _ecart_de_cellule(ligne.cellules.get(colonne), valeur, attentes[colonne])
                if dit:
                    par_dit[dit].append(adresse(ligne.emplacement(colonne)) or "")
        gardees = {ligne.numero for ligne in lue.lignes}
        for lieu, _ in lue.coupees:
            if lue.lieu.cases or lieu.ligne in gardees:
                par_dit[TROP_LONG].append(adresse(lieu) or "")
        for dit, places in par_dit.items():
            yield f"{lue.lieu.feuille}, {_enumerer(places)} : {dit}."
        for colonne, ligne, premiere in _doublons(feuille, lue.lignes):
            places = [adresse(une.emplacement(colonne)) or "" for une in (ligne, premiere)]
            nom = citer(str(ligne[colonne]))
            yield f"{lue.lieu.feuille}, {places[0]} : « {nom} » est déjà en {places[1]}."


def _ecart_de_cellule(cellule: Cellule | None, valeur: Valeur, attente: Attente) -> str | None:
    """Un nombre du tableur se reprend tel quel ; seule son heure peut manquer à un jour."""
    if cellule is None:
        return None
    if cellule.nature is NatureDeCellule.BOOLEEN:
        return ecart(cellule.texte == "1", valeur, attente)
    if cellule.nature is not NatureDeCellule.NOMBRE or isinstance(valeur, Illisible):
        return ecart(cellule.texte, valeur, attente)
    a_une_heure = attente.colonne.genre is Genre.DATE and (lire_nombre(cellule.texte) or 0) % 1
    return HEURE_PERDUE if a_une_heure else None


def _enumerer(places: list[str]) -> str:
    """« B7, B9 », ou les premières puis leur nombre."""
    dites = ", ".join(places[:_PLACES_DITES])
    autres = len(places) - _PLACES_DITES
    return f"{dites} et {autres} autres" if autres > 0 else dites
