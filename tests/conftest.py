"""Ce que tous les essais partagent : une panne imprévue y échoue, au lieu de se dire."""

from __future__ import annotations

import pytest

from pilotage_xlsx.commandes import panne


@pytest.fixture(autouse=True)
def _relever_les_pannes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jouée dans le processus de l'essai, une commande qui tombe le fait échouer."""

    def relever(imprevu: BaseException, _: str) -> None:
        raise imprevu

    monkeypatch.setattr(panne, "avouer", relever)
