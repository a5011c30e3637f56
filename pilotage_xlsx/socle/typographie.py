r"""La typographie suisse romande des textes montrés : espaces fines insécables, milliers, montants.

Au sol. S'applique une fois, là où le texte sort.

>>> montant(48200), montant(1234.5), nombre(1234.5)
("48'200.–", "1'234.50", "1'234.5")
>>> typographier("Prix : CHF 12, à 12:30")
'Prix\u202f: CHF\xa012, à 12:30'
>>> plages([5, 6, 8, 9, 10])
'5, 6, 8 à 10'
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, retenir

FINE = "\u202f"
"""L'espace fine insécable."""

_BLANC = "[ \u00a0\u202f]"
_BLANCS = f"{_BLANC}+"
_A_LIER = motif(rf"(?<=«){_BLANCS}|(?<!{_BLANC}){_BLANCS}(?=[:;!?»])")
_APOSTROPHE = motif(r"(?<=[^\W\d_])'(?=[^\W\d_«])")
_MONNAIE = motif(r"\bCHF (?=\d)")


@retenir(2_000)
def typographier(texte: Texte) -> str:
    """Rend insécables les espaces d'un texte français ; n'en ajoute aucune (12:30 reste 12:30).

    Un rapport redit les mêmes textes dans chacune de ses formes.
    """
    lie = _A_LIER.sub(FINE, texte)
    return _MONNAIE.sub("CHF\u00a0", lie) if "CHF " in lie else lie


def phraser(texte: Texte) -> str:
    """Le même, ses apostrophes courbes : une phrase de la maison, que personne ne tape ni ne lit.

    >>> phraser("L'an d'une ligne, CHF 1'200")
    "L’an d’une ligne, CHF\xa01'200"
    """
    return _APOSTROPHE.sub("’", typographier(texte))


def nombre(valeur: float) -> str:
    """Un nombre avec l'apostrophe des milliers : 48'200, 1'234.5."""
    texte = f"{int(valeur):,}" if float(valeur).is_integer() else f"{valeur:,}"
    return texte.replace(",", "'")


def montant(valeur: float) -> str:
    """Un montant sans la monnaie : 3'600.–, 1'234.50."""
    francs = round(float(valeur), 2)
    if francs.is_integer():
        return f"{nombre(francs)}.–"
    return f"{francs:,.2f}".replace(",", "'")


def jour(valeur: date) -> str:
    """Une date JJ.MM.AAAA, avec son heure si elle en porte une."""
    forme = "%d.%m.%Y %H:%M" if isinstance(valeur, datetime) else "%d.%m.%Y"
    return valeur.strftime(forme)


def paragraphe(numero: str) -> str:
    """Un endroit de la note : « § 3.2 », ou son nom s'il n'a pas de numéro (« objectif »)."""
    return f"§\u00a0{numero}" if numero[:1].isdigit() else numero


def plages(numeros: Sequence[int]) -> str:
    """Des numéros croissants, les suites d'au moins trois abrégées : « 5, 6, 8 à 10 »."""
    suites: list[tuple[int, int]] = []
    for numero in numeros:
        if suites and numero == suites[-1][1] + 1:
            suites[-1] = (suites[-1][0], numero)
        else:
            suites.append((numero, numero))
    return ", ".join(_plage(un, deux) for un, deux in suites)


def _plage(un: int, deux: int) -> str:
    if deux - un < 2:
        return ", ".join(map(str, range(un, deux + 1)))
    return f"{un} à {deux}"
