"""La bibliothèque : ce qu'un programme Python appelle, ``import pilotage_xlsx as px``.

Un classeur illisible n'est jamais une exception : son registre porte un ``refus``. Toute date
d'« aujourd'hui » est un argument ``au``, celle du poste par défaut.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage_xlsx import lecture, verification
from pilotage_xlsx.gestes.exigences import charger_et_exiger
from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.evolution import Evolution
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre

if TYPE_CHECKING:
    from pilotage_xlsx.consolidation import Consolidation

__all__ = ["comparer", "consolider", "lire", "modele", "verifier"]

Chemin = str | os.PathLike[str]
Classeur = Chemin | Registre
"""Un fichier, ou ce que `lire` en a tiré."""

_modele = lru_cache(maxsize=4)(charger_et_exiger)


def modele(dossier: Chemin | None = None) -> Modele:
    """Le modèle : ses feuilles, ses colonnes, ses listes ; « communal » si rien n'est donné.

    Lève `ModeleInvalide`, qui dit toutes les fautes du dossier.
    """
    return _modele(None if dossier is None else Path(dossier))


def lire(fichier: Chemin, *, modele: Modele | None = None) -> Registre:
    """Le contenu d'un classeur .xlsx, .xlsm ou .ods : chaque valeur avec sa cellule.

    Ne lève rien : ``registre.refus`` dit pourquoi un fichier ne se lit pas.
    """
    return lecture.lire(Path(fichier), modele or _modele())


def verifier(
    classeur: Classeur, *, au: date | None = None, modele: Modele | None = None
) -> tuple[Constat, ...]:
    """Les constats d'un classeur au jour ``au``, les plus graves d'abord."""
    choisi = modele or _modele()
    return verification.verifier(_ouvrir(classeur, choisi), choisi, au or date.today())


def comparer(
    avant: Classeur, apres: Classeur, *, au: date | None = None, modele: Modele | None = None
) -> Evolution:
    """Ce qui change d'un classeur à l'autre, l'ordre redressé d'après leurs années.

    Lève `ValueError` si l'un des deux ne se lit pas.
    """
    from pilotage_xlsx.metier import evolution  # noqa: PLC0415

    choisi, jour = modele or _modele(), au or date.today()
    registres = [_ouvrir(classeur, choisi) for classeur in (avant, apres)]
    for registre in registres:
        if registre.refus is not None:
            raise ValueError(f"{registre.fichier} : {registre.refus}")
    un, autre = (Liens(choisi, registre, jour) for registre in registres)
    return evolution.comparer(*evolution.ordonner(un, autre))


def consolider(
    classeurs: Iterable[Classeur],
    *,
    au: date | None = None,
    annee: int | None = None,
    prefere: Iterable[Chemin] = (),
    correspondances: Mapping[str, str] | None = None,
    modele: Modele | None = None,
) -> Consolidation:
    """Joint des classeurs ; ``.tables`` donne chaque registre en DataFrame, avec sa provenance.

    ``annee`` : la seule année à retenir ; ``prefere`` : ceux à garder si une commune en a deux ;
    ``correspondances`` : nom de prestataire écrit → nom à montrer. Un classeur illisible est dit
    dans ``.provenance``.
    """
    from pilotage_xlsx.commandes.atelier import examiner  # noqa: PLC0415
    from pilotage_xlsx.consolidation import Rayon, assembler  # noqa: PLC0415
    from pilotage_xlsx.gestes.extraction import Extraction  # noqa: PLC0415

    choisi, jour, rayon = modele or _modele(), au or date.today(), Rayon()
    tache = Extraction(choisi, jour, veut_le_json=False)
    tetes, alleges = [], []
    for rang, classeur in enumerate(classeurs):
        if isinstance(classeur, Registre):
            rendu = tache.rendre(classeur)
        else:
            rendu = examiner(Path(classeur), tache)
        rayon.ranger(rang, rendu.parties)
        tetes.append(rendu.tete)
        alleges.append(rendu.allege)
    ensemble = Ensemble(choisi, tuple(alleges), dict(correspondances or {}))
    return assembler(
        tetes,
        rayon,
        choisi,
        jour,
        d_ensemble=verification.verifier_ensemble(ensemble, choisi),
        prestataires=ensemble.prestataires,
        prefere=tuple(map(Path, prefere)),
        annee=annee,
    )


def _ouvrir(classeur: Classeur, choisi: Modele) -> Registre:
    return classeur if isinstance(classeur, Registre) else lire(classeur, modele=choisi)
