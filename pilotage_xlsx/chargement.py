"""Charger un modèle : un dossier de fichiers TOML → un `Modele` figé, ou `ModeleInvalide`.

Chaque faute nomme le fichier, la feuille ou la liste, et la clé, pour qui adapte le modèle.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pilotage_xlsx.coherence import incoherences
from pilotage_xlsx.condition import Condition, lire_condition
from pilotage_xlsx.identite import Identite, Note
from pilotage_xlsx.modele import Feuille, Liste, Modele
from pilotage_xlsx.socle.entree import KIO, Cause, EntreeRefusee, lire

T = TypeVar("T")


_TOTAL_MAX, _POINTS_MAX = 512 * KIO, 2_000
"""Sept fois le modèle communal, en octets pour tous ses fichiers ; et les points d'un fichier, car
chacun de ceux d'une clé ouvre une table dans la précédente."""


class ModeleInvalide(Exception):
    """Un fichier du modèle est fautif ; chaque faute nomme le fichier, la feuille et la clé."""

    def __init__(self, *fautes: str) -> None:
        super().__init__("\n".join(fautes))
        self.fautes = fautes


def dossier_livre(nom: str) -> Path:
    """Un dossier de données livré : à côté du paquet dans la roue, à la racine dans les sources."""
    paquet = Path(__file__).resolve().parent
    livre = paquet / nom
    return livre if livre.is_dir() else paquet.parent / nom


def charger(dossier: Path | None = None) -> Modele:
    """Charge un modèle (``communal`` par défaut) ; `ModeleInvalide` dit toutes ses fautes."""
    source = _Source(dossier or dossier_livre("modeles") / "communal")
    identite = source.decoder("modele.toml", Identite)
    modele = Modele(
        identite=identite,
        listes=source.decoder("listes.toml", dict[str, Liste]),
        note=source.decoder("note.toml", Note),
        feuilles=tuple(source.charger_feuille(nom) for nom in identite.feuilles),
        acceptations=(
            source.charger_feuille(identite.acceptations) if identite.acceptations else None
        ),
    )
    if fautes := [f"{source.dossier.name}/{faute}" for faute in incoherences(modele)]:
        raise ModeleInvalide(*fautes)
    return modele


class _Source:
    """Le dossier d'un modèle ; une seule borne vaut pour tous les fichiers qui s'y lisent."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self._reste = _TOTAL_MAX

    def charger_feuille(self, nom: str) -> Feuille:
        return self.decoder(f"feuilles/{nom}.toml", Feuille)

    def decoder(self, nom: str, genre: type[T]) -> T:
        """Le contenu d'un fichier du modèle ; `ModeleInvalide` s'il manque ou est fautif."""
        fichier = self.dossier / nom
        donnee = _analyser(fichier, self._lire(fichier))
        try:
            return msgspec.convert(donnee, genre, dec_hook=_decoder_condition)
        except msgspec.ValidationError as faute:
            raise ModeleInvalide(f"{fichier} : {_en_francais(str(faute), donnee)}") from None

    def _lire(self, fichier: Path) -> bytes:
        try:
            octets = lire(fichier, self._reste)
        except EntreeRefusee as faute:
            raise ModeleInvalide(_expliquer(fichier, faute)) from None
        self._reste -= len(octets)
        return octets


def _expliquer(fichier: Path, faute: EntreeRefusee) -> str:
    if faute.cause is Cause.DEMESUREE:
        total = _TOTAL_MAX // KIO
        return f"{fichier} : avec ce fichier, le modèle dépasse {total} ko : allégez-le."
    return f"{fichier} : ce fichier du modèle manque ou ne se lit pas."


def _analyser(fichier: Path, octets: bytes) -> dict[str, Any]:
    """Le TOML de ces octets, avec ou sans marque ; `ModeleInvalide` s'il est mal formé."""
    try:
        texte = octets.decode("utf-8-sig")
        if texte.count(".") <= _POINTS_MAX:
            return tomllib.loads(texte)
        faute = f"plus de {_POINTS_MAX} points"
    except UnicodeDecodeError:
        faute = "il n'est pas en UTF-8, enregistrez-le dans cet encodage"
    except RecursionError:
        faute = "trop de crochets ou d'accolades l'un dans l'autre"
    except tomllib.TOMLDecodeError as anglais:
        faute = str(anglais)
    except ValueError:  # un entier de milliers de chiffres, que Python refuse de lire
        faute = "un nombre y est trop long"
    raise ModeleInvalide(f"{fichier} : le TOML est mal formé ({faute}).")


def _decoder_condition(genre: type, donnee: Any) -> Any:
    if genre is Condition:
        return lire_condition(donnee)
    raise NotImplementedError(genre)


_FAUTES = (
    (r"Object missing required field `([^`]+)`", r"la clé « \1 » manque"),
    (r"Object contains unknown field `([^`]+)`", r"la clé « \1 » est inconnue"),
    (r"Invalid enum value '([^']+)'", r"la valeur « \1 » n'est pas admise"),
    (r"Expected `([^`]+)`, got `([^`]+)`", r"attendu : \1, lu : \2"),
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
