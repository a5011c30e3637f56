"""Deux formes disent-elles la même entreprise ? Une confiance de 0 à 1, et la raison en mots.

Réunir à tort deux entreprises est pire qu'en laisser une en deux : ce qui pourrait être un autre
nom (« Dupont » et « Dupond », « Alpha Conseil » et « Alpha Réseaux ») n'est au plus que proposé.

>>> from pilotage_xlsx.metier.regroupement.formes import former
>>> juger(former("Alpha Informatique SA"), former("alpha informatik"))
Verdict(confiance=0.98, raison='même nom, écrit autrement')
>>> juger(former("Alpha Conseil"), former("Alpha Réseaux")) == AUCUN
True
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from pilotage_xlsx.metier.regroupement.formes import FormeDeNom
from pilotage_xlsx.metier.regroupement.lieux import est_propre
from pilotage_xlsx.metier.regroupement.vocabulaire import MOTS_DE_METIER
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM

CERTAINE = 0.9
"""Dès cette confiance, deux noms sont réunis d'office."""

SANS_CHAINE = 0.95
"""En dessous, deux noms ne sont réunis que si tous ceux qu'ils amènent se ressemblent."""

PROPOSABLE = 0.7
"""Dès celle-ci, la réunion est proposée."""

_RANGS_DU_CLAVIER = ("qwertzuiop", "asdfghjkl", "yxcvbnm", "iy", "ck", "sz", "uv", "ea")
_VOISINES = frozenset(frozenset(paire) for rang in _RANGS_DU_CLAVIER for paire in pairwise(rang))
"""Des lettres qui se touchent sur le clavier suisse, ou que l'oreille confond."""
_DOUBLES = motif(r"(.)\1+")
_TREMAS = motif(r"(?<=[aou])e")


class Verdict(NamedTuple):
    """La confiance que deux noms désignent la même entreprise, et pourquoi."""

    confiance: float
    raison: str


AUCUN = Verdict(0.0, "")


def juger(une: FormeDeNom, autre: FormeDeNom) -> Verdict:
    """La meilleure raison de réunir deux formes ; `AUCUN` s'il n'y en a pas."""
    if not une.mots or not autre.mots or une.chiffres != autre.chiffres:
        return AUCUN
    if (exact := _juger_l_exact(une, autre)) is not AUCUN:
        return exact
    if max(len(une.compacte), len(autre.compacte)) > LONGUEUR_D_UN_NOM:
        return AUCUN
    jugements = (
        _juger_les_mots(une, autre),
        _juger_le_sigle(une, autre),
        _juger_le_reste(une, autre),
    )
    return max(jugements, key=lambda jugement: jugement.confiance)


def _juger_l_exact(une: FormeDeNom, autre: FormeDeNom) -> Verdict:
    if une.compacte == autre.compacte:
        if une.lieu != autre.lieu:
            return Verdict(0.94, "même nom, un lieu en plus")
        return Verdict(0.98, "même nom, écrit autrement")
    if sorted(une.mots) == sorted(autre.mots) and une.propres:
        return Verdict(0.95, "mêmes mots dans un autre ordre")
    return AUCUN


def _juger_les_mots(une: FormeDeNom, autre: FormeDeNom) -> Verdict:
    """Autant de mots, presque tous égaux : une abréviation, ou une faute de frappe."""
    if len(une.mots) != len(autre.mots):
        return AUCUN
    differents = [
        rang for rang, (un, deux) in enumerate(zip(une.mots, autre.mots, strict=True)) if un != deux
    ]
    paires = [(une.mots[rang], autre.mots[rang]) for rang in differents]
    communs = [mot for rang, mot in enumerate(une.mots) if rang not in differents]
    abreges = une.abreges | autre.abreges
    autrement = [
        paire for paire in paires if not _est_dit(min(paire, key=len), max(paire, key=len), abreges)
    ]
    est_commune = any(map(est_propre, communs)) or not communs
    if len(paires) > 2 or (len(autrement) > 1 and not est_commune):
        return AUCUN
    jugements = [
        Verdict(0.93, "un pluriel")
        if rang and _est_un_pluriel(*paire)
        else _juger_le_mot(*paire, abreges, est_entoure=len(communs) > 1)
        for rang, paire in zip(differents, paires, strict=True)
    ]
    pire = min(jugements, key=lambda jugement: jugement.confiance)
    est_abrege = len(communs) > 1 and all(abreges & {un, deux} for un, deux in paires)
    est_porte = any(map(est_propre, communs)) or all(est_propre(un) for un, _ in paires)
    est_porte = est_porte or est_abrege
    return pire if est_porte else Verdict(min(pire.confiance, 0.8), pire.raison)


def _est_un_pluriel(un: str, deux: str) -> bool:
    court, long = sorted((un, deux), key=len)
    return len(court) > 3 and long == f"{court}s"


def _juger_le_mot(un: str, deux: str, abreges: frozenset[str], *, est_entoure: bool) -> Verdict:
    court, long = sorted((un, deux), key=len)
    if un in MOTS_DE_METIER and deux in MOTS_DE_METIER:
        return AUCUN
    if _est_un_debut(court, long):
        return Verdict(0.92 if _est_dit(court, long, abreges) else 0.72, "un mot abrégé")
    if court in abreges and court[0] == long[0] and _est_contenu(court, long):
        return Verdict(0.75, "un mot abrégé")
    return _juger_la_faute(un, deux, est_entoure=est_entoure)


def _est_un_debut(court: str, long: str) -> bool:
    return long.startswith(court) and len(court) >= 2 and len(long) - len(court) >= 2


def _est_dit(court: str, long: str, abreges: frozenset[str]) -> bool:
    """Vrai si l'abréviation se voit : un point, ou le début d'un mot de métier."""
    est_clair = court in abreges or (long in MOTS_DE_METIER and len(court) >= 3)
    return est_clair and _est_un_debut(court, long)


def _est_contenu(court: str, long: str) -> bool:
    """Vrai si les lettres de l'abréviation se suivent dans le mot : « bq » et « banque »."""
    lettres = iter(long)
    return all(lettre in lettres for lettre in court)


def _juger_la_faute(un: str, deux: str, *, est_entoure: bool) -> Verdict:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 — chargé pour plusieurs classeurs seulement

    distance, longueur = OSA.distance(un, deux), max(len(un), len(deux))
    if _TREMAS.sub("", un) == _TREMAS.sub("", deux):
        return Verdict(0.93, "même nom, tréma écrit autrement")
    if (un in MOTS_DE_METIER) != (deux in MOTS_DE_METIER):
        est_faute = distance == 1 or (distance == 2 and longueur >= 8)
        return Verdict(0.93, "une faute de frappe") if est_faute and longueur >= 5 else AUCUN
    if distance == 1 and _est_une_coquille(un, deux, est_entoure=est_entoure):
        return Verdict(0.91, "une faute de frappe")
    if distance <= (2 if longueur >= 8 else 1) and longueur >= 4:
        return Verdict(0.75, "à une lettre près, peut-être deux entreprises")
    return AUCUN


def _est_une_coquille(un: str, deux: str, *, est_entoure: bool) -> bool:
    """Vrai si l'écart a la forme d'une faute de frappe, loin des bords du mot.

    ``est_entoure`` : d'autres mots, égaux, disent déjà que c'est la même entreprise.
    """
    longueur, assez = max(len(un), len(deux)), 6 if est_entoure else 8
    if un[0] != deux[0]:
        return False
    if sorted(un) == sorted(deux):
        return longueur >= 5
    if _DOUBLES.sub(r"\1", un) == _DOUBLES.sub(r"\1", deux):
        return longueur >= 6
    if un[-1] != deux[-1]:
        return False
    if len(un) != len(deux):
        return longueur >= assez
    (paire,) = [frozenset((a, b)) for a, b in zip(un, deux, strict=True) if a != b]
    return longueur >= assez and paire in _VOISINES


def _juger_le_sigle(une: FormeDeNom, autre: FormeDeNom) -> Verdict:
    for courte, longue in ((une, autre), (autre, une)):
        if len(courte.mots) != 1 or len(longue.mots) < 2:
            continue
        mot = courte.mots[0]
        if mot == longue.sigle:
            return Verdict(0.95, "le sigle, donné entre parenthèses")
        if len(longue.mots) >= 3 and mot == longue.initiales:
            return Verdict(0.9 if len(mot) >= 4 else 0.8, "les initiales")
    return AUCUN


def _juger_le_reste(une: FormeDeNom, autre: FormeDeNom) -> Verdict:
    mots, autres = set(une.mots), set(autre.mots)
    en_trop = mots ^ autres
    if (mots < autres or autres < mots) and (mots & autres) & {*une.propres}:
        if not any(map(est_propre, en_trop)):
            return Verdict(0.75, "un mot de métier ou un lieu en plus")
        return Verdict(0.7, "un mot en plus")
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415

    proximite = ratio(une.compacte, autre.compacte) / 100
    est_proche = proximite >= 0.88 and min(len(une.compacte), len(autre.compacte)) >= 6
    a_deux_metiers = {m for m in en_trop if m in MOTS_DE_METIER and len(m) > 3}
    if est_proche and not (a_deux_metiers & mots and a_deux_metiers & autres):
        return Verdict(min(0.8, round(proximite * 0.85, 2)), "des noms voisins")
    return AUCUN
