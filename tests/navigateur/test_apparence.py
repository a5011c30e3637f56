"""La page vue : axe-core, les largeurs, le clavier, et ce qu'elle coûte."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from outils.mesures.navigateur import BORNES, MEMOIRE_AVEC_PDF, Mesure
from tests.navigateur.chromium import Page
from tests.navigateur.gestes import EXEMPLES, apercevoir, avoir, compter

ESSARTS = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"
_LARGEURS = (1366, 390, 320)
_LISTE = "Logiciel;Fournisseur;Criticité;Truc\nMessagerie;Alpha SA;haute;bleu\n"


@pytest.fixture(scope="module")
def axe() -> str:
    """Le script d'axe-core, là où la porte l'installe."""
    chemin = Path(os.environ.get("VALIDATEURS", "")) / "node_modules/axe-core/axe.min.js"
    if not chemin.is_file():
        pytest.skip("axe-core n'est pas installé (VALIDATEURS).")
    return chemin.read_text("utf-8")


@pytest.mark.parametrize("etape", ["bilan", "corriger", "rapport", "a-propos", "importer"])
def test_axe_ne_trouve_rien_et_rien_ne_deborde(
    page: Page, axe: str, etape: str, tmp_path: Path
) -> None:
    """À chaque étape, de l'écran d'un bureau à celui d'un téléphone."""
    (tmp_path / "liste.csv").write_text(_LISTE)
    avoir(page, tmp_path / "liste.csv" if etape == "importer" else ESSARTS)
    if etape == "a-propos":
        page.evaluer("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    elif etape != "bilan":
        assert apercevoir(page, etape)
    page.evaluer(f"if (!self.axe) {{ {axe} }}")
    for largeur in _LARGEURS:
        page.dimensionner(largeur)
        trouves = page.evaluer(
            "axe.run(document, {iframes: false}).then((r) => r.violations.map((v) => v.id + ' '"
            " + v.nodes[0].html))"
        )
        assert trouves == [], largeur
        assert page.evaluer(_NE_DEBORDE_PAS), largeur


def test_rien_ne_deborde_ni_sur_un_bureau_ni_sur_un_telephone(page_pdf: Any) -> None:
    """Dans Firefox aussi : les constats, puis ce qui se choisit."""
    avoir(page_pdf, ESSARTS)
    for geste in ("", "corriger"):
        if geste:
            assert apercevoir(page_pdf, geste)
        for largeur in (390, 1366):
            page_pdf.dimensionner(largeur)
            assert page_pdf.evaluer(_NE_DEBORDE_PAS), (geste, largeur)


_NE_DEBORDE_PAS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_le_detail_tient_sans_defiler_dans_son_cadre(page: Page) -> None:
    avoir(page, ESSARTS)
    for largeur in _LARGEURS:
        page.dimensionner(largeur)
        page.attendre(
            "document.getElementById('page').contentDocument.documentElement.scrollHeight"
            " <= document.getElementById('page').clientHeight"
        )


def test_au_clavier_on_atteint_chaque_geste_et_on_le_joue(page: Page) -> None:
    avoir(page, ESSARTS)
    boutons = page.evaluer("[...document.querySelectorAll('button[id]')].map((b) => b.id)")
    a_voir = {un for un in boutons if un.startswith(("geste-", "suite-"))}
    assert {"suite-corriger", "geste-urgence"} <= a_voir
    page.evaluer("document.getElementById('choix').focus()")
    for _ in range(150):
        page.toucher("Tab", 9)
        a_voir.discard(page.evaluer("document.activeElement.id"))
    assert a_voir == set()
    avant = compter(page, "rendus")
    page.evaluer("document.getElementById('geste-annoter').focus()")
    page.toucher("Enter", 13)
    page.attendre(f"document.body.dataset.rendus > {avant}")
    assert page.evaluer("document.activeElement.id") == "titre-produits"


def test_ce_que_coute_la_page(legere_mesuree: tuple[Page, Mesure]) -> None:
    _exiger(legere_mesuree[1], BORNES)


def test_ce_que_coute_la_page_avec_le_moteur_des_pdf(mesuree: tuple[Any, Mesure]) -> None:
    _exiger(mesuree[1], BORNES._replace(memoire=MEMOIRE_AVEC_PDF))


def _exiger(mesure: Mesure, bornes: Mesure) -> None:
    """Deux fois la borne de processeur, qu'une machine chargée ne dépasse pas ; un dixième de plus
    de mémoire, que le navigateur n'a pas fini de rendre. Le banc mesure au juste."""
    assert mesure.ouverture < 2 * bornes.ouverture
    assert mesure.suivant < 2 * bornes.suivant
    assert mesure.memoire < 1.1 * bornes.memoire
