"""Les pages : leurs gabarits, déjà traduits, donnent la même que ceux que jinja2 traduit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from outils.construire_pages import GABARITS
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.rapport import calculer, composer
from pilotage_xlsx.rapport.document import Document
from pilotage_xlsx.rapport.rendus import html
from pilotage_xlsx.socle import page
from tests.tableaux import AU, modele, registre


@pytest.fixture(autouse=True)
def relire() -> Iterator[None]:
    """Chaque essai a ses gabarits traduits."""
    page._lire_les_traduits.cache_clear()
    yield
    page._lire_les_traduits.cache_clear()


@pytest.fixture(scope="module")
def rapport() -> Document:
    lu = registre("commune | commune\n | Valmarin")
    return composer(calculer(lu, modele(), annee=AU.year, au=AU, constats=Resume()))


def _interdire(*_: object, **__: object) -> None:
    raise AssertionError("jinja2 traduit un gabarit qui l'est déjà")


def test_les_gabarits_traduits_sont_a_jour() -> None:
    assert page.TRADUITS.read_bytes() == page.traduire(GABARITS)


def test_un_gabarit_livre_ne_se_traduit_plus(
    rapport: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Environment, "compile", _interdire)
    assert b"Valmarin" in html.rendre(rapport)


@pytest.mark.parametrize("contenu", [None, b"{", b'{"version": 0, "gabarits": {}}'])
def test_sans_les_traduits_la_page_est_la_meme(
    contenu: bytes | None, rapport: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    livree = html.rendre(rapport)
    if contenu is not None:
        (tmp_path / "traduits.json").write_bytes(contenu)
    monkeypatch.setattr(page, "TRADUITS", tmp_path / "traduits.json")
    page._lire_les_traduits.cache_clear()
    assert html.rendre(rapport) == livree


def test_un_gabarit_change_n_est_plus_celui_qui_fut_traduit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gabarit = tmp_path / "un.html.j2"
    gabarit.write_text('{{ "écrit" }} {{ mot }}')
    monkeypatch.setattr(page, "TRADUITS", tmp_path / "traduits.json")
    page.TRADUITS.write_bytes(page.traduire([tmp_path]))
    assert page.rendre(tmp_path, gabarit.name, str.upper, mot="dit") == "ÉCRIT DIT"
    gabarit.write_text("{{ mot }} autrement")
    assert page.rendre(tmp_path, gabarit.name, str.upper, mot="dit") == "DIT autrement"
