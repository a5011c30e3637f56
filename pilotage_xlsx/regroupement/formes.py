"""La forme d'une raison sociale : ce qui en reste quand on oublie ce qui s'écrit de dix façons.

Casse, accents, ponctuation, forme juridique, « et » ou « & », succursale : « ALPHA Informatique
S.A., succursale de Bulle » et « Alpha informatique » ont la même forme.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from pilotage_xlsx.regroupement.vocabulaire import (
    ABREVIATIONS,
    FORMES_JURIDIQUES,
    LIEUX,
    MOTS_DE_METIER,
    MOTS_OUTILS,
    SUCCURSALE,
    SYNONYMES,
)
from pilotage_xlsx.textes import cle

_SARL = re.compile(r"\bs\.? ?(?:a|à)\.? ?r\.? ?l\b\.?", re.IGNORECASE)
_LONGUES = (
    (re.compile(r"\bsoci[eé]t[eé] anonyme\b", re.IGNORECASE), "sa"),
    (re.compile(r"\bsoci[eé]t[eé] (?:à|a) responsabilit[eé] limit[eé]e\b", re.IGNORECASE), "sarl"),
    (re.compile(r"\b(?:en )?nom collectif\b", re.IGNORECASE), "snc"),
    (re.compile(r"\baktiengesellschaft\b", re.IGNORECASE), "ag"),
)
_SIGLE = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
_MOT = re.compile(r"[^\W_]+\.?")
_PARENTHESE = re.compile(r"\(([^()]*)\)")


class Forme(NamedTuple):
    """Les mots qui comptent, dans l'ordre ; ceux qu'un point abrège ; le lieu laissé de côté.

    ``sigle`` : l'abréviation donnée entre parenthèses, « (SIL) ».
    """

    mots: tuple[str, ...]
    abreges: frozenset[str] = frozenset()
    lieu: str = ""
    sigle: str = ""

    @property
    def compacte(self) -> str:
        """Les mots collés : « Info-Tech » = « InfoTech »."""
        return "".join(self.mots)

    @property
    def propres(self) -> tuple[str, ...]:
        """Les mots qui distinguent : ni de métier, ni abrégés d'un mot de métier, ni lieux."""
        return tuple(mot for mot in self.mots if est_propre(mot))

    @property
    def initiales(self) -> str:
        """La première lettre de chaque mot : « SIL » pour les Services industriels de Lausanne."""
        return "".join(mot[0] for mot in self.mots)


def est_propre(mot: str) -> bool:
    """Vrai si le mot distingue une entreprise d'une autre."""
    return len(mot) > 1 and mot not in MOTS_DE_METIER and mot not in LIEUX


@lru_cache(maxsize=50_000)
def former(nom: str) -> Forme:
    """La forme d'un nom ; aucun mot si le nom n'a ni lettre ni chiffre."""
    texte, sigle, entre = _sans_parentheses(cle(nom))
    for motif, court in _LONGUES:
        texte = motif.sub(court, texte)
    texte = _SARL.sub(" sarl ", texte)
    texte = _SIGLE.sub(lambda trouve: f" {trouve[0].replace('.', '')} ", texte)
    bruts = _MOT.findall(texte)
    simples = [_simplifier(brut) for brut in bruts]
    abreges = frozenset(
        s for s, brut in zip(simples, bruts, strict=True) if brut.endswith(".") and len(s) > 1
    )
    utiles = [mot for mot in simples if mot and mot not in MOTS_OUTILS]
    mots, lieu = _sans_lieu(utiles, entre)
    retenus = tuple(mot for mot in mots if mot not in FORMES_JURIDIQUES) or tuple(mots)
    return Forme(retenus, abreges & set(retenus), lieu, sigle)


def _sans_parentheses(texte: str) -> tuple[str, str, list[str]]:
    """Le texte, le sigle entre parenthèses, et les mots entre parenthèses qui sont un lieu."""
    sigle, lieux = "", list[str]()
    for contenu in _PARENTHESE.findall(texte):
        mots = [_simplifier(mot) for mot in _MOT.findall(contenu)]
        if len(mots) == 1 and 2 <= len(mots[0]) <= 6 and mots[0] not in LIEUX:
            sigle = mots[0]
        elif all(mot in LIEUX | SUCCURSALE | MOTS_OUTILS for mot in mots):
            lieux += mots
        else:
            return texte, "", []
    return _PARENTHESE.sub(" ", texte), sigle, lieux


def _simplifier(brut: str) -> str:
    mot = brut.rstrip(".")
    if mot in ABREVIATIONS:
        return ABREVIATIONS[mot]
    mot = "".join(
        signe for signe in unicodedata.normalize("NFKD", mot) if not unicodedata.combining(signe)
    )
    if mot in ABREVIATIONS:
        return ABREVIATIONS[mot]
    mot = SYNONYMES.get(mot, mot)
    singulier = mot[:-1] if len(mot) > 4 and mot.endswith("s") else mot
    return SYNONYMES.get(singulier, singulier)


def _sans_lieu(mots: list[str], entre: list[str]) -> tuple[list[str], str]:
    """Ôte « succursale de Bulle », ou le lieu final, s'il reste un mot qui distingue."""
    lieu = " ".join(mot for mot in entre if mot in LIEUX)
    for rang, mot in enumerate(mots):
        annonce = mot in SUCCURSALE and (mot != "bureau" or set(mots[rang + 1 :]) & LIEUX)
        if annonce and any(map(est_propre, mots[:rang])):
            return mots[:rang], " ".join(mots[rang + 1 :]) or lieu or mot
    reste = list(mots)
    while len(reste) > 1 and reste[-1] in LIEUX | FORMES_JURIDIQUES:
        if reste[-1] in LIEUX:
            lieu = lieu or reste[-1]
        reste.pop()
    est_sur = any(est_propre(mot) for mot in reste)
    if lieu and not est_sur:
        return [*mots, *(mot for mot in entre if mot in LIEUX)], ""
    return (reste, lieu) if lieu else (list(mots), "")
