"""Choisir des lignes et les répartir : ce que les chiffres ont en commun.

>>> from datetime import date
>>> from pilotage_xlsx.registre import Lieu
>>> lieu = Lieu("valmarin.xlsx", "incidents", "Incidents", 5, {})
>>> lignes = [Ligne(lieu, 6, {"date": date(2026, 3, 12)}), Ligne(lieu, 7, {})]
>>> len(de_l_annee(lignes, "date", 2026)), de_l_annee(lignes, "date", None)
(1, ())
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import Part
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne

SANS_REPONSE = "Pas de réponse"


def de_l_annee(lignes: Iterable[Ligne], colonne: str, annee: int | None) -> tuple[Ligne, ...]:
    """Les lignes dont cette date tombe dans l'année ; aucune si l'année est inconnue."""
    return tuple(ligne for ligne in lignes if (jour := ligne.date(colonne)) and jour.year == annee)


def qui_repondent(liens: Liens, lignes: Iterable[Ligne], *marques: Marque) -> tuple[Ligne, ...]:
    """Les lignes qui répondent à l'une de ces marques."""
    return tuple(ligne for ligne in lignes if liens.est(ligne, *marques))


def repartir(
    liens: Liens, lignes: Sequence[Ligne], registre: str, colonne: str
) -> tuple[Part, ...]:
    """Les lignes par réponse, dans l'ordre de la liste du modèle, puis celles qui n'en ont pas de
    lisible ; une part peut être vide."""
    choix = liens.modele.choix(liens.modele.par_id[registre].par_id[colonne])
    muettes = tuple(ligne for ligne in lignes if ligne[colonne] not in choix)
    return (
        *((valeur, tuple(o for o in lignes if o[colonne] == valeur)) for valeur in choix),
        (SANS_REPONSE, muettes),
    )
