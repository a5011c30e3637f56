"""Ce que les essais partagent : une panne imprévue y échoue ; un dossier où quelqu'un travaille."""

from __future__ import annotations

import gc
import signal
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.commandes import panne

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Lancés à l'arrière-plan, les essais naîtraient sourds à Ctrl-C, et leurs commandes avec eux."""


def pytest_collection_finish() -> None:
    """Ce que tous les essais ont chargé vit jusqu'à la fin : le ramasse-miettes n'y revient pas."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """À plusieurs processus, par fichier (`tests/repartition.py`)."""
    from tests.repartition import ParFichier

    config.option.loadscopereorder = False
    return ParFichier(config, log)


@pytest.fixture(autouse=True)
def _relever_les_pannes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jouée dans le processus de l'essai, une commande qui tombe le fait échouer."""

    def relever(imprevu: BaseException, _: str) -> None:
        raise imprevu

    monkeypatch.setattr(panne, "avouer", relever)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Le dossier de quelqu'un : une lettre, un sous-dossier."""
    dossier = tmp_path / "Documents"
    (dossier / "photos").mkdir(parents=True)
    (dossier / "lettre.odt").write_text("Madame")
    (dossier / "photos" / "mairie.jpg").write_text("image")
    return dossier
