"""La page vue : axe-core, les largeurs, le clavier, et ce qu'elle coûte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.gestes import EXEMPLES, controler, ouvrir

pytestmark = pytest.mark.xdist_group("navigateur")

ESSARTS = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"
_LARGEURS = (1366, 390, 320)
_MEMOIRE_MAX, _PROCESSEUR_MAX, _SUIVANT_MAX = 350e6, 5.0, 0.5


@pytest.fixture(scope="module")
def page(dist: Path, chromium: Chromium) -> Page:
    ouverte = ouvrir(chromium, (dist / "pilotage.html").as_uri())
    controler(ouverte, ESSARTS)
    return ouverte


@pytest.fixture(scope="module")
def axe() -> str:
    """Le script d'axe-core, là où la porte l'installe."""
    chemin = Path(os.environ.get("VALIDATEURS", "")) / "node_modules/axe-core/axe.min.js"
    if not chemin.is_file():
        pytest.skip("axe-core n'est pas installé (VALIDATEURS).")
    return chemin.read_text("utf-8")


@pytest.mark.parametrize("largeur", _LARGEURS)
@pytest.mark.parametrize("etape", ["bilan", "corriger", "rapport", "a-propos"])
def test_axe_ne_trouve_rien_et_rien_ne_deborde(
    page: Page, axe: str, etape: str, largeur: int
) -> None:
    page.dimensionner(largeur)
    if etape == "a-propos":
        page.evaluer("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    elif etape != "bilan":
        page.evaluer(f"document.querySelector('[data-geste={etape}]').click()")
        page.attendre("!document.getElementById('travail').hidden")
    page.evaluer(axe)
    trouves = page.evaluer(
        "axe.run(document, {iframes: false}).then((r) => r.violations.map((v) => v.id + ' '"
        " + v.nodes[0].html))"
    )
    assert trouves == []
    assert page.evaluer(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_le_detail_tient_sans_defiler_dans_son_cadre(page: Page) -> None:
    page.dimensionner(1366)
    page.attendre(
        "document.getElementById('page').contentDocument.documentElement.scrollHeight"
        " <= document.getElementById('page').clientHeight"
    )


def test_au_clavier_on_atteint_chaque_geste(page: Page) -> None:
    page.evaluer("document.getElementById('choix').focus()")
    vus = set()
    for _ in range(60):
        for sorte in ("keyDown", "keyUp"):
            page.dire("Input.dispatchKeyEvent", type=sorte, key="Tab", code="Tab",
                      windowsVirtualKeyCode=9)  # fmt: skip
        vus.add(page.evaluer("document.activeElement.dataset.geste || ''"))
    actifs = page.evaluer(
        "[...document.querySelectorAll('[data-geste]:not(:disabled)')].map((b) => b.dataset.geste)"
    )
    assert set(actifs) <= vus


def test_ce_que_coute_un_controle(dist: Path, tmp_path: Path) -> None:
    """Le processeur jusqu'aux premiers constats, le contrôle suivant, la mémoire."""
    from tests.navigateur.chromium import lancer

    with lancer(tmp_path) as seul:
        page = ouvrir(seul, (dist / "pilotage.html").as_uri())
        controler(page, ESSARTS)
        assert _processeur(seul) < 2 * _PROCESSEUR_MAX
        avant = _processeur(seul)
        controler(page, ESSARTS)
        assert _processeur(seul) - avant < 2 * _SUIVANT_MAX
        assert _memoire(seul) < _MEMOIRE_MAX


def _descendants(pid: int) -> list[int]:
    enfants = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(petit for enfant in enfants for petit in _descendants(int(enfant)))]


def _du_rendu(chromium: Chromium) -> list[int]:
    """Les processus qui tiennent la page : ceux de rendu."""
    return [
        pid for pid in _descendants(chromium.pid)
        if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]  # fmt: skip


def _processeur(chromium: Chromium) -> float:
    """Les secondes de processeur de la page, chargement et ouvrier compris."""
    total = 0
    for pid in _du_rendu(chromium):
        champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(champs[11]) + int(champs[12])
    return total / os.sysconf("SC_CLK_TCK")


def _memoire(chromium: Chromium) -> float:
    """La mémoire propre de la page, en octets (ce qu'elle ne partage pas)."""
    total = 0
    for pid in _du_rendu(chromium):
        lignes = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += sum(int(li.split()[1]) for li in lignes if li.startswith("Pss:"))
    return total * 1024.0
