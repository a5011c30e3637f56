"""Ce qui rend le classeur agréable à l'œil et à la main : contrastes, replis, pied, poids."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries

from pilotage_xlsx.generation.plan import COLONNE_AIDES, RANG_GAUCHE
from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.socle import tableur
from tests.generation.classeurs import octets, ouvrir
from tests.tableaux import modele

REGISTRES = modele().registres
CALCULEES = ("Contrôle", "Tableau de bord")
BLANC = "#FFFFFF"
CORPS = 11
CHIFFRE_DE_DEJAVU = 7.0
"""La largeur d'un chiffre de DejaVu Sans dans le corps du classeur, en points."""
ECRAN = 150
"""Les signes d'une ligne, à 100 %, sur un écran de 1366 points de large."""


@lru_cache(maxsize=1)
def vierge() -> Workbook:
    return ouvrir()


def _clarte(couleur: str) -> float:
    """La luminance relative d'une couleur (WCAG 2.1, § 1.4.3)."""
    parts = [int(couleur[rang : rang + 2], 16) / 255 for rang in (1, 3, 5)]
    lineaires = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(c * part for c, part in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


@pytest.mark.parametrize(
    ("texte", "fond"),
    [
        (tableur.GRIS, BLANC),
        (tableur.BLEU, BLANC),
        (BLANC, tableur.BLEU),
        (BLANC, tableur.BLEU_MOYEN),
        (BLANC, tableur.GRIS),
        (tableur.ENCRE, tableur.BLEU_PALE),
        (tableur.TEXTE, tableur.BANDE),
        (tableur.GRIS, tableur.BANDE),
        (tableur.MANQUE, tableur.MANQUE_FOND),
        (tableur.CLARIFIER, tableur.CLARIFIER_FOND),
        (tableur.FAUTE, tableur.FAUTE_FOND),
        (tableur.COMPLET, tableur.BANDE),
    ],
)
def test_chaque_texte_se_lit_sur_son_fond(texte: str, fond: str) -> None:
    clair, sombre = sorted(map(_clarte, (texte, fond)), reverse=True)
    assert (clair + 0.05) / (sombre + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("registre", "colonne", "propose"),
    [
        ("outils", "delai_resiliation", '@" → un nombre seul, en mois"'),
        ("incidents", "interruption_heures", '@" → un nombre seul, en heures"'),
        ("outils", "cout_annuel", '@" → un nombre seul"'),
        ("outils", "reconduction", "General;"),
        ("outils", "autre_prestataire", "noms sont cherchés ici, tous par le contrôle"),
        ("outils", "prestataire", None),
    ],
)
def test_la_cellule_propose_ce_qui_y_va(registre: str, colonne: str, propose: str | None) -> None:
    """L'unité qu'un texte aurait dû taire ; « 2,5 », qui se montrerait « 3 » ; les noms de trop."""
    page = vierge()[modele().par_id[registre].libelle]
    entete = next(
        c for rangee in page.iter_rows() for c in rangee if c.value == f"{registre}.{colonne}"
    )
    regles = (
        regle
        for plage in page.conditional_formatting
        if entete.column_letter in str(plage.sqref)
        for regle in plage.rules
    )
    formats = [r.dxf.numFmt.formatCode for r in regles if r.dxf and r.dxf.numFmt]
    dits = [f for f in formats if (propose or " → ") in f]
    assert len(dits) == (propose is not None)


def test_le_classeur_vierge_reste_leger() -> None:
    livre = Path(__file__).parents[2] / "exemples" / "classeur-vierge.xlsx"
    assert max(len(octets()), livre.stat().st_size) <= 180_000


def _hauteurs(lignes: int) -> list[float | None]:
    """De lignes d'un mot, la dernière en ayant soixante."""
    motifs = [{"motif": "mot"}] * (lignes - 1) + [{"motif": "mot " * 60}]
    page = ouvrir({"decisions": motifs}, entier=True)["Décisions"]
    return [page.row_dimensions[rang].height for rang in range(7, 7 + lignes)]


def test_seules_les_lignes_d_un_grand_registre_ont_leur_hauteur_ecrite() -> None:
    """Ailleurs, chaque ligne suit ce qu'on y tape."""
    assert set(_hauteurs(150)) == {None}
    *courtes, longue = _hauteurs(151)
    assert set(courtes) == {30}
    assert longue and longue > 60


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_les_utiles_sont_repliees_et_les_essentielles_se_voient(feuille: Feuille) -> None:
    """Sauf les utiles que le modèle garde toujours en vue."""
    colonnes = vierge()[feuille.libelle].column_dimensions
    for rang, colonne in enumerate(feuille.colonnes, RANG_GAUCHE + 1):
        vue = colonnes[get_column_letter(rang)]
        if vue.min == rang:
            repliee = not (colonne.est_essentielle or colonne.en_vue)
            assert (bool(vue.outlineLevel), bool(vue.hidden)) == (repliee, repliee)


def test_le_modele_garde_en_vue_ce_que_les_echeances_demandent() -> None:
    outils = modele().par_id["outils"]
    en_vue = {"statut", "echeance", "delai_resiliation", "cout_annuel"}
    assert {c.id for c in outils.colonnes if c.en_vue} == en_vue


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_ce_qui_est_toujours_demande_tient_sur_deux_ecrans(feuille: Feuille) -> None:
    toujours = [c.largeur for c in feuille.essentielles if c.obligatoire_si is None]
    assert sum(toujours) <= 2 * ECRAN


@pytest.mark.parametrize("page", vierge().worksheets, ids=lambda p: p.title)
def test_seules_les_feuilles_calculees_sont_protegees(page) -> None:  # type: ignore[no-untyped-def]
    assert bool(page.protection.sheet) == (page.title in CALCULEES)
    assert page.protection.password is None


@pytest.mark.parametrize("page", vierge().worksheets, ids=lambda p: p.title)
def test_chaque_page_imprimee_dit_interne_et_son_numero(page) -> None:  # type: ignore[no-untyped-def]
    assert "Interne" in page.oddFooter.left.text
    assert "page &P" in page.oddFooter.right.text


@pytest.mark.parametrize("page", vierge().worksheets, ids=lambda p: p.title)
def test_ni_macro_ni_lien_vers_un_autre_fichier(page) -> None:  # type: ignore[no-untyped-def]
    liens = (cellule.hyperlink for rangee in page.iter_rows() for cellule in rangee)
    assert not any(lien.target for lien in liens if lien)
    assert not vierge()._external_links
    assert not vierge().vba_archive


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_chaque_registre_a_ses_filtres(feuille: Feuille) -> None:
    (table,) = vierge()[feuille.libelle].tables.values()
    assert table.autoFilter is not None


def test_une_validation_avertit_et_laisse_continuer() -> None:
    for feuille in modele().feuilles:
        for validation in vierge()[feuille.libelle].data_validations.dataValidation:
            if validation.type not in (None, "none") and validation.showErrorMessage:
                assert validation.errorStyle == "warning"
                assert validation.error.endswith(("Vous pouvez aussi continuer.", "et continuez."))


def test_le_tableau_de_bord_vit_a_la_date_du_jour() -> None:
    assert vierge()["Tableau de bord"]["A2"].value == "=TODAY()"


@pytest.mark.parametrize("page", vierge().worksheets, ids=lambda p: p.title)
def test_rien_ne_s_ecrit_plus_petit_que_le_corps(page) -> None:  # type: ignore[no-untyped-def]
    """Onze points en valent huit et demi sur la plus large page, comme douze dans son en-tête."""
    ecrites = (cellule for rangee in page.iter_rows() for cellule in rangee if cellule.value)
    assert {cellule.coordinate for cellule in ecrites if cellule.font.sz < 11} == set()
    bords = (page.oddHeader.left, page.oddFooter.left, page.oddFooter.right)
    assert all(bord.size >= 12 for bord in bords if bord.text), page.title


@pytest.mark.parametrize("page", vierge().worksheets, ids=lambda p: p.title)
def test_une_police_plus_large_s_imprime_encore_assez_grande(page) -> None:  # type: ignore[no-untyped-def]
    """DejaVu Sans, où Calibri n'a pas de remplaçant ; les colonnes suivent son chiffre."""
    imprimee = (page.print_area or page.dimensions).rpartition("!")[2]
    droite = range_boundaries(imprimee)[2]
    colonnes = page.column_dimensions.values()
    en_vue = [c for c in colonnes if not c.hidden and c.min and c.min <= droite]
    largeur = sum((min(c.max, droite) - c.min + 1) * c.width for c in en_vue) * CHIFFRE_DE_DEJAVU
    debout = page.page_setup.orientation == "portrait"
    papier = 72 * ((210 if debout else 297) / 25.4 - page.page_margins.left * 2)
    ajustee = page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage
    centiemes = min(100, int(100 * papier / largeur)) if ajustee else page.page_setup.scale
    assert CORPS * centiemes / 100 >= 8.5


def test_les_phrases_de_la_maison_ont_leurs_apostrophes_et_leurs_espaces() -> None:
    """Titres, phrases et explications ; ni les en-têtes ni les listes, que l'on tape et compare."""
    page = vierge()["Commune"]
    aides = [page.cell(ligne, COLONNE_AIDES).value or "" for ligne in range(9, page.max_row)]
    for texte in (*aides, *(page_.cell(2, 1).value or "" for page_ in vierge())):
        assert not re.search(r"[^\W\d]'[^\W\d]", str(texte)), texte
        assert not re.search(r" [:;!?»]|« ", str(texte)), texte
