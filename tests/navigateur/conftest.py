"""La page construite, dans un Chromium ; s'il manque un outil, l'essai se passe et le dit."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from outils.navigateur.chantier import DIST, Chantier
from outils.navigateur.pieces import PieceRefusee
from tests.navigateur import chromium as le_chromium
from tests.navigateur.chromium import Chromium


@pytest.fixture(scope="session")
def dist() -> Path:
    """Les produits, à jour ; construits s'il le faut (node, npm, pip, réseau)."""
    if le_chromium.trouver() is None:
        pytest.skip("Chromium n'est pas installé.")
    try:
        Chantier(DIST).construire()
    except PieceRefusee as faute:
        pytest.skip(str(faute))
    return DIST


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """Un Chromium pour tout un fichier d'essais."""
    if le_chromium.trouver() is None:
        pytest.skip("Chromium n'est pas installé.")
    with tempfile.TemporaryDirectory() as dossier, le_chromium.lancer(Path(dossier)) as lance:
        yield lance
