"""Des tables courtes : les mêmes formules, moins de lignes, et des essais bien plus rapides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pilotage_xlsx.generation import plan


@contextmanager
def petites_tables(pretes: int = 12, reserve: int = 4, au_dela: int = 4) -> Iterator[None]:
    """Ici, un classeur généré a ``pretes`` lignes prêtes par registre, plutôt que soixante."""
    with pytest.MonkeyPatch.context() as reglages:
        reglages.setattr(plan, "lignes_pretes", lambda _: pretes)
        reglages.setattr(plan, "LIGNES_DE_RESERVE", reserve)
        reglages.setattr(plan, "LIGNES_AU_DELA", au_dela)
        yield
