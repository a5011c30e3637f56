"""Rien ne sort : un serveur espion, chaque porte essayée, et ce que nos scripts ne font pas."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from outils.navigateur.bibliotheque import ICI
from outils.navigateur.pieces import lire_le_verrou
from outils.navigateur.produits import A_HEBERGER, AVEC_PDF, SEULE
from pilotage_xlsx import __version__
from tests.navigateur.chromium import Page, patienter
from tests.navigateur.espion import Espion, epier
from tests.navigateur.gestes import EXEMPLES, avoir, controler, demander, enregistrer, prets, refus

VALMARIN = EXEMPLES / "valmarin-2026.xlsx"

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


_HORS_DE_FIREFOX = {"évaluer"}
"""Son protocole évalue hors de la page : ce qu'il en rend ne dit rien de la règle."""


def test_chaque_porte_de_la_page_est_fermee(page_pdf: Any, espion: Espion) -> None:
    portes = dict(_PORTES_DE_LA_PAGE)
    if not isinstance(page_pdf, Page):
        portes = {nom: porte for nom, porte in portes.items() if nom not in _HORS_DE_FIREFOX}
    assert _essayer(page_pdf, espion, "fermée", portes) == dict.fromkeys(portes, "fermée")
    assert espion.entendues("fermée") == set()


def test_l_espion_entend(navigateur: Any, espion: Espion) -> None:
    """Les mêmes portes, d'une page sans règle : l'espion les note, l'essai peut donc échouer."""
    libre = navigateur.ouvrir(f"{espion.adresse}/service.js")
    libre.attendre("document.readyState === 'complete'")
    ouvertes = ("fetch", "image", "balise d'adieu", "XMLHttpRequest", "cadre", "préchargement")
    _essayer(libre, espion, "ouverte", {nom: _PORTES_DE_LA_PAGE[nom] for nom in ouvertes})
    assert any(espion.entendues("ouverte") >= set(ouvertes) for _ in patienter(10))
    libre.fermer()


def _essayer(page: Any, espion: Espion, sorte: str, portes: Mapping[str, str]) -> Mapping[str, str]:
    """Chaque porte, « ouverte » si l'essai passe, « fermée » s'il lève ou rejette ; toutes
    ensemble, puis la page est remise comme elle était. ``sorte`` : ce que l'espion entendrait."""
    essais = ", ".join(
        f"[{json.dumps(nom)}, async () => {{"
        f" const A = {json.dumps(espion.porte(sorte, nom))};"
        f" {porte if 'throw' in porte else f'return {porte}'} }}]"
        for nom, porte in portes.items()
    )
    rendus: Mapping[str, str] = page.evaluer(
        "(async () => { const enfants = () =>"
        " [...document.head.children, ...document.body.children];"
        f" const avant = new Set(enfants()); const rendus = await Promise.all([{essais}].map("
        "async ([nom, essai]) => [nom, await essai().then(() => 'ouverte', () => 'fermée')]));"
        " for (const neuf of enfants()) if (!avant.has(neuf)) neuf.remove();"
        " document.body.removeAttribute('style');"
        " return Object.fromEntries(rendus); })()".replace("\n", " ")
    )
    return rendus


def test_hebergee_rien_du_classeur_ne_part_et_elle_marche_serveur_arrete(
    dist: Path, navigateur: Any
) -> None:
    """Elle montre qu'elle se prépare, contrôle, fait un PDF ; le serveur arrêté, rouverte, elle
    contrôle encore."""
    dossier = dist / A_HEBERGER
    connus = {f"/{f.relative_to(dossier).as_posix()}" for f in dossier.rglob("*") if f.is_file()}
    with epier(dossier) as serveur:
        page = navigateur.ouvrir(f"{serveur.adresse}/")
        page.attendre("document.querySelector('progress')?.checkVisibility()")
        page.attendre("document.body.dataset.pret")
        assert page.evaluer("document.getElementById('avance').hidden")
        assert not any("typst" in chemin for _, chemin, _ in serveur.demandes)
        _controler_et_imprimer(page)
        page.evaluer("navigator.serviceWorker.ready.then(() => 1)")
        page.attendre("navigator.serviceWorker.controller")
        serveur.arreter()
        demandes = list(serveur.demandes)
        page.aller(f"{serveur.adresse}/")
        page.attendre("document.body && document.body.dataset.pret")
        controler(page, VALMARIN)
        page.fermer()
    assert {chemin for _, chemin, _ in demandes} <= connus | {"/", "/favicon.ico"}
    assert {(methode, corps) for methode, _, corps in demandes} == {("GET", 0)}


def _controler_et_imprimer(page: Any) -> None:
    """Le moteur des PDF ne vient pas du premier coup : cela se dit, et se redemande."""
    controler(page, VALMARIN)
    page.evaluer("(() => { self.vrai = fetch; self.fetch = () => Promise.reject('coupé'); })();")
    demander(page, "urgence", pdf=True)
    assert "ne vient pas de son site" in refus(page)
    page.evaluer("(() => { self.fetch = self.vrai; })();")
    demander(page, "urgence", pdf=True)
    nom = prets(page)[0]
    assert enregistrer(page, [nom])[nom][:5] == b"%PDF-"


def test_hebergee_c_est_le_meme_programme(dist: Path) -> None:
    """Chaque pièce du dossier est, à l'octet, celle de la page qui porte tout ; l'ouvrier aussi."""
    entiere = (dist / AVEC_PDF).read_text("utf-8")
    portees = {b64decode(p) for p in re.findall(r'id="piece-[a-z]+">([^<]+)<', entiere)}
    servies = {f.read_bytes() for f in (dist / A_HEBERGER / "pieces").iterdir()}
    assert servies == portees
    ouvriers = (
        re.findall(r'id="ouvrier">(.*?)</script>', page, re.DOTALL)
        for page in (entiere, (dist / A_HEBERGER / "index.html").read_text("utf-8"))
    )
    assert len({texte for textes in ouvriers for texte in textes}) == 1


def test_une_piece_qui_manque_au_site_se_dit(dist: Path, chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes((dist / A_HEBERGER / "index.html").read_bytes())
    with epier(tmp_path) as serveur:
        page = chromium.ouvrir(f"{serveur.adresse}/")
        page.attendre("document.getElementById('etat')?.textContent.includes('ne vient pas')")
        page.fermer()


def test_rien_ne_reste_dans_le_navigateur(page_pdf: Any) -> None:
    """Contrôler et rendre ne laisse rien que le navigateur garderait."""
    avoir(page_pdf, VALMARIN)
    demander(page_pdf, "echeances")
    assert page_pdf.evaluer("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0, 0, "",
    ]  # fmt: skip


_SANS_REGLE = (
    r"\blocation\b", r"window\.open", r"RTCPeerConnection", r"\bsrc\s*=", r"\bnavigate\b",
    r"localStorage", r"sessionStorage", r"indexedDB", r"\bcookie\b",
    r"document\.write", r"preconnect", r"\bhistory\b", r"innerHTML", r"insertAdjacent",
)  # fmt: skip
"""Ce qu'aucune règle n'arrête : aller ailleurs, se lier à un poste, ce qui y mènerait ; retenir."""


@pytest.mark.parametrize("script", ["page.js", "ouvrier.js", "depart-seul.js", "depart-heberge.js"])
def test_ce_qu_aucune_regle_n_arrete_n_est_pas_dans_nos_scripts(script: str) -> None:
    texte = (ICI / "page" / script).read_text("utf-8")
    assert [motif for motif in _SANS_REGLE if re.search(motif, texte)] == []


_PAGES = {
    SEULE: ("'none'", "worker-src blob:", "interdit toute liaison au réseau"),
    AVEC_PDF: ("'none'", "worker-src blob:", "interdit toute liaison au réseau"),
    f"{A_HEBERGER}/index.html": (
        "'self'", "worker-src 'self' blob:", "interdit de parler à tout autre site",
    ),
}  # fmt: skip


@pytest.mark.parametrize("produit", _PAGES)
def test_la_regle_est_stricte(dist: Path, produit: str) -> None:
    liaisons, ouvriers, _ = _PAGES[produit]
    page = (dist / produit).read_text("utf-8")
    (regle,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert regle.startswith(f"default-src 'none'; connect-src {liaisons}; script-src 'sha256-")
    assert "'unsafe-eval'" not in regle
    assert "http" not in regle
    assert {"base-uri 'none'", "form-action 'none'", ouvriers} <= set(regle.split("; "))


@pytest.mark.parametrize("produit", _PAGES)
def test_a_propos_dit_la_regle_la_version_et_les_licences(dist: Path, produit: str) -> None:
    page = (dist / produit).read_text("utf-8")
    (a_propos,) = re.findall(r'<details id="a-propos">(.*?)</details>', page, re.DOTALL)
    assert _PAGES[produit][2] in a_propos
    verrou = lire_le_verrou()
    emportes = [verrou.pyodide, *verrou.roues]
    if produit != SEULE:
        emportes.append(verrou.typst)
    for piece in emportes:
        assert f"{piece.nom} {piece.version} ({piece.licence})" in a_propos
    assert f"pilotage-xlsx {__version__}, sous licence EUPL-1.2" in a_propos
