"""Rien ne sort : un serveur espion, chaque porte essayée, et ce que nos scripts ne font pas."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from outils.navigateur.bibliotheque import ICI
from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.espion import Espion, epier
from tests.navigateur.gestes import EXEMPLES, controler, demander, enregistrer, ouvrir, prets

pytestmark = pytest.mark.xdist_group("navigateur")

_PORTES_DE_LA_PAGE = {
    "fetch": "fetch(A, {mode: 'no-cors'})",
    "fetch avec corps": "fetch(A, {method: 'POST', mode: 'no-cors', body: 'x'})",
    "XMLHttpRequest": (
        "new Promise((o, n) => { const x = new XMLHttpRequest(); x.open('GET', A); x.onload = o;"
        " x.onerror = n; x.send(); })"
    ),
    "balise d'adieu": "navigator.sendBeacon(A, 'x'); throw 'il se dit toujours parti'",
    "image": (
        "new Promise((o, n) => { const i = new Image(); i.onload = o; i.onerror = n; i.src = A; })"
    ),
    "script": (
        "new Promise((o, n) => { const e = document.createElement('script'); e.onload = o;"
        " e.onerror = n; e.src = A; document.head.append(e); })"
    ),
    "préchargement": (
        "new Promise((o, n) => { const e = document.createElement('link'); e.rel = 'prefetch';"
        " e.onload = o; e.onerror = n; e.href = A; document.head.append(e);"
        " setTimeout(() => n('rien'), 500); })"
    ),
    "feuille de style": (
        "new Promise((o, n) => { const e = document.createElement('link'); e.rel = 'stylesheet';"
        " e.onload = o; e.onerror = n; e.href = A; document.head.append(e); })"
    ),
    "image d'un style": (
        "new Promise((o, n) => { document.body.style.backgroundImage = `url(${A})`;"
        " setTimeout(() => n('rien'), 300); })"
    ),
    "cadre": (
        "new Promise((o, n) => { const e = document.createElement('iframe'); e.src = A;"
        " document.body.append(e); setTimeout(() => n('rien'), 300); })"
    ),
    "formulaire": (
        "new Promise((o, n) => { const e = document.createElement('form'); e.action = A;"
        " e.method = 'post'; document.body.append(e); e.submit();"
        " setTimeout(() => n('rien'), 300); })"
    ),
    "module": "import(A + '/x.mjs')",
    "prise": (
        "new Promise((o, n) => { const s = new WebSocket(A.replace('http', 'ws'));"
        " s.onopen = o; s.onerror = n; })"
    ),
    "source d'événements": (
        "new Promise((o, n) => { const s = new EventSource(A); s.onopen = o; s.onerror = n; })"
    ),
    "évaluer": "(0, eval)('1')",
}
_PORTES_DE_L_OUVRIER = {
    "fetch": "WorkerGlobalScope.prototype.fetch.call(self, A, {mode: 'no-cors'})",
    "la sienne": "fetch(A)",
    "module": "import(A + '/x.mjs')",
    "évaluer": "new Function('return 1')()",
}


@pytest.fixture(scope="module")
def espion(dist: Path) -> Iterator[Espion]:
    with epier(dist / "pilotage-a-heberger") as lance:
        yield lance


@pytest.fixture(scope="module")
def page(dist: Path, chromium: Chromium) -> Page:
    return ouvrir(chromium, (dist / "pilotage.html").as_uri())


@pytest.mark.parametrize("porte", _PORTES_DE_LA_PAGE)
def test_une_porte_de_la_page_est_fermee(page: Page, espion: Espion, porte: str) -> None:
    essai = f"const A = '{espion.adresse}/{len(porte)}'; {_rendre(_PORTES_DE_LA_PAGE[porte])}"
    avant = list(espion.demandes)
    assert _essayer(page, essai) == "fermée"
    time.sleep(0.1)
    assert espion.demandes == avant


@pytest.mark.parametrize("porte", _PORTES_DE_L_OUVRIER)
def test_une_porte_de_l_ouvrier_est_fermee(page: Page, espion: Espion, porte: str) -> None:
    essai = f"const A = '{espion.adresse}/{len(porte)}'; return {_PORTES_DE_L_OUVRIER[porte]}"
    avant = list(espion.demandes)
    assert _essayer(page, essai, page.ouvrier()) == "fermée"
    time.sleep(0.1)
    assert espion.demandes == avant


def test_l_espion_entend(chromium: Chromium, espion: Espion) -> None:
    """Les mêmes portes, d'une page sans règle : l'espion les note, l'essai peut donc échouer."""
    libre = chromium.ouvrir(f"{espion.adresse}/service.js")
    libre.attendre("document.readyState === 'complete'")
    for porte in ("fetch", "image", "balise d'adieu"):
        essai = f"const A = '{espion.adresse}/ouvert'; {_rendre(_PORTES_DE_LA_PAGE[porte])}"
        _essayer(libre, essai)
    fin = time.monotonic() + 10
    while _combien(espion, "/ouvert") < 3 and time.monotonic() < fin:
        time.sleep(0.05)
    assert _combien(espion, "/ouvert") == 3


def test_au_bout_du_compte_rien_n_est_venu_en_retard(page: Page, espion: Espion) -> None:
    page.evaluer("new Promise((oui) => setTimeout(oui, 1000))")
    assert [chemin for _, chemin, _ in espion.demandes if chemin.strip("/").isdigit()] == []


def _combien(espion: Espion, chemin: str) -> int:
    return sum(demande[1] == chemin for demande in espion.demandes)


def _rendre(porte: str) -> str:
    return porte if "throw" in porte else f"return {porte}"


def _essayer(page: Page, essai: str, session: str | None = None) -> str:
    """« ouverte » si l'essai passe, « fermée » s'il lève ou rejette."""
    expression = f"(async () => {{ {essai} }})().then(() => 'ouverte', () => 'fermée')"
    return str(page.evaluer(expression, session=session))


def test_de_la_page_hebergee_ne_part_rien_du_classeur(
    dist: Path, chromium: Chromium, espion: Espion
) -> None:
    dossier = dist / "pilotage-a-heberger"
    connus = {f"/{f.relative_to(dossier).as_posix()}" for f in dossier.rglob("*") if f.is_file()}
    debut = len(espion.demandes)
    page = ouvrir(chromium, f"{espion.adresse}/")
    controler(page, EXEMPLES / "valmarin-2026.xlsx")
    demander(page, "annoter")
    demander(page, "urgence", pdf=True)
    nom = prets(page)[0]
    assert enregistrer(page, [nom])[nom][:5] == b"%PDF-"
    demandes = espion.demandes[debut:]
    assert {chemin for _, chemin, _ in demandes} <= connus | {"/", "/favicon.ico"}
    assert {(methode, corps) for methode, _, corps in demandes} == {("GET", 0)}


def test_la_page_hebergee_marche_serveur_arrete(dist: Path, chromium: Chromium) -> None:
    with epier(dist / "pilotage-a-heberger") as serveur:
        page = ouvrir(chromium, f"{serveur.adresse}/")
        page.evaluer("navigator.serviceWorker.ready.then(() => true)")
        page.attendre("navigator.serviceWorker.controller")
        serveur.arreter()
        page.dire("Page.navigate", url=f"{serveur.adresse}/")
        page.attendre("document.body && document.body.dataset.pret")
        controler(page, EXEMPLES / "valmarin-2026.xlsx")


_SANS_REGLE = (
    r"\blocation\b", r"window\.open", r"RTCPeerConnection", r"\bsrc\s*=", r"\bnavigate\b",
    r"document\.write", r"preconnect", r"\bhistory\b", r"innerHTML", r"insertAdjacent",
)  # fmt: skip
"""Ce qu'aucune règle n'arrête (aller ailleurs, se lier à un poste), et ce qui y mènerait."""


@pytest.mark.parametrize("script", ["page.js", "ouvrier.js", "depart-seul.js"])
def test_ce_qu_aucune_regle_n_arrete_n_est_pas_dans_nos_scripts(script: str) -> None:
    texte = (ICI / "page" / script).read_text("utf-8")
    assert [motif for motif in _SANS_REGLE if re.search(motif, texte)] == []


def test_la_regle_est_stricte(dist: Path) -> None:
    page = (dist / "pilotage.html").read_text("utf-8")
    (regle,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert regle.startswith("default-src 'none'; connect-src 'none'; script-src 'sha256-")
    assert "'unsafe-eval'" not in regle
    assert "http" not in regle
    assert {"base-uri 'none'", "form-action 'none'", "worker-src blob:"} <= set(regle.split("; "))
