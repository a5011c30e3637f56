"""Les trois produits : une page, la même avec le moteur des PDF, un dossier à héberger."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from outils.navigateur.bibliotheque import ICI, RACINE, Bibliotheque
from outils.navigateur.pieces import Verrou
from pilotage_xlsx import __version__

_PAGE = ICI / "page"
_STYLE = RACINE / "pilotage_xlsx" / "socle" / "gabarits" / "page.css"
_MOTEUR_PDF = "typst"

SEULE, AVEC_PDF, A_HEBERGER = "pilotage.html", "pilotage-pdf.html", "pilotage-a-heberger"
BORNES = {SEULE: 12_000_000, AVEC_PDF: 46_000_000}
"""Ce qu'un produit peut peser, en octets : au-delà, une messagerie ou une clé le refuse."""


class ProduitTropLourd(Exception):
    """Un produit dépasse sa borne."""


class Regle(NamedTuple):
    """Ce que le navigateur doit interdire à la page (Content-Security-Policy)."""

    liaisons: str
    ouvriers: str

    def ecrire(self, script: str) -> str:
        """La règle entière ; seul ce script-là, par son empreinte, peut se jouer."""
        empreinte = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        return "; ".join(
            (
                "default-src 'none'",
                f"connect-src {self.liaisons}",
                f"script-src 'sha256-{empreinte}' blob: 'wasm-unsafe-eval'",
                f"worker-src {self.ouvriers}",
                "style-src 'unsafe-inline'",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


class Lieu(NamedTuple):
    """D'où vient la page : sa règle, et ce qu'elle peut en promettre."""

    regle: Regle
    promesse: str
    a_propos: str


_SEULE = Lieu(
    Regle("'none'", "blob:"),
    "cette page n’a pas le droit de parler au réseau",
    "a-propos-seul.html",
)
_HEBERGEE = Lieu(
    Regle("'self'", "'self' blob:"),
    "cette page ne demande à son site que son programme",
    "a-propos-heberge.html",
)


def assembler(biblio: Bibliotheque, verrou: Verrou, pdf: bytes) -> dict[str, bytes]:
    """Chaque fichier des trois produits, par son chemin dans ``dist``."""
    pieces = {
        nom: gzip.compress(octets, 9, mtime=0)
        for nom, octets in biblio._asdict().items()
        if isinstance(octets, bytes)
    }
    produits = {
        SEULE: _page_seule(biblio, verrou, pieces),
        AVEC_PDF: _page_seule(biblio, verrou, {**pieces, _MOTEUR_PDF: pdf}),
    }
    for nom, octets in produits.items():
        if len(octets) > BORNES[nom]:
            raise ProduitTropLourd(f"{nom} pèse {len(octets)} octets, plus que {BORNES[nom]}.")
    heberges = _a_heberger(biblio, verrou, pieces, pdf)
    return produits | {f"{A_HEBERGER}/{nom}": octets for nom, octets in heberges}


def _page_seule(biblio: Bibliotheque, verrou: Verrou, pieces: Mapping[str, bytes]) -> bytes:
    noms = json.dumps([nom for nom in pieces if nom != _MOTEUR_PDF])
    depart = _lire("depart-seul.js").replace("@@noms@@", noms)
    blocs = "\n".join(
        f'<script type="text/plain" id="piece-{nom}">{base64.b64encode(octets).decode()}</script>'
        for nom, octets in pieces.items()
    )
    avec_pdf = _MOTEUR_PDF in pieces
    return _composer(biblio, verrou, depart, _SEULE, blocs=blocs, avec_pdf=avec_pdf)


def _a_heberger(
    biblio: Bibliotheque, verrou: Verrou, pieces: Mapping[str, bytes], pdf: bytes
) -> Iterator[tuple[str, bytes]]:
    adresses = {nom: f"pieces/{nom}-{_court(octets)}.gz" for nom, octets in pieces.items()}
    du_pdf = f"pieces/{_MOTEUR_PDF}-{_court(pdf)}.whl"
    depart = _lire("depart-heberge.js").replace("@@adresses@@", json.dumps(adresses))
    depart = depart.replace("@@typst@@", du_pdf)
    page = _composer(biblio, verrou, depart, _HEBERGEE, blocs="", avec_pdf=True)
    service = _lire("service.js").replace("@@empreinte@@", _court(page))
    service = service.replace("@@liste@@", json.dumps(["./", *adresses.values()]))
    yield "index.html", page
    yield "service.js", service.replace("@@typst@@", du_pdf).encode()
    yield du_pdf, pdf
    yield from ((adresses[nom], octets) for nom, octets in pieces.items())


def _composer(
    biblio: Bibliotheque, verrou: Verrou, depart: str, lieu: Lieu, *, blocs: str, avec_pdf: bool
) -> bytes:
    script = _lire("page.js").replace("@@depart@@", depart.strip())
    emportes = (verrou.pyodide, *verrou.roues, *([verrou.typst] if avec_pdf else []))
    licences = ", ".join(f"{p.nom} {p.version} ({p.licence})" for p in emportes)
    a_propos = _lire("a-propos.html").replace("@@lieu@@", _lire(lieu.a_propos))
    textes = {
        "a_propos": a_propos.replace("@@version@@", __version__).replace("@@licences@@", licences),
        "style": _STYLE.read_text("utf-8") + _lire("page.css"),
        "ouvrier": _lire("ouvrier.js").replace("@@verrou@@", biblio.verrou),
        "regle": html.escape(lieu.regle.ecrire(script)).replace("&#x27;", "'"),
        "promesse": lieu.promesse,
        "script": script,
        "pieces": blocs,
    }
    page = _lire("page.html")
    for nom, texte in textes.items():
        page = page.replace(f"@@{nom}@@", texte)
    return page.encode()


def _lire(nom: str) -> str:
    return (_PAGE / nom).read_text("utf-8")


def _court(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()[:12]
