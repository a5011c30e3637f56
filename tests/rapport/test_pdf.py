"""Le PDF : une page de vote sur un A4, des signets, des balises, rien de coupé ni d'orphelin."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.document import EN_BREF, PremierePage
from pilotage_xlsx.rapport.rendus import pdf
from tests.rapport import extraire
from tests.rapport.communes import VALMARIN, chargee, demesuree, rapporter
from tests.rapport.test_ecarts import APRES, AVANT
from tests.tableaux import AU

COMMUNES = {
    "vide": "",
    "petite": VALMARIN,
    "deux ans": APRES,
    "chargée": chargee(),
    "démesurée": demesuree(),
}
A4 = (595, 842)
PIEGES = [
    "<script>alert(1)</script>",
    "#panic[x]",
    "\\ \\u{202e}",
    "« L'Étang » \"d'en haut\"",
    "\u202eنيرج\u202c",
    "$a$ *b* _c_ `d` @e <f>",
    "a" * 300,
]


def _lire(commune: str, precedent: str | None = None) -> pypdf.PdfReader:
    document = composer(rapporter(commune, precedent=precedent, erreurs=2))
    return pypdf.PdfReader(io.BytesIO(pdf.rendre(document, AU)))


@pytest.fixture(params=COMMUNES, scope="module")
def lu(request: pytest.FixtureRequest) -> pypdf.PdfReader:
    """Le PDF d'une commune, relu."""
    return _lire(COMMUNES[request.param], AVANT)


def test_la_page_de_vote_tient_sur_une_page_a4(lu: pypdf.PdfReader) -> None:
    assert {tuple(round(float(c)) for c in p.mediabox[2:]) for p in lu.pages} == {A4}
    premiere, seconde = (page.extract_text() for page in lu.pages[:2])
    assert "prend acte du rapport" in " ".join(premiere.split())
    assert seconde.startswith(("Annexe", "À décider (suite)"))


@pytest.mark.parametrize("commune", COMMUNES)
def test_la_premiere_page_dit_les_points_dans_l_ordre_et_la_suite_les_reprend(
    commune: str,
) -> None:
    """Le PDF mesure ce qui tient : des points en entier, puis en bref, puis leur compte."""
    page = _page(commune)
    votes = page.votes
    premiere, *pages = (
        extraire.serrer(page.extract_text()) for page in _lire(COMMUNES[commune]).pages
    )
    entiers, _, brefs = premiere.partition("Cequinousexpose")[0].partition(extraire.serrer(EN_BREF))
    en_entier = [
        v.rang for v in votes if extraire.serrer(f"{v.rang}. {v.objet} : {v.question}") in entiers
    ]
    en_bref = [
        v.rang for v in votes if extraire.serrer(f"{v.rang}. {v.objet} : {v.question}") in brefs
    ]
    dits = en_entier + en_bref
    assert dits == sorted(page.urgents[: len(dits)] if len(dits) < len(votes) else dits)
    tus = [vote.rang for vote in votes if vote.rang not in dits]
    nommes = re.search(r"Àlapagesuivanteaussi:(\d+)\.", premiere)
    assert [int(rang) for rang in nommes.groups()] == tus[:1] if nommes else not tus
    debordent = [vote.rang for vote in votes[len(en_entier) :]]
    assert pages[0].startswith("Àdécider(suite)" if debordent else "Annexe")
    suite = " ".join(pages).partition("Annexe")[0]
    assert [r for r in debordent if f"{r}." in suite] == debordent


def _page(commune: str) -> PremierePage:
    page = composer(rapporter(COMMUNES[commune], erreurs=2)).premiere
    assert isinstance(page, PremierePage)
    return page


def test_les_erreurs_du_classeur_se_disent_sur_la_premiere_page(lu: pypdf.PdfReader) -> None:
    assert "Le classeur contient encore 2 erreurs" in " ".join(lu.pages[0].extract_text().split())


def test_les_signets_suivent_les_titres(lu: pypdf.PdfReader) -> None:
    titres = [titre for _, titre in _signets(lu.outline)]
    assert titres[:6] == [
        "Pilotage numérique, rapport 2026",
        "À décider",
        "Ce qui nous expose",
        "À savoir",
        "Cinq chiffres",
        "Pour le procès-verbal",
    ]
    assert titres[6:][titres[6] == "À décider (suite)"] == "Annexe"
    assert titres[-1] == "D'où vient chaque chiffre"


def test_aucun_titre_ne_finit_une_page(lu: pypdf.PdfReader) -> None:
    """La dernière ligne avant le pied n'est ni un titre, ni l'annonce d'un tableau."""
    titres = {titre for _, titre in _signets(lu.outline)}
    for page in lu.pages:
        lignes = [ligne.strip() for ligne in page.extract_text().splitlines() if ligne.strip()]
        corps = [ligne for ligne in lignes if not ligne.startswith("Interne · ")]
        assert corps[-1] not in titres


def test_chaque_tableau_a_ses_entetes_et_chaque_dessin_ses_mots(lu: pypdf.PdfReader) -> None:
    racine = lu.trailer["/Root"]["/StructTreeRoot"]
    elements = list(_elements(racine))
    roles = [element.get("/S") for element in elements]
    assert roles.count("/H1") == 1
    tableaux = [element for element in elements if element.get("/S") == "/Table"]
    assert tableaux
    for tableau in tableaux:
        assert any(element.get("/S") == "/TH" for element in _elements(tableau))
    figures = [element for element in elements if element.get("/S") == "/Figure"]
    assert all(figure.get("/Alt") for figure in figures)


def test_le_pdf_se_garde_longtemps(lu: pypdf.PdfReader) -> None:
    """Ce que PDF/A-2a exige et qui se voit : couleurs, balises, texte, polices, rien d'actif."""
    racine = lu.trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"]
    assert racine["/Lang"] == "fr-CH"
    assert racine["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [sortie["/S"] for sortie in racine["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(racine)
    assert "/Encrypt" not in lu.trailer
    polices = [p.get_object() for page in lu.pages for p in page["/Resources"]["/Font"].values()]
    assert polices
    for police in polices:
        assert "/ToUnicode" in police
        (descendante,) = police["/DescendantFonts"]
        assert "/FontFile3" in descendante.get_object()["/FontDescriptor"]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="demande poppler, pour les places")
@pytest.mark.parametrize("commune", COMMUNES)
def test_aucun_mot_ne_sort_de_la_page(commune: str, tmp_path: Path) -> None:
    chemin = tmp_path / "rapport.pdf"
    chemin.write_bytes(pdf.rendre(composer(rapporter(COMMUNES[commune], precedent=AVANT)), AU))
    lecture = subprocess.run(
        ["pdftotext", "-bbox", str(chemin), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    places = re.findall(
        r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.]+)" yMax="([\d.]+)"', lecture.stdout
    )
    assert len(places) > 50
    for x_min, y_min, x_max, y_max in (map(float, place) for place in places):
        assert x_min > 40 and y_min > 30, (x_min, y_min)
        assert x_max < A4[0] - 38 and y_max < A4[1] - 20, (x_max, y_max)


@pytest.mark.parametrize("piege", PIEGES)
def test_un_texte_hostile_se_lit_sans_rien_faire(piege: str) -> None:
    commune = (
        f"commune | commune | executif_nom | annee\n | {piege} | {piege} | 2026\n"
        f"outils | nom | criticite | repli\n | {piege} | Indispensable | {piege}"
    )
    assert len(_lire(commune).pages) >= 2


def _signets(noeuds: Any, niveau: int = 1) -> Iterator[tuple[int, str]]:
    for noeud in noeuds:
        if isinstance(noeud, list):
            yield from _signets(noeud, niveau + 1)
        else:
            yield niveau, noeud.title.replace("\u202f", " ").replace("’", "'")


def _elements(noeud: Any) -> Iterator[Any]:
    """Les éléments de structure sous un nœud, dans l'ordre de lecture."""
    enfants = noeud.get("/K", [])
    for reference in enfants if isinstance(enfants, list) else [enfants]:
        enfant = reference.get_object() if hasattr(reference, "get_object") else reference
        if isinstance(enfant, dict) and "/S" in enfant:
            yield enfant
            yield from _elements(enfant)


def test_une_longue_ligne_du_temps_se_coupe_entre_deux_reperes() -> None:
    """Un dessin ne change pas de page : trop haut, il laisserait son titre seul."""
    outils = "\n".join(
        f" | Outil {n} | Indispensable | Alpha | {n % 28 + 1:02}.03.2027 | Tacite | 3"
        for n in range(35)
    )
    rendu = pdf.rendre(
        composer(
            rapporter(
                "outils | nom | criticite | prestataire | echeance | renouvellement "
                f"| delai_resiliation\n{outils}"
            )
        ),
        AU,
    )
    pages = extraire.lire_pdf(rendu)
    (titree,) = (page for page in pages if "Échéances des douze prochains mois\n" in page)
    assert "Outil 0" in titree.partition("Échéances des douze prochains mois\n")[2]
    assert "".join(pages).count("mois (suite)") == 3


def test_d_un_tableau_sans_fin_le_debut_s_imprime_et_le_titre_dit_ou_est_le_reste() -> None:
    outils = "\n".join(f" | Outil {n} | Indispensable | Alpha" for n in range(600))
    document = composer(rapporter(f"outils | nom | criticite | prestataire\n{outils}"))
    texte = " ".join("".join(extraire.lire_pdf(pdf.rendre(document, AU))).split())
    assert "les 300 premières lignes sur 600" in texte
    assert "Outil 99" in texte
