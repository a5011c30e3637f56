"""Le courriel du rapport : une lettre, la première page, et la même chose en texte et en page."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest

from pilotage_xlsx.envoi import choisir_destinataires, lire_contenu
from pilotage_xlsx.rapport import composer, ecrire, region, reunir
from pilotage_xlsx.rapport.document import Document
from pilotage_xlsx.rapport.rendus import courriel, texte
from tests.rapport import extraire
from tests.rapport.communes import VALMARIN, chargee, demesuree, rapporter
from tests.tableaux import AU

FICHE = """
commune | commune | executif_courriel | referent_nom | referent_telephone | referent_courriel | annee
        | Valmarin | a@valmarin.example; b@valmarin.example | Anne Rochat | 021 555 01 10 | c@valmarin.example | 2026
"""  # noqa: E501
INTERDITS = ("<style", "var(", "grid", "<svg", "::", "class=", "flex", "http", "<script", "<img")


def _documents() -> dict[str, Document]:
    return {
        "vide": composer(rapporter()),
        "petite": composer(rapporter(VALMARIN, seance=date(2026, 12, 7))),
        "chargée": composer(rapporter(chargee(points=30))),
        "démesurée": composer(rapporter(demesuree())),
        "région": region.composer(reunir([rapporter(VALMARIN), rapporter()], annee=2026, au=AU)),
    }


@pytest.fixture(params=["vide", "petite", "chargée", "démesurée", "région"], scope="module")
def document(request: pytest.FixtureRequest) -> Document:
    return _documents()[request.param]


def test_rien_de_ce_qu_un_logiciel_de_courrier_enleve(document: Document) -> None:
    page = courriel.rendre(document)
    if page is not None:
        assert len(page.encode()) <= 40_000
        assert not [mot for mot in INTERDITS if mot in page]


def test_le_texte_et_la_page_disent_la_meme_chose(document: Document) -> None:
    page, lettre = courriel.rendre(document), texte.rendre(document).decode()
    if page is not None and document.premiere.__class__.__name__ == "PremierePage":
        assert _mots(re.sub("<[^>]+>", " ", page.partition("</title>")[2])) == _mots(lettre)


def _mots(texte_: str) -> list[str]:
    """Les mots dans l'ordre, sans les puces, traits ni cases que chaque forme dessine."""

    net = re.sub(r"^-+$", "", html.unescape(texte_), flags=re.MULTILINE)
    net = re.sub(r"^ *- |\[\s\]|☐", " ", net, flags=re.MULTILINE)
    return net.lower().split()


def test_une_grande_commune_se_lit_encore_dans_le_texte() -> None:
    """Trop lourde pour une messagerie, sa page ne part pas ; le texte dit tout."""
    document = composer(rapporter(chargee(points=60)))
    assert courriel.rendre(document) is None
    assert "60." in texte.rendre(document).decode()


def test_la_lettre_dit_ce_qui_est_demande_en_dix_lignes() -> None:
    document = composer(rapporter(f"{FICHE}{_SANS_FICHE}", seance=date(2026, 12, 7)))
    lignes = texte.rendre(document).decode().partition("INTERNE")[0].splitlines()
    assert len(lignes) <= 10
    lettre = " ".join(" ".join(lignes).split())
    assert lettre.startswith("Mesdames, Messieurs,")
    assert "pour votre séance du 07.12.2026" in lettre
    assert "décider de" in lettre
    fin = texte.rendre(document).decode().splitlines()[-4:]
    assert fin[0] == "Anne Rochat"
    assert fin[2:] == ["021 555 01 10", "c@valmarin.example"]


_SANS_FICHE = VALMARIN.partition("prestataires")[1] + VALMARIN.partition("prestataires")[2]


def test_ce_qui_part_est_le_pdf_et_le_classeur_du_rapport(tmp_path: Path) -> None:
    ecrire(rapporter(f"{FICHE}{_SANS_FICHE}"), tmp_path, remplacer=False)
    contenu = lire_contenu([tmp_path])
    assert [Path(piece.nom).suffix for piece in contenu.pieces] == [".pdf", ".xlsx"]
    assert contenu.html == json.loads((tmp_path / "rapport.json").read_text())["courriel_html"]
    adresses = [adresse.addr_spec for adresse in choisir_destinataires(contenu, ())]
    assert adresses == ["a@valmarin.example", "b@valmarin.example"]


def test_la_page_du_courriel_se_lit_sans_styles() -> None:
    page = courriel.rendre(composer(rapporter(VALMARIN)))
    assert page is not None
    nue = re.sub(r' style="[^"]*"', "", page)
    titres = [t for classe, t in extraire.lire_html(nue.encode()).blocs if classe == "h2"]
    assert titres[0] == "À décider"
