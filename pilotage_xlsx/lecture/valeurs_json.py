"""D'une valeur JSON à la cellule, ou à la valeur libre, que le registre en garde.

Ce qu'un classeur ne peut pas porter (un signe de commande, la fin d'un texte trop long) est ôté
ici, et nulle part ensuite : `fidelite` compare ce qui reste à ce qui fut donné, et le dit.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from pilotage_xlsx.modele import SEPARATEUR, Colonne, Genre
from pilotage_xlsx.registre import Cellule, NatureDeCellule, Valeur
from pilotage_xlsx.socle.confidentiel import est_un_numero_avs
from pilotage_xlsx.socle.dates import depuis_toute_serie, vers_serie
from pilotage_xlsx.socle.json_exact import CHIFFRES_EXACTS, NombreLong
from pilotage_xlsx.socle.longueur import couper
from pilotage_xlsx.socle.textes import TexteSaisi, en_clair

_DATES = frozenset({Genre.DATE, Genre.DATE_HEURE})
_NOMBRES = _DATES | {Genre.ENTIER, Genre.MONTANT}
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")


class ValeurInattendue(Exception):
    """Une valeur JSON qui n'est ni un texte, ni un nombre, ni rien."""


def en_cellule(donnee: Any, colonne: Colonne) -> Cellule | None:
    """La valeur JSON comme si elle venait d'un tableur ; « =A1 » est un texte."""
    match _sans_arrondi(donnee):
        case None:
            return None
        case bool() if colonne.genre is Genre.LISTE:
            return Cellule(NatureDeCellule.TEXTE, TexteSaisi("Oui" if donnee else "Non"))
        case bool():
            return Cellule(NatureDeCellule.BOOLEEN, TexteSaisi(str(int(donnee))))
        case NombreLong() as ecrit:
            nature = NatureDeCellule.NOMBRE if colonne.genre in _NOMBRES else NatureDeCellule.TEXTE
            return Cellule(nature, net(ecrit))
        case int() | float():
            return Cellule(NatureDeCellule.NOMBRE, TexteSaisi(repr(donnee)))
        case str() if colonne.genre in _DATES and date_iso(donnee):
            return Cellule(NatureDeCellule.DATE, TexteSaisi(donnee))
        case str():
            return Cellule(NatureDeCellule.TEXTE, net(donnee))
        case list() if colonne.plusieurs and all(isinstance(nom, str) for nom in donnee):
            return Cellule(NatureDeCellule.TEXTE, net(f"{SEPARATEUR} ".join(donnee)))
    raise ValeurInattendue


def valeur_libre(donnee: Any) -> Valeur:
    """La valeur d'une colonne propre à la commune, telle qu'elle se relira."""
    match _sans_arrondi(donnee):
        case bool():
            return TexteSaisi("VRAI" if donnee else "FAUX")
        case NombreLong() as ecrit:
            return TexteSaisi(ecrit)
        case int() if est_un_numero_avs(str(donnee)):
            return TexteSaisi(str(donnee))
        case int() | float():
            return donnee  # type: ignore[no-any-return]
        case str():
            jour = date_iso(donnee)
            est_ecrivable = jour is not None and depuis_toute_serie(vers_serie(jour)) is not None
            return jour if jour and est_ecrivable else TexteSaisi(net(donnee).strip())
    raise ValeurInattendue


def net(texte: str) -> TexteSaisi:
    """Le texte qu'une cellule peut tenir."""
    return TexteSaisi(couper(en_clair(texte)))


def date_iso(texte: str) -> date | datetime | None:
    """La date ISO 8601 que le texte est en entier, avec son heure s'il en dit une autre que 0 h."""
    if not _ISO.fullmatch(texte):
        return None
    try:
        instant = datetime.fromisoformat(texte)
    except ValueError:
        return None
    return instant if instant.time() != time.min else instant.date()


def _sans_arrondi(donnee: Any) -> Any:
    """Un entier qui vient de Python, de trop de chiffres, devient le nombre long qu'il est."""
    est_long = type(donnee) is int and abs(donnee) >= 10**CHIFFRES_EXACTS
    return NombreLong(donnee) if est_long else donnee
