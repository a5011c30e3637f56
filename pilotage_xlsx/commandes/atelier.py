"""L'atelier : examiner beaucoup de classeurs, et rendre dans l'ordre ce qu'une tâche dit de chacun.

Un processus par cœur, et chaque résultat rendu à son tour : la mémoire ne dépend pas du nombre de
classeurs. Un grand se lit seul. Peu de classeurs se lisent sur place.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from pilotage_xlsx.commandes.fichiers import Recensement, dire_les_ecartes
from pilotage_xlsx.commandes.progression import suivre
from pilotage_xlsx.commandes.terminal import dire
from pilotage_xlsx.gestes.porte import dire_les_portes, lire
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.porte import Porte
from pilotage_xlsx.registre import Registre, Sorte
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.paquet import arrete_net
from pilotage_xlsx.socle.systeme import espacer_les_miettes

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pilotage_xlsx.commandes.equipe import Equipe

_SUR_PLACE = 16
"""Jusqu'à ce nombre, démarrer des processus coûte plus que les lire l'un après l'autre."""

_PROCESSUS_MAX = 4
"""Au-delà, l'ensemble ne tient plus dans 200 Mo ; quatre suffisent à un pays en une minute."""

_GRAND = 1 << 20
"""Octets d'un classeur qui peut demander beaucoup de mémoire : il se lit seul."""

_D_AVANCE = 8
"""Classeurs confiés d'avance, par processus : un résultat prêt attend ceux qui le précèdent."""

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class TacheDAtelier(Protocol[R_co]):
    """Ce que chaque processus reçoit une fois : le modèle, et ce qu'il rend d'un classeur."""

    @property
    def modele(self) -> Modele:
        """Le modèle d'après lequel lire."""

    def rendre(self, registre: Registre) -> R_co:
        """Ce qui revient d'un classeur lu, ou refusé. Ne lève rien."""


class Examen(NamedTuple, Generic[R]):
    """Ce que la tâche rend d'un classeur, et le modèle qu'il porte s'il est lu d'après lui.

    D'une de nos sorties que personne n'a nommée, seulement sa sorte.
    """

    rendu: R | Sorte
    porte: Porte | None = None


def examiner_tous(recensement: Recensement, tache: TacheDAtelier[R]) -> Iterator[R]:
    """Ce que la tâche rend de chaque classeur, dans l'ordre.

    Les modèles portés se disent à la fin. Nos propres sorties, trouvées dans un dossier, sont
    laissées de côté et dites ; un dossier qui n'avait rien d'autre s'examine lui-même, pour être
    refusé.
    """
    ecartes: dict[Path, Sorte] = {}
    portes: list[tuple[str, Porte | None]] = []
    examens = suivre(_examiner(recensement, tache), recensement.chemins)
    for chemin, (rendu, porte) in zip(recensement.chemins, examens, strict=True):
        if isinstance(rendu, Sorte):
            ecartes[chemin] = rendu
        else:
            portes.append((nommer_le_fichier(chemin.name), porte))
            yield rendu
    for phrase in dire_les_portes(portes):
        dire(phrase)
    dire_les_ecartes(recensement, ecartes)
    for dossier in recensement.dossiers_vides(ecartes):
        yield examiner(dossier, tache)


def examiner(chemin: Path, tache: TacheDAtelier[R]) -> R:
    """Un classeur lu, et ce que la tâche en rend. Ne lève rien : un refus se rend aussi."""
    try:
        return tache.rendre(_lire(chemin, tache))
    except (MemoryError, RecursionError):
        return _rendre_interrompu(chemin, tache)


def examiner_ou_ecarter(chemin: Path, tache: TacheDAtelier[R], *, est_nomme: bool) -> Examen[R]:
    """`examiner`, sauf une de nos sorties que personne n'a nommée."""
    try:
        registre = _lire(chemin, tache)
        if registre.sorte is not Sorte.DE_COMMUNE and not est_nomme:
            return Examen(registre.sorte)
        return Examen(tache.rendre(registre), registre.porte)
    except (MemoryError, RecursionError):
        return Examen(_rendre_interrompu(chemin, tache))


def _lire(chemin: Path, tache: TacheDAtelier[R]) -> Registre:
    """Un classeur ; un partage, si la tâche n'en demande pas davantage."""
    admis = getattr(tache, "admet_un_partage", False)
    return lire(chemin, tache.modele, est_un_partage_admis=admis)


def _rendre_interrompu(chemin: Path, tache: TacheDAtelier[R]) -> R:
    return tache.rendre(Registre(chemin, refus=arrete_net()))


class _Travail(NamedTuple):
    chemin: Path
    est_nomme: bool


def _examiner(recensement: Recensement, tache: TacheDAtelier[R]) -> Iterator[Examen[R]]:
    travaux = [_Travail(chemin, recensement.nomme(chemin)) for chemin in recensement.chemins]
    if len(travaux) <= _SUR_PLACE:
        return _sur_place(travaux, tache)
    return _en_equipe(travaux, tache)


def _coeurs() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def tenir_pour_acquis() -> None:
    """Ce qui est chargé ne mourra plus : le ramasse-miettes l'oublie, et passe moins souvent."""
    gc.freeze()
    espacer_les_miettes()


def _sur_place(travaux: Iterable[_Travail], tache: TacheDAtelier[R]) -> Iterator[Examen[R]]:
    tenir_pour_acquis()
    for chemin, est_nomme in travaux:
        yield examiner_ou_ecarter(chemin, tache, est_nomme=est_nomme)


def _en_equipe(travaux: Sequence[_Travail], tache: TacheDAtelier[R]) -> Iterator[Examen[R]]:
    from pilotage_xlsx.commandes.equipe import SansOuvrier

    faits = 0
    try:
        for rendu in _par_tailles(travaux, tache):
            faits += 1
            yield rendu
    except SansOuvrier:
        yield from _sur_place(travaux[faits:], tache)


def _par_tailles(travaux: Sequence[_Travail], tache: TacheDAtelier[R]) -> Iterator[Examen[R]]:
    """Les petits par toute une équipe ; les grands, l'un après l'autre, sans personne à côté."""
    from pilotage_xlsx.commandes.equipe import Equipe

    for sont_grands, suite in groupby(travaux, _est_grand):
        semblables = list(suite)
        assez = len(semblables) // _SUR_PLACE + 1
        combien = 1 if sont_grands else min(_coeurs(), _PROCESSUS_MAX, assez)
        with Equipe(tache, combien) as equipe:
            d_avance = 1 if sont_grands else combien * _D_AVANCE
            yield from _dans_l_ordre(equipe, semblables, tache, d_avance)


def _est_grand(travail: _Travail) -> bool:
    try:
        return travail.chemin.stat().st_size > _GRAND
    except (OSError, ValueError):
        return False


def _dans_l_ordre(
    equipe: Equipe, travaux: Sequence[_Travail], tache: TacheDAtelier[R], d_avance: int
) -> Iterator[Examen[R]]:
    from pilotage_xlsx.commandes.equipe import OuvrierMort

    def attendre() -> Examen[R]:
        chemin, a_venir = attendus.popleft()
        try:
            examen: Examen[R] = a_venir.result()
        except OuvrierMort:
            return Examen(_rendre_interrompu(chemin, tache))
        return examen

    attendus: deque[tuple[Path, Future[Any]]] = deque()
    for chemin, est_nomme in travaux:
        attendus.append((chemin, equipe.confier(chemin, est_nomme=est_nomme)))
        if len(attendus) >= d_avance:
            yield attendre()
    while attendus:
        yield attendre()
