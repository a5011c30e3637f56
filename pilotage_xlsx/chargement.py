"""Charger un modèle : un dossier de fichiers TOML → un `Modele` figé, ou `ModeleInvalide`.

Chaque faute nomme le fichier, la feuille ou la liste, et la clé, pour qui adapte le modèle.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from pilotage_xlsx.coherence import incoherences
from pilotage_xlsx.condition import Condition, lire_condition, traduire
from pilotage_xlsx.identite import Identite, Note
from pilotage_xlsx.modele import Colonne, Feuille, Modele
from pilotage_xlsx.touche import superposer
from pilotage_xlsx.vocabulaire import Liste

T = TypeVar("T")


class ModeleInvalide(Exception):
    """Un fichier du modèle est fautif ; le message nomme le fichier, la feuille et la clé."""


def dossier_livre(nom: str) -> Path:
    """Un dossier de données livré : à côté du paquet dans la roue, à la racine dans les sources."""
    paquet = Path(__file__).resolve().parent
    livre = paquet / nom
    return livre if livre.is_dir() else paquet.parent / nom


def charger(dossier: Path | None = None) -> Modele:
    """Charge un modèle (``communal`` par défaut) ; `ModeleInvalide` dit toutes ses fautes."""
    fichiers = _rassembler(dossier or dossier_livre("modeles") / "communal")
    identite = _decoder(fichiers, "modele.toml", Identite)
    listes = {
        nom: _convertir(fichiers["listes.toml"].chemin, donnee, Liste, nom)
        for nom, donnee in _trouver(fichiers, "listes.toml").donnee.items()
    }
    feuilles = {
        nom: _resoudre(_decoder(fichiers, f"feuilles/{nom}.toml", Feuille), listes)
        for nom in (*identite.feuilles, *filter(None, [identite.acceptations]))
    }
    modele = Modele(
        identite=identite,
        listes=listes,
        note=_decoder(fichiers, "note.toml", Note),
        feuilles=tuple(feuilles[nom] for nom in identite.feuilles),
        acceptations=feuilles[identite.acceptations] if identite.acceptations else None,
    )
    if fautes := [_situer(fichiers, faute) for faute in incoherences(modele)]:
        raise ModeleInvalide("\n".join(fautes))
    return modele


class Fichier(NamedTuple):
    """Un fichier du modèle : celui que nomme une faute, et son contenu décodé du TOML."""

    chemin: Path
    donnee: Any


def _rassembler(dossier: Path) -> Mapping[str, Fichier]:
    """Les fichiers d'un modèle par nom ; ceux d'une touche, posés sur ceux de sa base."""
    siens = {nom: _lire(dossier / nom) for nom in _noms(dossier)}
    if "modele.toml" not in siens:
        _lire(dossier / "modele.toml")
    base = siens["modele.toml"].donnee.get("base")
    if base is None:
        return siens
    de_base = _rassembler(_base(siens["modele.toml"].chemin, base))
    touches = {
        nom: Fichier(sien.chemin, superposer(de_base[nom].donnee, sien.donnee))
        for nom, sien in siens.items()
        if nom in de_base
    }
    return {**de_base, **siens, **touches}


def _noms(dossier: Path) -> Iterator[str]:
    for chemin in (*sorted(dossier.glob("*.toml")), *sorted(dossier.glob("feuilles/*.toml"))):
        yield chemin.relative_to(dossier).as_posix()


def _base(fichier: Path, nom: Any) -> Path:
    """Le dossier d'un modèle livré ; une touche ne se pose pas sur une autre touche."""
    livres = {
        chemin.parent.name: chemin.parent
        for chemin in dossier_livre("modeles").glob("*/modele.toml")
    }
    if not isinstance(nom, str) or nom not in livres or livres[nom] == fichier.parent:
        permis = ", ".join(f"« {livre} »" for livre in sorted(livres))
        raise ModeleInvalide(f"{fichier} : base : un modèle livré ({permis}), lu : {nom!r}.")
    return livres[nom]


def _resoudre(feuille: Feuille, listes: Mapping[str, Liste]) -> Feuille:
    """La feuille dont les conditions et les valeurs tacites sont des libellés."""

    def libelles(identifiant: str, nom: str) -> tuple[str, ...]:
        colonne = feuille.par_id.get(identifiant)
        liste = listes.get(colonne.liste or "") if colonne else None
        mots = (*(liste.mots if liste else ()), *(colonne.mots if colonne else ()))
        return tuple(mot.libelle for mot in mots if mot.repond_a(nom))

    def resoudre_une(colonne: Colonne) -> Colonne:
        vide, condition = colonne.si_vide, colonne.obligatoire_si
        return replace(
            colonne,
            si_vide=next(iter(libelles(colonne.id, vide)), vide) if vide else None,
            obligatoire_si=traduire(condition, libelles) if condition else None,
        )

    hors = feuille.hors_vigueur
    return replace(
        feuille,
        colonnes=tuple(map(resoudre_une, feuille.colonnes)),
        hors_vigueur=traduire(hors, libelles) if hors else None,
    )


def _situer(fichiers: Mapping[str, Fichier], faute: str) -> str:
    """La faute « fichier : clé : … », le fichier nommé avec son dossier."""
    nom, _, suite = faute.partition(" : ")
    return f"{fichiers[nom].chemin} : {suite}" if nom in fichiers else faute


def _lire(chemin: Path) -> Fichier:
    try:
        return Fichier(chemin, tomllib.loads(chemin.read_text("utf-8")))
    except OSError:
        raise ModeleInvalide(f"{chemin} : ce fichier du modèle manque ou ne se lit pas.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as faute:
        raise ModeleInvalide(f"{chemin} : le TOML est mal formé ({faute}).") from None


def _trouver(fichiers: Mapping[str, Fichier], nom: str) -> Fichier:
    if nom not in fichiers:
        dossier = fichiers["modele.toml"].chemin.parent
        raise ModeleInvalide(f"{dossier / nom} : ce fichier du modèle manque ou ne se lit pas.")
    return fichiers[nom]


def _decoder(fichiers: Mapping[str, Fichier], nom: str, genre: type[T]) -> T:
    chemin, donnee = _trouver(fichiers, nom)
    return _convertir(chemin, donnee, genre)


def _convertir(chemin: Path, donnee: Any, genre: type[T], dans: str = "") -> T:
    """La donnée typée ; ``dans`` dit de quelle liste elle est, si ce n'est pas tout le fichier."""
    try:
        return msgspec.convert(donnee, genre, dec_hook=_decoder_condition)
    except msgspec.ValidationError as faute:
        ou = f"{dans} " if dans else ""
        raise ModeleInvalide(f"{chemin} : {ou}{_en_francais(str(faute), donnee)}") from None


def _decoder_condition(genre: type, donnee: Any) -> Any:
    if genre is Condition:
        return lire_condition(donnee)
    raise NotImplementedError(genre)


_FAUTES = (
    (r"Object missing required field `(.+?)`", r"la clé « \1 » manque"),
    (r"Object contains unknown field `(.+?)`", r"la clé « \1 » est inconnue"),
    (r"Invalid enum value '(.+?)'", r"la valeur « \1 » n'est pas admise"),
    (r"Expected `(.+?)`, got `(.+?)`", r"attendu : \1, lu : \2"),
)


def _en_francais(faute: str, donnee: Any) -> str:
    """La faute de msgspec, avec l'identifiant de la colonne plutôt que son rang."""
    message, _, chemin = faute.partition(" - at `")
    for anglais, francais in _FAUTES:
        message = re.sub(anglais, francais, message)
    return f"{_nommer(chemin.rstrip('`'), donnee)} : {message}."


def _nommer(chemin: str, donnee: Any) -> str:
    noms = []
    for cle, rang in re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", chemin.removeprefix("$")):
        donnee = _descendre(donnee, cle or rang)
        identifiant = donnee.get("id") if isinstance(donnee, dict) else None
        noms.append(cle or (f"« {identifiant} »" if identifiant else f"n° {rang}"))
    return " ".join(noms) or "fichier"


def _descendre(donnee: Any, pas: str) -> Any:
    match donnee:
        case dict():
            return donnee.get(pas)
        case list() if pas.isdigit() and int(pas) < len(donnee):
            return donnee[int(pas)]
        case _:
            return None
