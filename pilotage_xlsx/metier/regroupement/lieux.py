"""Le lieu d'une raison sociale : « Alpha SA, succursale de Bulle » est « Alpha SA ».

« Services industriels de Lausanne », « Pharmacie de Bulle » : là, le lieu est le nom. Il ne s'ôte
que s'il est ajouté (virgule, tiret, parenthèse, forme juridique avant lui, « succursale ») et qu'il
reste un mot qui distingue.

>>> decouper("alpha sa, bulle")
Decoupe(nom='alpha sa', parentheses=(), suite='bulle')
>>> situer(["alpha", "sa", "succursale", "bulle"]), situer(["pharmacie", "de", "bulle"]).lieu
(Situe(mots=['alpha', 'sa'], lieu='bulle'), '')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pilotage_xlsx.metier.regroupement.vocabulaire import (
    FORMES_JURIDIQUES,
    LIEUX,
    MOTS_DE_METIER,
    MOTS_OUTILS,
    SUCCURSALE,
)
from pilotage_xlsx.socle.motifs import motif

_PARENTHESE = motif(r"\(([^()]*)\)")
_AJOUT = motif(r" ?, ?| [-–—/|·] ")
_PAYS = {"suisse"}
_PREPOSITIONS = {"de", "du", "des", "d", "a", "au", "aux", "en"}


class Decoupe(NamedTuple):
    """Le nom lui-même, et ce qui y est ajouté : entre parenthèses, puis après une virgule."""

    nom: str
    parentheses: tuple[str, ...]
    suite: str


class Situe(NamedTuple):
    """Les mots du nom, le lieu ôté s'il y en a un."""

    mots: list[str]
    lieu: str = ""


def est_propre(mot: str) -> bool:
    """Vrai si le mot distingue une entreprise d'une autre."""
    return (
        len(mot) > 1
        and mot not in MOTS_DE_METIER
        and mot not in LIEUX
        and mot not in MOTS_OUTILS
        and mot not in FORMES_JURIDIQUES
    )


def decouper(texte: str) -> Decoupe:
    """Sépare le nom de ce qui y est ajouté."""
    nom = _PARENTHESE.sub(" ", texte)
    debut, *suites = _AJOUT.split(" ".join(nom.split()))
    if not debut:
        return Decoupe(nom, (), "")
    return Decoupe(debut, tuple(_PARENTHESE.findall(texte)), " ".join(suites))


def est_un_lieu(mots: Sequence[str], *, apres_une_forme: bool) -> bool:
    """Vrai si ce qui est ajouté ne dit que l'endroit ; un mot inconnu en est un après « SA, »."""
    utiles = [mot for mot in mots if mot not in MOTS_OUTILS]
    if not utiles or utiles[0] in LIEUX | SUCCURSALE:
        return bool(utiles)
    est_simple = len(utiles) <= 3 and all(mot.isalpha() and len(mot) > 2 for mot in utiles)
    return apres_une_forme and est_simple and not set(utiles) & MOTS_DE_METIER


def situer(mots: Sequence[str]) -> Situe:
    """Ôte le lieu écrit à la suite du nom, sans ponctuation."""
    for rang, mot in enumerate(mots):
        if rang and est_une_annonce(mots, rang) and any(map(est_propre, mots[:rang])):
            return Situe(list(mots[:rang]), " ".join(mots[rang + 1 :]) or mot)
    for rang, mot in enumerate(mots):
        if rang and mot in LIEUX and _est_ajoute(mots, rang):
            suite = [m for m in mots[rang + 1 :] if m in FORMES_JURIDIQUES]
            return Situe([*mots[:rang], *suite], mot)
    return Situe(list(mots))


def est_une_annonce(mots: Sequence[str], rang: int) -> bool:
    """Vrai si le mot annonce une succursale ; un « bureau » n'en est une que suivi d'un lieu."""
    mot = mots[rang]
    return mot in SUCCURSALE and (mot != "bureau" or bool(set(mots[rang + 1 :]) & LIEUX))


def _est_ajoute(mots: Sequence[str], rang: int) -> bool:
    """Vrai si le lieu ne fait pas partie du nom, et que rien d'autre qu'une forme ne le suit."""
    avant, apres = mots[:rang], mots[rang + 1 :]
    if avant[-1] in _PREPOSITIONS or any(map(est_propre, apres)):
        return False
    if set(apres) & MOTS_DE_METIER or not any(map(est_propre, avant)):
        return False
    a_sa_forme = avant[-1] in FORMES_JURIDIQUES
    utiles = [mot for mot in avant if mot not in MOTS_OUTILS]
    return a_sa_forme or mots[rang] in _PAYS or (len(utiles) > 1 and utiles[-1] in MOTS_DE_METIER)
