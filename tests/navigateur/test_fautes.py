"""Les fautes : une phrase, et la page vit encore."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.gestes import (
    EXEMPLES,
    compter,
    controler,
    demander,
    etat,
    ouvrir,
    prets,
    refus,
)

pytestmark = pytest.mark.xdist_group("navigateur")
VALMARIN = EXEMPLES / "valmarin-2026.xlsx"

_CHIFFRE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@pytest.fixture(scope="module")
def page(dist: Path, chromium: Chromium) -> Page:
    return ouvrir(chromium, (dist / "pilotage.html").as_uri())


@pytest.fixture(autouse=True)
def _la_page_vit_encore(page: Page) -> object:
    """Après chaque faute, un vrai classeur se contrôle."""
    yield
    controler(page, VALMARIN)
    assert "est contrôlé" in etat(page)
    assert refus(page) == ""


def _montree(page: Page) -> str:
    return str(page.evaluer("document.getElementById('page').srcdoc"))


@pytest.mark.parametrize(
    ("nom", "octets"),
    [
        ("lettre.xlsx", b"Madame, Monsieur,"),
        ("vide.xlsx", b""),
        ("chiffre.xlsx", _CHIFFRE),
        ("coupe.xlsx", VALMARIN.read_bytes()[:50_000]),
        ("--help.xlsx", b"rien"),
        ("<img src=x>.xlsx", b"rien"),
        ("é\u202e ; rm -rf ~.xlsx", b"rien"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_ce_qui_n_est_pas_un_classeur_se_dit(
    page: Page, tmp_path: Path, nom: str, octets: bytes
) -> None:
    (tmp_path / nom).write_bytes(octets)
    controler(page, tmp_path / nom)
    assert "pas lu" in _montree(page)
    assert "ne se lit pas" in page.evaluer("document.getElementById('suite').innerText")
    demander(page, "annoter")
    assert "pas annoté" in refus(page)


@pytest.mark.parametrize("nom", ["--help.xlsx", "-.xlsx", "a b'c\"&.xlsx"])
def test_un_nom_bizarre_ne_change_rien(page: Page, tmp_path: Path, nom: str) -> None:
    (tmp_path / nom).write_bytes(VALMARIN.read_bytes())
    controler(page, tmp_path / nom)
    assert "pas lu" not in _montree(page)
    demander(page, "annoter")
    assert refus(page) == ""
    assert prets(page)[0].endswith("-annote.xlsx")


def test_un_fichier_de_200_mo_se_refuse_sans_etre_lu(page: Page, tmp_path: Path) -> None:
    enorme = tmp_path / "enorme.xlsx"
    with enorme.open("wb") as fichier:
        fichier.truncate(200 << 20)
    page.deposer(enorme)
    page.attendre("!document.getElementById('refus').hidden")
    assert "210 Mo" in refus(page).replace("\u00a0", " ")


def test_le_meme_fichier_deux_fois_se_recontrole(page: Page) -> None:
    controler(page, VALMARIN)
    controler(page, VALMARIN)
    noms = page.evaluer("document.getElementById('deposes').innerText")
    assert noms.count("valmarin-2026.xlsx") == 1


def test_deux_fichiers_du_meme_nom_gardent_chacun_le_leur(page: Page, tmp_path: Path) -> None:
    for dossier, source in (("un", VALMARIN), ("deux", EXEMPLES / "valmarin-2025.xlsx")):
        (tmp_path / dossier).mkdir()
        (tmp_path / dossier / "commune.xlsx").write_bytes(source.read_bytes())
    controler(page, tmp_path / "un" / "commune.xlsx", tmp_path / "deux" / "commune.xlsx")
    demander(page, "comparer")
    assert "de 2025 à 2026" in _montree(page)


def test_sans_le_moteur_le_pdf_dit_ou_le_trouver(page: Page) -> None:
    controler(page, VALMARIN)
    page.evaluer("document.querySelector('[data-geste=urgence]').click()")
    page.attendre("!document.getElementById('travail').hidden")
    assert page.evaluer("document.getElementById('q-pdf').disabled")
    assert "pilotage-pdf.html" in page.evaluer("document.getElementById('travail').innerText")


@pytest.mark.parametrize(
    "mort",
    [
        "setTimeout(() => { throw new Error('mort'); })",
        "setTimeout(() => py._api.on_fatal(new Error('mort')))",
    ],
)
def test_un_ouvrier_qui_meurt_est_remplace(page: Page, mort: str) -> None:
    controler(page, VALMARIN)
    avant = compter(page, "pret")
    page.evaluer(mort, session=page.ouvrier())
    page.attendre(f"document.body.dataset.pret == {avant + 1}")


def test_sans_memoire_la_page_le_dit(page: Page) -> None:
    controler(page, VALMARIN)
    page.evaluer(
        "py.runPython('import guichet\\ndef tomber(d): raise MemoryError\\n"
        'guichet._PAR_ID["annoter"] = guichet._PAR_ID["annoter"]._replace(jouer=tomber)\')',
        session=page.ouvrier(),
    )
    demander(page, "annoter")
    assert "mémoire" in refus(page)


def test_un_long_travail_s_arrete(page: Page) -> None:
    controler(page, VALMARIN)
    page.evaluer(
        "py.runPython('import guichet\\ndef boucler(d):\\n while True: pass\\n"
        'guichet._PAR_ID["annoter"] = guichet._PAR_ID["annoter"]._replace(jouer=boucler)\')',
        session=page.ouvrier(),
    )
    avant = compter(page, "pret")
    page.evaluer("document.querySelector('[data-geste=annoter]').click()")
    page.attendre("!document.getElementById('arreter').hidden")
    page.evaluer("document.getElementById('arreter').click()")
    page.attendre(f"document.body.dataset.pret == {avant + 1}")
    assert "Arrêté" in refus(page)


def test_un_navigateur_trop_ancien_garde_la_phrase_du_debut(dist: Path, chromium: Chromium) -> None:
    """Sans `DecompressionStream`, rien ne démarre, et la phrase dit quel navigateur prendre."""
    ancien = chromium.ouvrir("about:blank")
    ancien.dire(
        "Page.addScriptToEvaluateOnNewDocument", source="delete globalThis.DecompressionStream"
    )
    ancien.dire("Page.navigate", url=(dist / "pilotage.html").as_uri())
    ancien.attendre("document.readyState === 'complete' && document.getElementById('etat')")
    assert "navigateur récent" in etat(ancien)
    assert ancien.evaluer("document.getElementById('choix').disabled")
