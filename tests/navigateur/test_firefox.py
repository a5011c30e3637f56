"""Dans Firefox aussi : la même page, les mêmes octets, et rien ne sort."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outils.navigateur import guichet
from tests.navigateur import firefox as le_firefox
from tests.navigateur.espion import epier
from tests.navigateur.gestes import (
    EXEMPLES,
    LE_JOUR,
    controler,
    dater,
    demander,
    enregistrer,
    prets,
    refus,
)

pytestmark = pytest.mark.xdist_group("navigateur")
ESSARTS = "les-essarts-2026-libreoffice.xlsx"


@pytest.fixture(scope="module")
def page(dist: Path) -> Iterator[Any]:
    """La page sans le moteur des PDF, dans un Firefox."""
    if le_firefox.trouver() is None:
        pytest.skip("Firefox n'est pas installé.")
    with tempfile.TemporaryDirectory() as dossier, le_firefox.lancer(Path(dossier)) as firefox:
        firefox.dire("WebDriver:Navigate", url=(dist / "pilotage.html").as_uri())
        firefox.attendre("document.body && document.body.dataset.pret")
        dater(firefox)
        yield firefox


@pytest.mark.parametrize("geste", ["annoter", "corriger", "rapport"])
def test_un_geste_rend_les_memes_fichiers(page: Any, geste: str) -> None:
    controler(page, EXEMPLES / ESSARTS)
    reponses = {"annee": "2026"} if geste == "rapport" else {}
    demander(page, geste, **reponses)
    assert refus(page) == ""
    classeurs = [(ESSARTS, (EXEMPLES / ESSARTS).read_bytes())]
    instant = f"{LE_JOUR}T12:00:00+01:00"
    attendus = guichet.jouer(geste, classeurs, reponses, LE_JOUR, instant)["fichiers"]
    rendus = enregistrer(page, prets(page)[: len(attendus)])
    assert rendus.keys() == attendus.keys()
    for nom, octets in rendus.items():
        if not nom.endswith(".xlsx"):
            assert octets == attendus[nom], nom
        assert abs(len(octets) - len(attendus[nom])) < len(octets) // 20


def test_un_fichier_abime_se_dit_et_la_page_vit(page: Any, tmp_path: Path) -> None:
    (tmp_path / "lettre.xlsx").write_bytes(b"Madame, Monsieur,")
    controler(page, tmp_path / "lettre.xlsx")
    assert "pas lu" in page.evaluer("document.getElementById('page').srcdoc")
    controler(page, EXEMPLES / ESSARTS)


def test_rien_ne_sort(page: Any, tmp_path: Path) -> None:
    with epier(tmp_path) as espion:
        for porte in (
            f"fetch('{espion.adresse}/a', {{mode: 'no-cors'}}).then(() => 1, () => 0)",
            f"navigator.sendBeacon('{espion.adresse}/b', 'x') && 0",
            f"new Image().src = '{espion.adresse}/c'",
        ):
            page.evaluer(porte)
        page.evaluer("new Promise((o) => setTimeout(o, 500))")
        assert espion.demandes == []
