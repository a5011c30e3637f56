"""Les règles de `regles/`, découvertes, et groupées par ce que chacune regarde."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.evolution import Evolution
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.verification import regles
from pilotage_xlsx.verification.acceptations import Acceptes
from pilotage_xlsx.verification.regle import Fait, FicheDeRegle, Regle, S, exposer
from pilotage_xlsx.verification.regles.fic import FICHES


def _decouvrir() -> Iterator[Regle[Any]]:
    """Les règles que définit le fichier de chaque famille, par code."""
    for famille in regles.FAMILLES:
        module = import_module(f"{regles.__name__}.{famille.lower()}")
        trouvees = (objet for objet in vars(module).values() if isinstance(objet, Regle))
        yield from sorted(trouvees, key=lambda regle: regle.fiche.code)


def _qui_regardent(sujet: type[S]) -> tuple[Regle[S], ...]:
    return tuple(regle for regle in _REGLES if regle.sujet == sujet.__name__)


_REGLES = tuple(_decouvrir())

PAR_CLASSEUR = _qui_regardent(Liens)
"""Ce qui se juge dans un classeur seul."""

DES_ACCEPTATIONS = _qui_regardent(Acceptes)
"""Ce qui se juge des constats que la commune accepte."""

D_ENSEMBLE = _qui_regardent(Ensemble)
"""Ce qui se juge entre plusieurs classeurs reçus ensemble."""

D_EVOLUTION = _qui_regardent(Evolution)
"""Ce qui se juge entre deux années d'une même commune."""

QUI_REPARENT = tuple(regle.repare for regle in _REGLES if regle.repare is not None)
"""Les réparations des règles qui en ont une."""


def fiches() -> Iterator[FicheDeRegle]:
    """Toutes les fiches à montrer, refus de lire compris, dans l'ordre des familles."""
    yield from FICHES
    yield from (exposer(regle.fiche) for regle in _REGLES)


def fonctions() -> Mapping[str, Callable[..., Iterator[Fait]]]:
    """La fonction de chaque règle, par code."""
    return {regle.fiche.code: regle.fonction for regle in _REGLES}


def fiche(code: str) -> FicheDeRegle | None:
    """La fiche d'un code, majuscules ou non ; rien s'il est inconnu."""
    return next((une for une in fiches() if une.code == code.strip().upper()), None)
