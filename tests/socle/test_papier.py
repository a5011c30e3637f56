"""Les PDF : conformes, balisés, polices embarquées, et aucun texte ne les arrête."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.socle import papier
from pilotage_xlsx.socle.papier import CARRE, composer_pdf, dessinable
from tests.campagne import combien

JOUR = date(2026, 11, 24)
TOUS = "".join(signe for signe in map(chr, range(0x20, 0x3000)) if dessinable(signe) == signe)


@pytest.fixture(scope="module")
def gabarit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un gabarit d'essai : le texte reçu, en romain, en gras et en italique."""
    chemin = tmp_path_factory.mktemp("papier") / "essai.typ"
    chemin.write_text(
        '#import "/socle/gabarits/papier.typ": *\n'
        '#show: papier.with(titre: "Essai", pied: "Interne")\n'
        "= Titre\n"
        '#avis("Interne") #case("accepté") #petit(donnees.texte)\n\n'
        "#donnees.texte #strong(donnees.texte) #emph(donnees.texte)\n",
        "utf-8",
    )
    return chemin


def _composer(gabarit: Path, texte: str) -> bytes:
    return composer_pdf(gabarit, {"texte": texte}, creation=JOUR)


def test_tous_les_signes_dits_dessinables_le_sont(gabarit: Path) -> None:
    assert len(TOUS) > 1000
    assert _composer(gabarit, " ".join(TOUS)).startswith(b"%PDF-1.7")


@settings(max_examples=combien(15, 60), deadline=None)
@given(texte=st.text())
def test_aucun_texte_n_arrete_un_pdf(gabarit: Path, texte: str) -> None:
    assert _composer(gabarit, texte)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("☐ à faire", f"{CARRE} à faire"),
        ("✓ fait", "[oui] fait"),
        ("Saint-Luc 😀👍", f"Saint-Luc {CARRE}"),
        ("قرية", CARRE),
        ("Bière : « 5 »", "Bière\u202f: «\u202f5\u202f»"),
    ],
)
def test_un_signe_absent_de_la_police_devient_un_carre(texte: str, attendu: str) -> None:
    assert dessinable(texte) == attendu


@pytest.mark.parametrize("piege", ["#panic()", '#read("/papier.py")', "$x$", "*a* _b_ `c`", '\\"'])
def test_un_texte_n_est_jamais_une_commande(gabarit: Path, piege: str) -> None:
    """Seuls les signes du texte changent d'un texte à l'autre : rien ne s'exécute."""
    assert _composer(gabarit, piege)


def test_le_meme_document_donne_les_memes_octets(gabarit: Path) -> None:
    assert _composer(gabarit, "Valmarin") == _composer(gabarit, "Valmarin")


def test_le_pdf_se_dit_archive_et_accessible(gabarit: Path) -> None:
    """Les deux déclarations des métadonnées, la langue, l'arbre des balises, les polices."""
    octets = _composer(gabarit, "Valmarin")
    assert re.search(rb"<pdfaid:part>2<.*<pdfaid:conformance>A<", octets, re.DOTALL)
    assert b"<pdfuaid:part>1<" in octets
    assert b"/Lang(fr-CH)" in octets
    assert b"/StructTreeRoot" in octets
    assert octets.count(b"/FontFile3") == octets.count(b"/Type/FontDescriptor")


def test_le_module_ne_lit_que_les_polices_de_typst() -> None:
    assert "Libertinus Serif" in papier._polices().families()
    assert all(police.path is None for police in papier._polices().fonts())
