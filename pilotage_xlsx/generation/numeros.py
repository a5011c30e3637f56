"""Les numéros des registres : « I-2026-004 », l'année de la ligne puis son rang dans l'année."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import normaliser

DANS_L_ANNEE = 1_000_000
"""Un numéro se compare par son année × `DANS_L_ANNEE`, plus son rang."""

_CHIFFRES = 3


def annee_du_numero(feuille: Feuille, ligne: Ligne) -> int | None:
    """L'année que porte le numéro d'une ligne ; rien si la feuille ou la ligne n'en a pas."""
    trouve = _decomposer(feuille, ligne)
    return None if trouve is None else trouve[0]


def prochain_numero(feuille: Feuille, lignes: Iterable[Ligne], annee: int) -> str:
    """Le premier numéro de l'année au-dessus de tous ceux qui ont servi."""
    return composer(feuille, annee, derniers_rangs(feuille, lignes).get(annee, 0) + 1)


def derniers_rangs(feuille: Feuille, lignes: Iterable[Ligne]) -> dict[int, int]:
    """Par année, le plus haut rang qui a servi."""
    rangs: dict[int, int] = {}
    for trouve in filter(None, (_decomposer(feuille, ligne) for ligne in lignes)):
        rangs[trouve[0]] = max(rangs.get(trouve[0], 0), trouve[1])
    return rangs


def composer(feuille: Feuille, annee: int, rang: int) -> str:
    """« D-2026-004 », pour 2026 et 4."""
    return f"{feuille.prefixe}-{annee}-{rang:0{_CHIFFRES}}"


def en_nombre(feuille: Feuille, ligne: Ligne) -> int | None:
    """Le numéro d'une ligne, année × `DANS_L_ANNEE` + rang ; rien si elle n'en a pas."""
    trouve = _decomposer(feuille, ligne)
    return None if trouve is None else trouve[0] * DANS_L_ANNEE + trouve[1]


def _decomposer(feuille: Feuille, ligne: Ligne) -> tuple[int, int] | None:
    numero = normaliser(ligne.texte(feuille.cle or "") or "")
    trouve = re.fullmatch(rf"{feuille.prefixe}-(\d{{4}})-0*(\d{{1,6}})", numero, re.I | re.A)
    return (int(trouve[1]), int(trouve[2])) if trouve else None
