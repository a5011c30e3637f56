"""La page construite, dans de vrais navigateurs ; s'il manque un outil, l'essai se passe et le dit.

Un Chromium, un Firefox et leurs pages servent à tous les essais : en ouvrir une coûte des secondes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outils.navigateur.chantier import DIST, Chantier
from outils.navigateur.pieces import PieceRefusee
from outils.navigateur.produits import AVEC_PDF, SEULE
from tests.navigateur import chromium as le_chromium
from tests.navigateur import firefox as le_firefox
from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.gestes import dater, ouvrir

NAVIGATEURS = ("chromium", "firefox")


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


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """Un Chromium pour tous les essais."""
    if le_chromium.trouver() is None:
        pytest.skip("Chromium n'est pas installé.")
    with le_chromium.lancer(tmp_path_factory.mktemp("chromium")) as lance:
        yield lance


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Un Firefox pour tous les essais."""
    if le_firefox.trouver() is None:
        pytest.skip("Firefox n'est pas installé.")
    with le_firefox.lancer(tmp_path_factory.mktemp("firefox")) as lance:
        yield lance


@pytest.fixture(scope="session", params=NAVIGATEURS)
def navigateur(request: pytest.FixtureRequest) -> Any:
    """L'un, puis l'autre."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def page_pdf(dist: Path, navigateur: Any) -> Any:
    """La page qui porte le moteur des PDF, dans l'un puis l'autre."""
    return _ouvrir(navigateur, dist / AVEC_PDF)


@pytest.fixture(scope="session")
def page(dist: Path, chromium: Chromium) -> Page:
    """La page sans le moteur des PDF, dans Chromium."""
    ouverte: Page = _ouvrir(chromium, dist / SEULE)
    return ouverte


def _ouvrir(navigateur: Any, produit: Path) -> Any:
    ouverte = ouvrir(navigateur, produit.as_uri())
    dater(ouverte)
    return ouverte
