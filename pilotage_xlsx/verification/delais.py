"""Compter entre deux dates sans rien inventer : à l'heure si elles en ont une, sinon au jour.

Une date à venir est déjà fautive (INC-010) : elle ne sert à aucun autre compte.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from math import inf

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.socle.dates import Jour, le_jour


def jour_passe(liens: Liens, ligne: Ligne, colonne: str) -> Jour | None:
    """La date de la cellule, si elle est lisible et n'est pas à venir."""
    jour = ligne.jour(colonne)
    return jour if jour is not None and le_jour(jour) <= liens.au else None


def limite(liens: Liens, seuil: str) -> float:
    """Le seuil de la commune ; infini s'il est illisible, pour qu'aucune règle n'en parte."""
    est_illisible = isinstance(liens.registre.commune[seuil], Illisible)
    return inf if est_illisible else liens.etat.seuil(seuil)


def jours_entre(liens: Liens, ligne: Ligne, debut: str, fin: str) -> int | None:
    """Les jours d'une date à l'autre sur la ligne ; rien si l'une manque."""
    un, autre = jour_passe(liens, ligne, debut), jour_passe(liens, ligne, fin)
    return None if un is None or autre is None else (le_jour(autre) - le_jour(un)).days


def depasse(debut: Jour, fin: Jour, heures: int) -> bool:
    """Vrai si plus de ``heures`` ont passé à coup sûr ; sans heure, des jours entiers."""
    if isinstance(debut, datetime) and isinstance(fin, datetime):
        return fin - debut > timedelta(hours=heures)
    return (le_jour(fin) - le_jour(debut)).days * 24 > heures


def depasse_au(debut: Jour, liens: Liens, heures: int) -> bool:
    """Comme `depasse`, jusqu'à 0 h du jour du contrôle : plutôt tard que faux."""
    return depasse(debut, datetime.combine(liens.au, time()), heures)
