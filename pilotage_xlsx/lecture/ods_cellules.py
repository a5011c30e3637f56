"""D'une cellule OpenDocument à une `Cellule`, la même que le classeur .xlsx aurait donnée.

Une date y est écrite en clair : elle redevient le numéro de série que le tableur enregistrerait en
.xlsx, pour que la suite (genres, contrôles, texte affiché) soit exactement la même.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from pilotage_xlsx.lecture.chaines import en_cellule
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.textes import TexteSaisi

_ESPACE = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TABLE, TEXTE = (f"{_ESPACE}:{quoi}:1.0|" for quoi in ("office", "table", "text"))
_LIBREOFFICE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0|"

FORMULE = f"{TABLE}formula"
_TYPE, _TYPE_PRECIS = f"{OFFICE}value-type", f"{_LIBREOFFICE}value-type"
_NOMBRES = frozenset({"float", "percentage", "currency"})

_ERREUR = re.compile(r"#(?:N/A|[A-Z][A-Z/0]* ?[?!])|Err ?:\d{3}")
_DUREE = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?", re.ASCII)


def faire_cellule(attributs: Mapping[str, str], texte: str) -> Cellule | None:
    """La cellule d'après ses attributs et le texte qu'elle montre ; rien si elle est vide."""
    type_ = attributs.get(_TYPE)
    if type_ in _NOMBRES:
        nombre = attributs.get(f"{OFFICE}value", "").strip()
        return en_cellule(NatureDeCellule.NOMBRE, nombre) if nombre else None
    if type_ == "date":
        return _dater(attributs.get(f"{OFFICE}date-value", ""))
    if type_ == "time":
        return _chronometrer(attributs.get(f"{OFFICE}time-value", ""))
    if type_ == "boolean":
        est_vrai = attributs.get(f"{OFFICE}boolean-value") == "true"
        return en_cellule(NatureDeCellule.BOOLEEN, str(int(est_vrai)))
    return _lire_texte(attributs, attributs.get(f"{OFFICE}string-value") or texte)


def _lire_texte(attributs: Mapping[str, str], texte: str) -> Cellule | None:
    """Un texte ; Excel n'y distingue une erreur que par ce qu'elle montre."""
    formule = attributs.get(FORMULE)
    if attributs.get(_TYPE_PRECIS) == "error" or (formule and _ERREUR.fullmatch(texte)):
        return en_cellule(NatureDeCellule.ERREUR, texte or "#VALUE!")
    if texte:
        return en_cellule(NatureDeCellule.TEXTE, texte)
    if formule is not None and _TYPE not in attributs:
        return en_cellule(NatureDeCellule.FORMULE, formule)
    return None


def _dater(iso: str) -> Cellule | None:
    try:
        serie = vers_serie(datetime.fromisoformat(iso).replace(tzinfo=None))
    except ValueError:
        return en_cellule(NatureDeCellule.DATE, iso) if iso else None
    return _en_serie(serie)


def _chronometrer(iso: str) -> Cellule | None:
    """Une heure « PT14H30M00S » est une fraction de jour ; sinon elle reste un texte."""
    trouvee = _DUREE.fullmatch(iso)
    if trouvee is None:
        return en_cellule(NatureDeCellule.TEXTE, iso) if iso else None
    signe, *parts = trouvee.groups(default="0")
    jours, heures, minutes, secondes = (float(part.replace(",", ".")[:15]) for part in parts)
    duree = jours + heures / 24 + minutes / 1440 + secondes / 86_400
    return _en_serie(-duree if signe == "-" else duree)


def _en_serie(serie: float) -> Cellule:
    texte = str(int(serie)) if serie.is_integer() else repr(serie)
    return Cellule(NatureDeCellule.NOMBRE, TexteSaisi(texte), True)
