"""La forme d'une raison sociale : ce qui en reste quand on oublie ce qui s'écrit de dix façons.

Casse, accents, ponctuation, forme juridique, « et » ou « & », succursale : « ALPHA Informatique
S.A., succursale de Bulle » et « Alpha informatique » ont la même forme.

>>> former("ALPHA Informatique S.A., succursale de Bulle").mots
('alpha', 'informatique')
>>> former("Services industriels de Lausanne (SIL)").sigle, former("!").mots
('sil', ())
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pilotage_xlsx.metier.regroupement.lieux import (
    Decoupe,
    Situe,
    decouper,
    est_propre,
    est_un_lieu,
    situer,
)
from pilotage_xlsx.metier.regroupement.vocabulaire import (
    ABREVIATIONS,
    FORMES_JURIDIQUES,
    LIEUX,
    MOTS_DE_METIER,
    MOTS_OUTILS,
    SYNONYMES,
)
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM, Texte, cle, retenir

_SARL = motif(r"\bs\.? ?(?:a|à)\.? ?r\.? ?l\b\.?", re.IGNORECASE)
_LONGUES = (
    (motif(r"\bsoci[eé]t[eé] anonyme\b", re.IGNORECASE), "sa"),
    (motif(r"\bsoci[eé]t[eé] (?:à|a) responsabilit[eé] limit[eé]e\b", re.IGNORECASE), "sarl"),
    (motif(r"\b(?:soci[eé]t[eé] )?(?:en )?nom collectif\b", re.IGNORECASE), "snc"),
    (motif(r"\b(?:soci[eé]t[eé]|st[eé]) coop[eé]rative\b", re.IGNORECASE), "scoop"),
    (motif(r"\b(?:raison|entreprise) individuelle\b", re.IGNORECASE), "ri"),
    (motif(r"\baktiengesellschaft\b", re.IGNORECASE), "ag"),
)
_SIGLE = motif(r"\b(?:\w\.){2,}(?:\w\b)?")
_NOMBRE = motif(r"\d+")
_MOT = motif(r"[^\W_]+\.?")
_SITE = motif(r"\bwww\.|(?<=\w)\.(?:ch|com|net|swiss|example)\b")
_SIGLE_MAX = 6
_MOTS_D_UN_SIGLE = 3


class FormeDeNom(NamedTuple):
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
    def chiffres(self) -> tuple[str, ...]:
        """Les nombres du nom, triés : « Fiduciaire 2000 » n'est jamais « Fiduciaire 3000 »."""
        return tuple(sorted(_NOMBRE.findall(" ".join(self.mots))))

    @property
    def initiales(self) -> str:
        """La première lettre de chaque mot : « SIL » pour les Services industriels de Lausanne."""
        return "".join(mot[0] for mot in self.mots)


@retenir(50_000)
def former(nom: Texte) -> FormeDeNom:
    """La forme d'un nom ; aucun mot s'il n'a ni lettre ni chiffre, un seul s'il est trop long."""
    texte = cle(nom)
    if len(texte) > LONGUEUR_D_UN_NOM:
        return FormeDeNom((texte,))
    texte = _SITE.sub("", texte)
    for longue, court in _LONGUES:
        texte = longue.sub(court, texte)
    texte = _SARL.sub(" sarl ", texte)
    texte = _SIGLE.sub(lambda trouve: f" {trouve[0].replace('.', '')} ", texte)
    decoupe = decouper(texte)
    bruts, (situe, sigle) = _MOT.findall(texte), _assembler(decoupe)
    abreges = {_simplifier(brut) for brut in bruts if brut.endswith(".")}
    utiles = [mot for mot in situe.mots if mot not in MOTS_OUTILS]
    mots = tuple(mot for mot in utiles if mot not in FORMES_JURIDIQUES) or tuple(utiles)
    mots, abrege = _separer_le_sigle(mots)
    return FormeDeNom(mots, frozenset(abreges & set(mots)), situe.lieu, sigle or abrege)


def _separer_le_sigle(mots: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Le sigle écrit à côté du nom en entier n'en est pas un mot : « … de Bulle SIB »."""
    for reste, bout in ((mots[:-1], mots[-1:]), (mots[1:], mots[:1])):
        if len(reste) >= _MOTS_D_UN_SIGLE and bout[0] == "".join(mot[0] for mot in reste):
            return reste, bout[0]
    return mots, ""


def _assembler(decoupe: Decoupe) -> tuple[Situe, str]:
    """Le nom et ce qui y est ajouté, sauf les lieux ; et le sigle entre parenthèses."""
    mots, sigle, lieu = _decomposer(decoupe.nom), "", ""
    a_une_forme = bool(set(mots) & FORMES_JURIDIQUES)
    suffit = any(map(est_propre, mots)) and (a_une_forme or len(mots) > 1)
    for contenu in decoupe.parentheses:
        ajout = _decomposer(contenu)
        est_court = len(ajout) == 1 and len(ajout[0]) <= _SIGLE_MAX
        if set(ajout) <= FORMES_JURIDIQUES:
            continue
        if est_court and ajout[0] not in LIEUX:
            sigle = ajout[0]
        elif est_un_lieu(ajout, apres_une_forme=False) and (suffit or ajout == ["suisse"]):
            lieu = " ".join(ajout)
        else:
            mots += ajout
    suite = _decomposer(decoupe.suite)
    if suite and suffit and est_un_lieu(suite, apres_une_forme=mots[-1] in FORMES_JURIDIQUES):
        lieu = " ".join(suite)
    else:
        mots += suite
    situe = situer(mots)
    return Situe(situe.mots, situe.lieu or lieu), sigle


def _decomposer(texte: str) -> list[str]:
    return [mot for brut in _MOT.findall(texte) if (mot := _simplifier(brut))]


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
    singulier = SYNONYMES.get(mot[:-1], mot[:-1]) if mot.endswith("s") else mot
    return singulier if singulier in MOTS_DE_METIER else mot
