"""Le classeur généré, vu par un autre programme que nous."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation import generer
from pilotage_xlsx.generation.plan import RANG_ETAT, RANG_GAUCHE, est_en_vue, planifier
from pilotage_xlsx.generation.validations import TITRE_AU_PLUS
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele import Feuille, Genre
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.typographie import phraser
from tests.generation.classeurs import octets, ouvrir
from tests.tableaux import AU, modele

REGISTRES = modele().registres
LIGNE = 15
"""La hauteur d'une ligne où rien n'est tapé, en points."""
PAPIER = ["Fiche papier incident", "Fiche papier signalement"]
CALCULEES = ["Contrôle", "Tableau de bord"]
DANS_L_ORDRE_DES_GESTES = ["Commune", "Prestataires", "Outils", "Décisions", "Incidents"]
DANS_L_ORDRE_DES_GESTES += ["Signalements", "Échanges"]
FEUILLES = [
    "Lisez-moi",
    *DANS_L_ORDRE_DES_GESTES,
    *CALCULEES,
    "Listes",
    *PAPIER,
    "Constats acceptés",
]


@lru_cache(maxsize=1)
def vierge() -> Workbook:
    return ouvrir()


def plan(feuille: Feuille):  # type: ignore[no-untyped-def]
    return planifier(modele(), Registre(Path("x"))).registre(feuille.id)


def cachees(feuille: Feuille) -> list[str]:
    """Les en-têtes de nos colonnes cachées, à droite de la table."""
    return [f"#px_{nom}" for nom in plan(feuille).techniques]


def test_les_feuilles_attendues() -> None:
    assert vierge().sheetnames == FEUILLES
    assert {*DANS_L_ORDRE_DES_GESTES} == {f.libelle for f in modele().feuilles}


def test_deux_fois_les_memes_octets() -> None:
    registre, _ = lire_donnees({"outils": [{"nom": "GED"}]}, modele(), Path("essai.xlsx"))
    assert generer(modele(), registre, AU) == generer(modele(), registre, AU)


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_une_vraie_table_des_lignes_que_dit_le_modele(feuille: Feuille) -> None:
    (table,) = vierge()[feuille.libelle].tables.values()
    _, haut, droite, bas = range_boundaries(table.ref)
    assert table.displayName == feuille.table
    assert (haut, bas - haut) == (plan(feuille).ligne_entete, feuille.lignes_pretes)
    assert feuille.lignes_pretes == 60
    assert droite == RANG_GAUCHE + len(feuille.colonnes) + len(plan(feuille).techniques)


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_l_en_tete_de_la_cellule_est_celui_de_la_table(feuille: Feuille) -> None:
    page = vierge()[feuille.libelle]
    (table,) = page.tables.values()
    entetes = [c.value for c in page[plan(feuille).ligne_entete] if c.value]
    visibles = [c.libelle for c in feuille.colonnes]
    assert entetes == ["État", "#px_gauche", *visibles, *cachees(feuille)] == table.column_names


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_nos_colonnes_sont_cachees_et_les_autres_non(feuille: Feuille) -> None:
    """Le bord gauche, puis tout ce qui suit la dernière colonne à remplir, jusqu'à la zone."""
    page, place = vierge()[feuille.libelle], plan(feuille)
    techniques = range(place.largeur + 1, place.largeur_de_table + 1)
    assert _sont_cachees(page, [RANG_GAUCHE, *techniques, place.rang_zone])
    vues = [case.rang for case in place.cases if case.colonne and est_en_vue(case.colonne)]
    assert not any(_sont_cachees(page, [rang]) for rang in [RANG_ETAT, *vues])


def _sont_cachees(page: Worksheet, rangs: list[int]) -> bool:
    vues = [vue for vue in page.column_dimensions.values() if vue.hidden]
    return all(any(vue.min <= rang <= vue.max for vue in vues) for rang in rangs)


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_la_ligne_de_cles_est_cachee_au_dessus(feuille: Feuille) -> None:
    page, ligne = vierge()[feuille.libelle], plan(feuille).ligne_cles
    assert page.row_dimensions[ligne].hidden
    cles = [c.value for c in page[ligne] if c.data_type == "s" and "#" not in c.value]
    assert cles == [f"{feuille.id}.{c.id}" for c in feuille.colonnes]


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_les_volets_gardent_la_cle_et_l_en_tete(feuille: Feuille) -> None:
    assert vierge()[feuille.libelle].freeze_panes == f"D{plan(feuille).premiere}"
    assert plan(feuille).rang(feuille.cle or "") == RANG_GAUCHE + 1


@pytest.mark.parametrize("feuille", modele().feuilles, ids=lambda f: f.id)
def test_une_feuille_s_imprime_assez_grande_pour_se_lire(feuille: Feuille) -> None:
    """Sur autant d'A4 de large que la police en demande, la clé répétée ; huit points et demi."""
    page = vierge()[feuille.libelle]
    assert page.page_setup.paperSize == 9
    assert 11 * page.page_setup.scale / 100 >= 8.5
    assert bool(page.print_title_cols) == (feuille.id != "commune")
    assert page.print_title_rows
    assert page.page_setup.orientation == "landscape"


@pytest.mark.parametrize("feuille", REGISTRES, ids=lambda f: f.id)
def test_un_registre_vide_imprime_une_page_de_ce_qui_s_y_tapera(feuille: Feuille) -> None:
    """Toute la hauteur d'une feuille, et rien sur la suivante, à l'échelle où il s'imprime."""
    page = vierge()[feuille.libelle]
    haut, bas = map(int, re.findall(r"\d+", page.print_area))
    marges, echelle = page.page_margins, page.page_setup.scale / 100
    papier = (210 / 25.4 - marges.top - marges.bottom) * 72 / echelle
    ecrit = page.row_dimensions[haut].height + (bas - haut) * LIGNE
    assert ecrit <= papier < ecrit * 1.1


@pytest.mark.parametrize("feuille", modele().feuilles, ids=lambda f: f.id)
def test_chaque_colonne_saisie_a_son_aide_dans_les_bornes(feuille: Feuille) -> None:
    validations = vierge()[feuille.libelle].data_validations.dataValidation
    aides = {validation.promptTitle: validation for validation in validations}
    for colonne in feuille.saisies:
        aide = aides[colonne.libelle[:TITRE_AU_PLUS]]
        assert aide.prompt.replace("\n", " ") == phraser(colonne.aide)
        assert max(map(len, aide.prompt.split("\n"))) <= 60
        assert len(aide.promptTitle) <= 32
        assert len(aide.prompt) <= 255
        assert len(aide.error or "") <= 255


def test_chaque_liste_et_chaque_reference_a_son_menu_par_un_nom_defini() -> None:
    noms = set(vierge().defined_names)
    for feuille in modele().feuilles:
        for validation in vierge()[feuille.libelle].data_validations.dataValidation:
            if validation.type == "list" and not validation.formula1.startswith('"'):
                assert validation.formula1.lstrip("=") in noms
        menus = [c for c in feuille.saisies if c.genre in (Genre.LISTE, Genre.REFERENCE)]
        validations = vierge()[feuille.libelle].data_validations.dataValidation
        par_un_nom = [v for v in validations if v.type == "list" and v.formula1[:1] != '"']
        assert len(menus) == len(par_un_nom)


@pytest.mark.parametrize("feuille", modele().feuilles, ids=lambda f: f.id)
def test_une_date_ou_un_nombre_propose_l_aveu_et_n_arrete_pas_la_frappe(feuille: Feuille) -> None:
    genres = (Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT)
    avouables = [c for c in feuille.saisies if c.genre in genres and c.admet_l_aveu]
    validations = vierge()[feuille.libelle].data_validations.dataValidation
    proposees = {v.promptTitle: v for v in validations if v.type == "list" and '"' in v.formula1}
    assert {*proposees} == {colonne.libelle[:TITRE_AU_PLUS] for colonne in avouables}
    for colonne in avouables:
        validation = proposees[colonne.libelle[:TITRE_AU_PLUS]]
        assert validation.formula1 == f'"{",".join([*colonne.mentions, "À clarifier"])}"'
        assert not validation.showErrorMessage


def test_les_menus_disent_les_valeurs_du_modele() -> None:
    livre = ouvrir(en_valeurs=True)
    for nom, liste in modele().listes.items():
        if f"menu_{nom}" in livre.defined_names:
            assert _valeurs(livre, f"menu_{nom}") == liste.choix
            assert set(_valeurs(livre, f"liste_{nom}")) == {*liste.choix}


def _valeurs(livre: Workbook, nom: str) -> tuple[str, ...]:
    ((feuille, plage),) = livre.defined_names[nom].destinations
    return tuple(ligne[0].value for ligne in livre[feuille][plage])


@pytest.mark.parametrize(
    ("dit", "montre"),
    [
        ("Conseil communal", "Conseil communal"),
        ("Municipalité", "Municipalité"),
        ("À clarifier", "Exécutif"),
        ("?", "Exécutif"),
        (None, "Exécutif"),
    ],
)
def test_le_menu_dit_l_executif_avec_le_mot_de_la_commune(dit: str | None, montre: str) -> None:
    livre = ouvrir({"commune": {"executif_nom": dit}}, en_valeurs=True)
    menu = _valeurs(livre, "menu_decide_par")
    assert menu == (montre, *modele().listes["decide_par"].choix[1:])
    assert "Exécutif" in _valeurs(livre, "liste_decide_par")


def test_la_version_du_modele_est_dans_les_proprietes() -> None:
    (propriete,) = vierge().custom_doc_props.props
    version = modele().identite.version
    assert (propriete.name, propriete.value) == ("pilotage-modele", f"communal {version}")


def test_aucune_cellule_vide_n_est_ecrite() -> None:
    with ZipFile(BytesIO(octets())) as archive:
        rangs = [FEUILLES.index(nom) + 1 for nom in DANS_L_ORDRE_DES_GESTES]
        pages = [archive.read(f"xl/worksheets/sheet{rang}.xml") for rang in rangs]
    assert not any(re.search(rb'<c r="[A-Z]+[0-9]+"[^>]*/>', page) for page in pages)


def test_les_seuils_sont_preinscrits() -> None:
    page = vierge()["Commune"]
    reponses = {page.cell(ligne, 1).value: page.cell(ligne, 3).value for ligne in range(1, 60)}
    assert reponses["commune.seuil_alerte_contrat"] == 90
    assert reponses["commune.seuil_hausse_chf"] == 500


def test_dates_et_montants_sont_natifs() -> None:
    page = ouvrir({"outils": [{"nom": "GED", "echeance": "2026-12-31", "cout_annuel": 1234.5}]})[
        "Outils"
    ]
    valeurs = {c.value: page.cell(c.row + 2, c.column) for c in page[5]}
    assert valeurs["outils.echeance"].is_date
    assert valeurs["outils.echeance"].number_format == "dd.mm.yyyy"
    assert valeurs["outils.cout_annuel"].value == 1234.5


def test_un_texte_reste_un_texte() -> None:
    textes = ["=1+1", "+41 21", "@x", "-", "a\nb", "d'été « É » 😀", "x" * 300]
    page = ouvrir({"outils": [{"nom": texte} for texte in textes]})["Outils"]
    cellules = [page.cell(7 + rang, RANG_GAUCHE + 1) for rang in range(len(textes))]
    assert [(c.value, c.data_type) for c in cellules] == [(texte, "s") for texte in textes]


def test_une_colonne_propre_voyage_dans_la_table() -> None:
    page = ouvrir({"outils": [{"nom": "GED", "propres": {"Couleur": "bleu"}}]})["Outils"]
    (table,) = page.tables.values()
    outils = modele().par_id["outils"]
    rang = RANG_GAUCHE + len(outils.colonnes) + 1
    assert table.column_names[rang - 1 :] == ["Couleur", *cachees(outils)]
    assert page.cell(7, rang).value == "bleu"


def test_au_moins_trente_lignes_de_reserve() -> None:
    page = ouvrir({"outils": [{"nom": f"outil {n}"} for n in range(300)]}, entier=True)["Outils"]
    (table,) = page.tables.values()
    assert range_boundaries(table.ref)[3] == 6 + 330


def test_le_dernier_jour_pour_resilier_porte_sa_valeur() -> None:
    outil = {"nom": "GED", "echeance": "2026-12-31", "delai_resiliation": 3}
    page = load_workbook(BytesIO(octets({"outils": [outil]})), data_only=True)["Outils"]
    rang = next(c.column for c in page[5] if c.value == "outils.dernier_jour")
    assert f"{page.cell(7, rang).value:%d.%m.%Y}" == "30.09.2026"
