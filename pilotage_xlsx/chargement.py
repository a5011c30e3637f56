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
    dossier = dossier or dossier_livre("modeles") / "communal"
    identite = _decoder(dossier / "modele.toml", Identite)
    modele = Modele(
        identite=identite,
        listes=_decoder(dossier / "listes.toml", dict[str, Liste]),
        note=_decoder(dossier / "note.toml", Note),
        feuilles=tuple(_charger_feuille(dossier, nom) for nom in identite.feuilles),
        acceptations=(
            _charger_feuille(dossier, identite.acceptations) if identite.acceptations else None
        ),
    )
    if fautes := [f"{dossier.name}/{faute}" for faute in incoherences(modele)]:
        raise ModeleInvalide("\n".join(fautes))
    return modele


def _charger_feuille(dossier: Path, nom: str) -> Feuille:
    return _decoder(dossier / "feuilles" / f"{nom}.toml", Feuille)


def _decoder(fichier: Path, genre: type[T]) -> T:
    try:
        donnee = tomllib.loads(fichier.read_text("utf-8"))
        return msgspec.convert(donnee, genre, dec_hook=_decoder_condition)
    except OSError:
        raise ModeleInvalide(f"{fichier} : ce fichier du modèle manque ou ne se lit pas.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as faute:
        raise ModeleInvalide(f"{fichier} : le TOML est mal formé ({faute}).") from None
    except msgspec.ValidationError as faute:
        raise ModeleInvalide(f"{fichier} : {_en_francais(str(faute), donnee)}") from None


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
