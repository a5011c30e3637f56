r"""Compter entre deux dates sans rien inventer : à l'heure si elles en ont une, sinon au jour.

La date à venir d'un fait passé est déjà fautive (INC-010, CEL-022) : elle ne sert à aucun autre
compte. Ce qu'une date dit d'un fait est dans le modèle : ``passe_si``, ``suppose``, ``apres``.

>>> from tests.metier.tables import lier
>>> liens = lier("outils | nom | en_service_depuis | echeance\n | GED | 02.03.2020 | 31.12.2099")
>>> (outil,) = liens.outils
>>> [str(jour_passe(liens, outil, colonne)) for colonne in ("en_service_depuis", "echeance")]
['2020-03-02', 'None']
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from pilotage_xlsx.metier.etat import est_vraie
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Colonne, Feuille
from pilotage_xlsx.modele.condition import Condition
from pilotage_xlsx.modele.vocabulaire import Aveu
from pilotage_xlsx.registre import Emplacement, Illisible, Ligne
from pilotage_xlsx.socle.dates import Jour, le_jour

SEUILS_DE_DECISION = ("seuil_alerte_contrat", "seuil_preparation")
"""Ce qui fixe, ensemble, ce qui est proche : un seul illisible, et rien ne l'est à coup sûr."""


def jour_passe(liens: Liens, ligne: Ligne, colonne: str) -> Jour | None:
    """La date de la cellule, si elle est lisible et n'est pas à venir."""
    jour = ligne.jour(colonne)
    return jour if jour is not None and le_jour(jour) <= liens.au else None


def faits_a_venir(liens: Liens, feuille: Feuille) -> Iterator[tuple[Ligne, Colonne]]:
    """Les cellules d'une feuille qui datent un fait passé d'un jour à venir."""
    for colonne in feuille.saisies:
        if colonne.passe_si:
            for ligne in liens.etat.tenues(feuille.id):
                jour = ligne.date(colonne.id)
                if jour and jour > liens.au and est_vraie(colonne.passe_si, ligne):
                    yield ligne, colonne


def dates_contredites(liens: Liens, feuille: Feuille) -> Iterator[tuple[Ligne, Colonne, Condition]]:
    """Les dates passées dont la ligne dit, ailleurs, le contraire de ce qu'elles supposent."""
    for colonne in feuille.saisies:
        if (suppose := colonne.suppose) is None:
            continue
        for ligne in liens.etat.tenues(feuille.id):
            est_passee = jour_passe(liens, ligne, colonne.id) is not None
            if est_passee and not est_vraie(suppose, ligne) and _se_lit(liens, suppose, ligne):
                yield ligne, colonne, suppose


def _se_lit(liens: Liens, condition: Condition, ligne: Ligne) -> bool:
    """Vrai si aucune cellule fautive ou absente ne fait seule dire faux à la condition."""
    colonnes = {essai.colonne for essai in condition.essais()}
    return not any(
        not ligne.lieu.a(colonne)
        or isinstance(ligne[colonne], Aveu)
        or liens.etat.est_fautive(ligne, colonne)
        for colonne in colonnes
    )


def champs_illisibles(liens: Liens, *champs: str) -> tuple[Emplacement, ...]:
    """Ce que la commune a écrit dans sa fiche sans qu'on le lise : ce qui en dépend attend.

    D'un seuil, `Etat.seuil` donne jusque-là celui du modèle.
    """
    commune = liens.registre.commune
    return tuple(
        commune.emplacement(champ) for champ in champs if isinstance(commune[champ], Illisible)
    )


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


def est_tardif(liens: Liens, ligne: Ligne, colonne: str) -> bool:
    """Vrai si la date de la cellule vient après le constat de plus que les heures du modèle."""
    heures = liens.modele.identite.seuils.annonce_heures
    constat, jour = (jour_passe(liens, ligne, nom) for nom in ("constate_le", colonne))
    return constat is not None and jour is not None and depasse(constat, jour, heures)
