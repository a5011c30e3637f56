"""La page construite, dans de vrais navigateurs ; s'il manque un outil, l'essai se passe et le dit.

Un Chromium, un Firefox et leurs pages servent à tous les essais : en ouvrir une coûte des secondes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outils.mesures.navigateur import Mesure, ouvrir_en_mesurant
from outils.navigateur.chantier import DIST, Chantier
from outils.navigateur.pieces import PieceRefusee
from outils.navigateur.produits import A_HEBERGER, AVEC_PDF, SEULE
from tests.navigateur import chromium as le_chromium
from tests.navigateur import firefox as le_firefox
from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.espion import Espion, epier
from tests.navigateur.gestes import dater

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
def mesuree(dist: Path, navigateur: Any) -> tuple[Any, Mesure]:
    """La page qui porte le moteur des PDF, dans l'un puis l'autre, et ce qu'elle a coûté."""
    return _ouvrir(navigateur, dist / AVEC_PDF)


@pytest.fixture(scope="session")
def page_pdf(mesuree: tuple[Any, Mesure]) -> Any:
    """La page qui porte le moteur des PDF, dans l'un puis l'autre."""
    return mesuree[0]


@pytest.fixture(scope="session")
def espion(dist: Path) -> Iterator[Espion]:
    """Le serveur à qui rien ne doit parvenir par une porte fermée, même une seconde plus tard."""
    with epier(dist / A_HEBERGER) as lance:
        yield lance
        time.sleep(1)
        assert lance.entendues("fermée") == set()


@pytest.fixture(scope="session")
def legere_mesuree(dist: Path, chromium: Chromium) -> tuple[Page, Mesure]:
    """La page sans le moteur des PDF, dans Chromium, et ce qu'elle a coûté."""
    return _ouvrir(chromium, dist / SEULE)


@pytest.fixture(scope="session")
def page(legere_mesuree: tuple[Page, Mesure]) -> Page:
    """La page sans le moteur des PDF, dans Chromium."""
    return legere_mesuree[0]


def _ouvrir(navigateur: Any, produit: Path) -> tuple[Any, Mesure]:
    ouverte, mesure = ouvrir_en_mesurant(navigateur, produit, patience=2)
    dater(ouverte)
    return ouverte, mesure
