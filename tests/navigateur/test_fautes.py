"""Les fautes : une phrase, et la page vit encore."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outils.navigateur import guichet
from outils.navigateur.produits import SEULE
from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.gestes import (
    EXEMPLES,
    LE_JOUR,
    apercevoir,
    avoir,
    controler,
    demander,
    etat,
    montree,
    prets,
    refus,
)

VALMARIN = EXEMPLES / "valmarin-2026.xlsx"
_BON = VALMARIN.read_bytes()
_CHIFFRE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@pytest.fixture(autouse=True)
def _la_page_vit_encore(request: pytest.FixtureRequest) -> Iterator[None]:
    """Après chaque faute, un vrai classeur se contrôle."""
    yield
    for nom in {"page", "page_pdf"} & set(request.fixturenames):
        page = request.getfixturevalue(nom)
        controler(page, VALMARIN)
        assert "est contrôlé" in etat(page)
        assert refus(page) == ""


_PAS_DES_CLASSEURS = (
    ("lettre.xlsx", b"Madame, Monsieur,", "FIC-003"),
    ("vide.xlsx", b"", "FIC-002"),
    ("chiffre.xlsx", _CHIFFRE, "FIC-005"),
    ("coupe.xlsx", _BON[:50_000], "FIC-004"),
    ("--help.xlsx", b"rien", "FIC-003"),
    ("<img src=x>.xlsx", b"rien", "FIC-003"),
    ("é\u202e ; rm -rf ~.xlsx", b"rien", "FIC-003"),
)


def test_ce_qui_n_est_pas_un_classeur_se_dit(page_pdf: Any, tmp_path: Path) -> None:
    """L'un après l'autre, dans la même page."""
    for nom, octets, code in _PAS_DES_CLASSEURS:
        (tmp_path / nom).write_bytes(octets)
        controler(page_pdf, tmp_path / nom)
        instant = f"{LE_JOUR}T12:00:00+01:00"
        attendu = guichet.jouer("verifier", [(nom, octets)], {}, LE_JOUR, instant)["page"]
        assert montree(page_pdf).encode() == attendu, nom
        assert code in montree(page_pdf), nom
        assert "ne se lit pas" in page_pdf.evaluer("document.getElementById('suite').innerText")
        demander(page_pdf, "annoter")
        assert "pas annoté" in refus(page_pdf), nom


def test_un_nom_bizarre_ne_change_rien(page: Page, tmp_path: Path) -> None:
    for nom in ("-.xlsx", "a b'c\"&.xlsx", "--help.xlsx"):
        (tmp_path / nom).write_bytes(_BON)
        controler(page, tmp_path / nom)
        assert "pas lu" not in montree(page), nom
    demander(page, "annoter")
    assert refus(page) == ""
    assert prets(page)[0].endswith("-annote.xlsx")


def test_un_fichier_de_200_mo_se_refuse_sans_etre_lu(page_pdf: Any, tmp_path: Path) -> None:
    enorme = tmp_path / "enorme.xlsx"
    with enorme.open("wb") as fichier:
        fichier.truncate(200 << 20)
    page_pdf.deposer(enorme)
    page_pdf.attendre("!document.getElementById('refus').hidden")
    assert "210 Mo" in refus(page_pdf).replace("\u00a0", " ")


def test_le_meme_fichier_deux_fois_se_recontrole(page_pdf: Any) -> None:
    avoir(page_pdf, VALMARIN)
    controler(page_pdf, VALMARIN)
    noms = page_pdf.evaluer("document.getElementById('deposes').innerText")
    assert noms.count("valmarin-2026.xlsx") == 1


def test_deux_fichiers_du_meme_nom_gardent_chacun_le_leur(page: Page, tmp_path: Path) -> None:
    for dossier, source in (("un", VALMARIN), ("deux", EXEMPLES / "valmarin-2025.xlsx")):
        (tmp_path / dossier).mkdir()
        (tmp_path / dossier / "commune.xlsx").write_bytes(source.read_bytes())
    controler(page, tmp_path / "un" / "commune.xlsx", tmp_path / "deux" / "commune.xlsx")
    demander(page, "comparer")
    assert "de 2025 à 2026" in montree(page)


def test_un_dossier_lache_se_dit(page: Page, tmp_path: Path) -> None:
    (tmp_path / "classeurs").mkdir()
    page.lacher(tmp_path / "classeurs")
    page.attendre("!document.getElementById('refus').hidden")
    assert "déposez les fichiers" in refus(page)


def test_sans_le_moteur_le_pdf_dit_ou_le_trouver(page: Page) -> None:
    avoir(page, VALMARIN)
    assert apercevoir(page, "urgence")
    assert page.evaluer("document.getElementById('q-pdf').disabled")
    assert "pilotage-pdf.html" in page.evaluer("document.getElementById('travail').innerText")


def test_un_navigateur_trop_ancien_garde_la_phrase_du_debut(dist: Path, chromium: Chromium) -> None:
    """Sans `DecompressionStream`, rien ne démarre, et la phrase dit quel navigateur prendre."""
    ancien = chromium.ouvrir("about:blank")
    ancien.dire(
        "Page.addScriptToEvaluateOnNewDocument", source="delete globalThis.DecompressionStream"
    )
    ancien.aller((dist / SEULE).as_uri())
    ancien.attendre("document.readyState === 'complete' && document.getElementById('etat')")
    assert "navigateur récent" in etat(ancien)
    assert ancien.evaluer("document.getElementById('choix').disabled")
    ancien.fermer()


def test_une_page_qui_ne_se_prepare_pas_finit_par_le_dire(
    dist: Path, chromium: Chromium, tmp_path: Path
) -> None:
    """Le fichier est arrivé abîmé : la page renonce d'une phrase, sans recommencer sans fin."""
    entiere = (dist / SEULE).read_text("utf-8")
    abimee = re.sub(r'(id="piece-wasm">)[^<]*', r"\1AAAA", entiere)
    (tmp_path / "abimee.html").write_text(abimee, "utf-8")
    page = chromium.ouvrir((tmp_path / "abimee.html").as_uri())
    page.attendre("document.getElementById('etat')?.textContent.includes('n’arrive pas')")
    page.fermer()
