"""Les mêmes chiffres dans les quatre formes : on les ressort de chacune, et on les compare."""

from __future__ import annotations

import pytest

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.document import Document, Tableau
from pilotage_xlsx.rapport.rendus import classeur, html, pdf, texte
from pilotage_xlsx.rapport.rendus.cases import ecrire
from tests.rapport import extraire
from tests.rapport.communes import VALMARIN, chargee, rapporter
from tests.rapport.test_ecarts import APRES, AVANT
from tests.tableaux import AU

COMMUNES = {
    "vide": ("", None),
    "petite": (VALMARIN, None),
    "deux ans": (APRES, AVANT),
    "chargée": (chargee(), VALMARIN),
}


@pytest.fixture(params=COMMUNES, scope="module")
def document(request: pytest.FixtureRequest) -> Document:
    """Le rapport d'une commune, composé."""
    commune, precedent = COMMUNES[request.param]
    return composer(rapporter(commune, precedent=precedent))


@pytest.fixture(scope="module")
def formes(document: Document) -> dict[str, bytes]:
    """Le rapport dans ses quatre formes."""
    return {
        "html": html.rendre(document),
        "pdf": pdf.rendre(document, AU),
        "xlsx": classeur.rendre(document, AU),
        "txt": texte.rendre(document),
    }


def test_les_cinq_chiffres_sont_les_memes(formes: dict[str, bytes]) -> None:
    cinq = extraire.cinq_html(formes["html"])
    assert len(cinq) == 5
    assert extraire.cinq_pdf(formes["pdf"]) == cinq
    assert extraire.cinq_classeur(formes["xlsx"]) == cinq
    assert extraire.cinq_texte(formes["txt"]) == cinq


def test_chaque_chiffre_trace_est_le_meme(formes: dict[str, bytes]) -> None:
    chiffres = extraire.chiffres_html(formes["html"])
    assert len(chiffres) >= 5
    assert extraire.chiffres_classeur(formes["xlsx"]) == chiffres
    entier = extraire.serrer("".join(extraire.lire_pdf(formes["pdf"])))
    for libelle, valeur in chiffres.items():
        assert extraire.serrer(libelle + valeur) in entier


def test_la_page_de_vote_dit_partout_la_meme_chose(
    document: Document, formes: dict[str, bytes]
) -> None:
    page = document.premiere
    dits = [page.avis, page.titre, page.pv, page.surtitre]
    dits += [f"{nouvelle.objet} · {nouvelle.fait}" for nouvelle in page.nouvelles]
    dits += [f"{vote.objet} : {vote.question}" for vote in page.votes]
    dits += [dit for v in page.votes for dit in (v.sinon, v.raison, v.source, *v.prix, *v.cases)]
    dits += [*page.expose, *page.savoir, *filter(None, (page.jours, page.total))]
    for nom, entier in _entiers(formes).items():
        for dit in dits:
            assert extraire.serrer(dit).lower() in entier.lower(), (nom, dit)


def test_l_annexe_dit_partout_la_meme_chose(document: Document, formes: dict[str, bytes]) -> None:
    entiers = _entiers(formes)
    del entiers["txt"]
    for section in document.annexe:
        for dit in (section.titre, *section.phrases):
            for nom, entier in entiers.items():
                assert extraire.serrer(dit) in entier, (nom, dit)


def test_chaque_case_de_l_annexe_est_dans_la_page_et_dans_le_pdf(
    document: Document, formes: dict[str, bytes]
) -> None:
    tableaux = [b for s in document.annexe for b in s.blocs if isinstance(b, Tableau)]
    entiers = _entiers(formes)
    for tableau in tableaux:
        for ligne in tableau.lignes:
            for case, colonne in zip(ligne, tableau.colonnes, strict=True):
                ecrit = extraire.serrer(ecrire(case, colonne.genre))
                assert ecrit in entiers["html"], ecrit
                assert ecrit in entiers["pdf"], ecrit


def _entiers(formes: dict[str, bytes]) -> dict[str, str]:
    """Chaque forme en un seul texte, sans blancs."""
    page = extraire.lire_html(formes["html"])
    feuilles = extraire.lire_classeur(formes["xlsx"])
    textes = {
        "html": "".join(texte for _, texte in page.blocs),
        "pdf": "".join(extraire.lire_pdf(formes["pdf"])),
        "xlsx": "".join(case for rangees in feuilles.values() for r in rangees for case in r),
        "txt": formes["txt"].decode(),
    }
    return {nom: extraire.serrer(texte) for nom, texte in textes.items()}
