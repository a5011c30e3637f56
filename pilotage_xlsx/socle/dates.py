"""Une date telle qu'on la tape : numéro de série du tableur, ISO, JJ.MM.AAAA ou « 12 mars 2026 ».

Une date d'avant 1970 ou d'après 2199 n'est pas une date de pilotage numérique : « 2026 » tapé dans
une cellule de date devient le 18 juillet 1905, « 12.03 » le 12 janvier 1900 (mesuré).

>>> depuis_texte("1er mars 2026"), depuis_texte("12.3.26")
(datetime.date(2026, 3, 1), datetime.date(2026, 3, 12))
>>> depuis_serie(46093.5), depuis_serie(2026)
(datetime.datetime(2026, 3, 12, 12, 0), None)
>>> depuis_texte("mars 2026"), depuis_texte("31.02.2026")
(None, None)

Source : ECMA-376, première partie, § 18.17.4 (numéros de série) et § 18.8.30 (formats de nombre).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import LONGUEUR_D_UNE_DATE, Texte, cle_large, normaliser

Jour = date | datetime
"""Un `datetime` si l'heure est connue, sinon une `date`."""

ORIGINE_1900 = datetime(1899, 12, 30)
ORIGINE_1904 = datetime(1904, 1, 1)
_PREMIERE_ANNEE, _DERNIERE_ANNEE = 1970, 2199
PREMIERE_SERIE = (datetime(_PREMIERE_ANNEE, 1, 1) - ORIGINE_1900).days
SERIE_SUIVANTE = (datetime(_DERNIERE_ANNEE + 1, 1, 1) - ORIGINE_1900).days
"""Les numéros de série vraisemblables : de l'une, comprise, à l'autre, exclue."""
_PREMIERE_SERIE, _FIN_DES_SERIES = 61, 2_900_000

_MOIS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars", "mar"),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_NUMERO_DU_MOIS = {nom: rang for rang, noms in enumerate(_MOIS, 1) for nom in noms}

_MINUTES = r"[:h](?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?"
_HEURE = rf"(?:(?:[ ,]*(?:[àa] ?)?|T)(?P<h>\d{{1,2}})(?:{_MINUTES}|h)Z?)?"
_FORMES = tuple(
    motif(forme + _HEURE, re.IGNORECASE)
    for forme in (
        r"(?P<j>\d{1,2})[./\-](?P<m>\d{1,2})[./\-](?P<a>\d{4}|\d{2})",
        r"(?P<a>\d{4})[./\-](?P<m>\d{1,2})[./\-](?P<j>\d{1,2})",
        r"(?P<a>(?:19|20|21)\d{2})(?P<m>\d{2})(?P<j>\d{2})",
        r"(?:[a-z]+\.? )?(?P<j>\d{1,2})(?:er)? (?P<nom>[a-zûé]+)\.? (?P<a>\d{4})",
    )
)

_FORMATS_DE_DATE = frozenset(
    map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
)
_LITTERAL = motif(r'"[^"]*"?|\\.|[_*].')
_CROCHETS = motif(r"\[(?!(?:h+|m+|s+)\])[^\[\]]*\]", re.IGNORECASE)
_SIGNE_DE_DATE = motif(r"[dmyhs]", re.IGNORECASE)


def est_une_serie(nombre: float) -> bool:
    """Vrai si le nombre peut être un numéro de série, et non « 20260312 » tapé tel quel."""
    return 0 <= nombre < 200_000


def depuis_serie(serie: float, origine: datetime = ORIGINE_1900) -> Jour | None:
    """La date d'un numéro de série (jours depuis ``origine``), ou rien s'il est invraisemblable.

    La fraction est l'heure, à la seconde ; sans fraction, l'heure est inconnue.
    """
    if not est_une_serie(serie):
        return _depuis_chiffres(serie)
    instant = origine + timedelta(seconds=round(serie * 86_400))
    return _vraisemblable(instant if serie % 1 else instant.date())


def depuis_toute_serie(serie: float, origine: datetime = ORIGINE_1900) -> Jour | None:
    """La date d'un numéro de série quelle qu'en soit l'année : une naissance, un bail.

    Rien avant le 1er mars 1900, où les tableurs ne s'accordent pas, ni pour une heure seule.
    """
    if not _PREMIERE_SERIE <= serie < _FIN_DES_SERIES:
        return None
    instant = origine + timedelta(seconds=round(serie * 86_400))
    return instant if serie % 1 else instant.date()


def depuis_texte(texte: Texte) -> Jour | None:
    """La date qu'un texte écrit sans équivoque, ou rien : « mars 2026 » n'a pas de jour."""
    net = normaliser(texte)
    if len(net) > LONGUEUR_D_UNE_DATE:
        return None
    for forme in _FORMES:
        if trouve := forme.fullmatch(net):
            return _assembler(trouve.groupdict())
    return None


def _depuis_chiffres(serie: float) -> Jour | None:
    """« 20260312 » tapé dans une cellule de date est un nombre, hors de toute série."""
    return depuis_texte(str(int(serie))) if serie > 0 and float(serie).is_integer() else None


def _assembler(parties: dict[str, str | None]) -> Jour | None:
    nom = parties.get("nom")
    mois = _NUMERO_DU_MOIS.get(cle_large(nom), 0) if nom else int(parties["m"] or 0)
    ecrite = parties["a"] or ""
    annee = int(ecrite) + (2000 if len(ecrite) == 2 else 0)
    try:
        jour = date(annee, mois, int(parties["j"] or 0))
        if parties["h"] is None:
            return _vraisemblable(jour)
        heure, minute, seconde = (int(parties[partie] or 0) for partie in ("h", "min", "s"))
        return _vraisemblable(datetime(jour.year, jour.month, jour.day, heure, minute, seconde))
    except ValueError:
        return None


def _vraisemblable(jour: Jour) -> Jour | None:
    return jour if _PREMIERE_ANNEE <= jour.year <= _DERNIERE_ANNEE else None


def vers_serie(jour: Jour) -> float:
    """Le numéro de série du tableur (système 1900) d'une date, avec l'heure si elle en a une."""
    instant = jour if isinstance(jour, datetime) else datetime(jour.year, jour.month, jour.day)
    return (instant - ORIGINE_1900) / timedelta(days=1)


def le_jour(jour: Jour) -> date:
    """La date sans son heure."""
    return jour.date() if isinstance(jour, datetime) else jour


def est_avant(un: Jour, autre: Jour) -> bool:
    """Vrai si ``un`` précède ``autre`` ; à l'heure si les deux en portent une, sinon au jour."""
    if isinstance(un, datetime) and isinstance(autre, datetime):
        return un < autre
    return le_jour(un) < le_jour(autre)


def ajouter_mois(jour: date, mois: int) -> date:
    """La date ``mois`` plus tard (ou plus tôt), ramenée à la fin du mois, comme EDATE."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, mois_final = divmod(rang, 12)
    _, fin = monthrange(annee, mois_final + 1)
    return date(annee, mois_final + 1, min(jour.day, fin))


def montre_une_date(numero: str, code: str | None) -> bool:
    """Vrai si un format de nombre (numéro, et code s'il en a un) montre un jour ou une heure."""
    return numero in _FORMATS_DE_DATE if code is None else est_format_de_date(code)


def est_format_de_date(code: str) -> bool:
    """Vrai si ce code de format montre un jour ou une heure (« [$-100C]dd.mm.yyyy »)."""
    positif = _LITTERAL.sub("", code).partition(";")[0]
    return _SIGNE_DE_DATE.search(_CROCHETS.sub("", positif)) is not None
