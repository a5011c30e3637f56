"""Déplacer, renommer, insérer, copier : le registre lu reste le même."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.registre import Registre
from tests.lecture.registres import (
    Classeur,
    avec_table,
    classeur,
    lignes,
    notre_classeur,
    relire,
    sans_table,
)
from tests.tableaux import modele

_REMPLI = """
outils       | nom   | domaine   | criticite     | prestataire | cout_annuel
             | GED   | Archivage | Indispensable | Alpha SA    | 1200.5
             | Paie  | Autre     | Accessoire    | Alpha SA    | 300
prestataires | nom      | prestation
             | Alpha SA | Hébergement
commune      | commune  | canton | annee | executif_nom
             | Valmarin | VD     | 2026  | Municipalité
"""


def lignes_de(feuille: Worksheet) -> tuple[int, int]:
    """La ligne des clés et celle de l'en-tête."""
    cles = next(
        cellule.row
        for ligne in feuille.iter_rows(max_col=3)
        for cellule in ligne
        if cellule.value == "outils.nom"
    )
    return cles, cles + 1


def renommer_les_feuilles(fait: Classeur) -> None:
    for rang, feuille in enumerate(fait.worksheets):
        feuille.title = f"Feuille {rang}"


def deplacer_les_feuilles(fait: Classeur) -> None:
    fait.move_sheet("Outils", 4)
    fait.move_sheet("Commune", 6)


def inserer_une_feuille(fait: Classeur) -> None:
    fait.create_sheet("Notes", 0)["A1"] = "à faire"


def cacher_les_feuilles(fait: Classeur) -> None:
    for feuille in fait.worksheets[1:]:
        feuille.sheet_state = "hidden"


def inserer_une_colonne(fait: Classeur) -> None:
    sans_table(fait["Outils"])
    fait["Outils"].insert_cols(2, 2)
    fait["Commune"].insert_cols(2)


def inserer_des_lignes(fait: Classeur) -> None:
    sans_table(fait["Outils"])
    fait["Outils"].insert_rows(1, 3)
    fait["Commune"].insert_rows(8, 2)


def inserer_une_ligne_sous_les_cles(fait: Classeur) -> None:
    sans_table(fait["Outils"])
    _, entete = lignes_de(fait["Outils"])
    fait["Outils"].insert_rows(entete)
    fait["Outils"].cell(entete, 1, "Mis à jour en mars")


def renommer_les_entetes(fait: Classeur) -> None:
    sans_table(fait["Outils"])
    _, entete = lignes_de(fait["Outils"])
    for cellule in fait["Outils"][entete]:
        cellule.value = f"Rubrique {cellule.column}"


def renommer_les_intitules_de_la_fiche(fait: Classeur) -> None:
    for rang, (cellule,) in enumerate(fait["Commune"].iter_rows(min_col=2, max_col=2, min_row=7)):
        if cellule.value:
            cellule.value = f"Question {rang}"


def effacer_les_cles(fait: Classeur) -> None:
    cles, _ = lignes_de(fait["Outils"])
    for cellule in fait["Outils"][cles]:
        cellule.value = None
    for (cellule,) in fait["Commune"].iter_rows(max_col=1):
        cellule.value = None


def defaire_les_tables(fait: Classeur) -> None:
    for feuille in fait.worksheets:
        sans_table(feuille)


def deplacer_des_cellules_sous_les_cles(fait: Classeur) -> None:
    """Le contenu des colonnes C et D s'échange, les clés cachées restent en place."""
    sans_table(fait["Outils"])
    _, entete = lignes_de(fait["Outils"])
    for ligne in range(entete, entete + 3):
        une, autre = (fait["Outils"].cell(ligne, colonne) for colonne in (3, 4))
        une.value, autre.value = autre.value, une.value


def deplacer_une_ligne_de_la_fiche(fait: Classeur) -> None:
    fiche = fait["Commune"]
    ligne = next(c.row for (c,) in fiche.iter_rows(max_col=1) if c.value == "commune.canton")
    fiche.move_range(f"A{ligne}:D{ligne}", rows=100)


def laisser_un_blanc_dans_les_lignes(fait: Classeur) -> None:
    sans_table(fait["Outils"])
    _, entete = lignes_de(fait["Outils"])
    fait["Outils"].insert_rows(entete + 2, 400)


@pytest.mark.parametrize(
    "bousculer",
    [
        renommer_les_feuilles,
        deplacer_les_feuilles,
        inserer_une_feuille,
        cacher_les_feuilles,
        inserer_une_colonne,
        inserer_des_lignes,
        inserer_une_ligne_sous_les_cles,
        renommer_les_entetes,
        renommer_les_intitules_de_la_fiche,
        effacer_les_cles,
        defaire_les_tables,
        deplacer_des_cellules_sous_les_cles,
        deplacer_une_ligne_de_la_fiche,
        laisser_un_blanc_dans_les_lignes,
    ],
)
def test_un_classeur_bouscule_se_lit_pareil(
    tmp_path: Path, bousculer: Callable[[Classeur], None]
) -> None:
    fait = notre_classeur(tmp_path / "avant.xlsx", _REMPLI)
    avant = relire(tmp_path / "avant.xlsx", fait)
    bousculer(fait)
    apres = relire(tmp_path / "apres.xlsx", fait)
    for nom in avant.feuilles:
        assert lignes(apres, nom) == lignes(avant, nom)
    assert not apres.en_double


def test_toutes_les_feuilles_se_retrouvent(tmp_path: Path) -> None:
    lu = relire(tmp_path / "nous.xlsx", notre_classeur(tmp_path / "nous.xlsx", _REMPLI))
    assert len(lu.feuilles) == len(modele().a_lire)
    assert lu.version == ("communal", modele().identite.version)
    assert lu.feuilles_propres == ()
    assert [ligne["nom"] for ligne in lu.lignes("outils")] == ["GED", "Paie"]


def test_chaque_valeur_garde_sa_cellule(tmp_path: Path) -> None:
    lu = relire(tmp_path / "nous.xlsx", notre_classeur(tmp_path / "nous.xlsx", _REMPLI))
    ged = lu.lignes("outils")[0]
    assert ged.cellules["cout_annuel"].texte == "1200.5"
    assert ged.emplacement("nom").feuille == "Outils"
    assert ged.emplacement("nom").ligne == lu.feuilles["outils"].lieu.ligne_entete + 1
    assert lu.commune.emplacement("canton").colonne == 3
    assert lu.commune.emplacement("referent_nom").ligne is not None


def test_un_inventaire_d_une_autre_origine(tmp_path: Path) -> None:
    autre = classeur(
        {
            "Inventaire": [
                ["Inventaire numérique communal"],
                [],
                ["Logiciel", "Fournisseur", "CRITICITE", "Étage"],
                ["GED", "Alpha SA", "important", "2e"],
                [None, None, None, "rien"],
                ["Paie", "Bêta Sàrl", None, None],
            ]
        }
    )
    lu = relire(tmp_path / "autre.xlsx", autre)
    assert lignes(lu, "outils") == [
        {"nom": "GED", "prestataire": "Alpha SA", "criticite": "Important"},
        {"nom": "Paie", "prestataire": "Bêta Sàrl"},
    ]
    assert lu.lignes("outils")[0].propres == {"Étage": "2e"}
    assert lu.feuilles["outils"].lieu.ligne_entete == 3


def test_une_feuille_sans_nom_connu_se_reconnait_a_ses_entetes(tmp_path: Path) -> None:
    autre = classeur(
        {
            "Feuil1": [["Outil ou service", "Domaine", "Criticité", "Prestataire"], ["GED"]],
            "Feuil2": [["Jour", "Sujet"], ["lundi", "rien"]],
        }
    )
    lu = relire(tmp_path / "autre.xlsx", autre)
    assert lignes(lu, "outils") == [{"nom": "GED"}]
    assert lu.feuilles_propres == ("Feuil2",)


def test_la_copie_d_une_feuille_est_en_double(tmp_path: Path) -> None:
    fait = notre_classeur(tmp_path / "nous.xlsx", _REMPLI)
    copie = fait.copy_worksheet(fait["Outils"])
    copie.title = "Outils (2)"
    fait.move_sheet(copie, -9)
    lu = relire(tmp_path / "copie.xlsx", fait)
    assert lu.en_double == (("outils", "Outils (2)"),)
    assert lu.feuilles["outils"].lieu.feuille == "Outils"


def test_la_table_l_emporte_sur_le_nom(tmp_path: Path) -> None:
    entetes = ["Outil ou service", "Domaine", "Criticité"]
    autre = classeur({"Outils": [entetes, ["faux"]], "Autre": [entetes, ["vrai"]]})
    avec_table(autre["Autre"], "Outils", "A1:C2")
    lu = relire(tmp_path / "table.xlsx", autre)
    assert lignes(lu, "outils") == [{"nom": "vrai"}]
    assert lu.en_double == (("outils", "Outils"),)


def deux_colonnes(tmp_path: Path) -> Registre:
    autre = classeur(
        {
            "Outils": [
                ["Outil ou service", "Domaine", "Criticité", "Domaine", None],
                ["GED", "Autre", "Important", "Social", "sans titre"],
            ]
        }
    )
    return relire(tmp_path / "double.xlsx", autre)


def test_une_colonne_en_double_garde_la_premiere_et_ne_perd_pas_l_autre(tmp_path: Path) -> None:
    lu = deux_colonnes(tmp_path)
    assert lignes(lu, "outils")[0]["domaine"] == "Autre"
    assert lu.feuilles["outils"].en_double == (("domaine", 4),)
    assert lu.lignes("outils")[0].propres["Domaine"] == "Social"


def test_une_colonne_propre_sans_entete_porte_sa_lettre(tmp_path: Path) -> None:
    assert deux_colonnes(tmp_path).lignes("outils")[0].propres["Colonne E"] == "sans titre"


def test_un_alias_ne_prend_pas_la_place_d_une_colonne_presente(tmp_path: Path) -> None:
    autre = classeur(
        {"Outils": [["Outil ou service", "Prestataire", "Fournisseur"], ["GED", "Alpha", "Bêta"]]}
    )
    lu = relire(tmp_path / "alias.xlsx", autre)
    assert lu.lignes("outils")[0]["prestataire"] == "Alpha"
    assert lu.lignes("outils")[0].propres == {"Fournisseur": "Bêta"}
    assert lu.feuilles["outils"].en_double == ()


def test_sans_cles_un_entete_renomme_ne_perd_que_sa_colonne(tmp_path: Path) -> None:
    """La zone cachée, au-dessus, redit tous les libellés : elle n'est pas l'en-tête."""
    fait = notre_classeur(tmp_path / "nous.xlsx", _REMPLI)
    effacer_les_cles(fait)
    _, entete = lignes_de(notre_classeur(tmp_path / "nous.xlsx", _REMPLI)["Outils"])
    (criticite,) = (c for c in fait["Outils"][entete] if c.value == "Criticité")
    criticite.value = "Rubrique"
    lu = relire(tmp_path / "renomme.xlsx", fait)
    assert [ligne["nom"] for ligne in lu.lignes("outils")] == ["GED", "Paie"]
    assert lu.lignes("outils")[0].propres == {"Rubrique": "Indispensable"}


def test_une_ligne_masquee_compte_et_se_dit(tmp_path: Path) -> None:
    fait = notre_classeur(tmp_path / "nous.xlsx", _REMPLI)
    _, entete = lignes_de(fait["Outils"])
    fait["Outils"].row_dimensions[entete + 1].hidden = True
    lu = relire(tmp_path / "masque.xlsx", fait)
    assert [ligne.est_masquee for ligne in lu.lignes("outils")] == [True, False]


def test_une_ligne_ajoutee_a_la_fiche_ne_se_perd_pas(tmp_path: Path) -> None:
    fait = notre_classeur(tmp_path / "nous.xlsx", _REMPLI)
    fait["Commune"]["B90"], fait["Commune"]["C90"] = "Nombre de postes", 12
    assert relire(tmp_path / "fiche.xlsx", fait).commune.propres == {"Nombre de postes": 12}


@pytest.mark.parametrize("nom", ["~$nous.xlsx", ".~lock.nous.xlsx#"])
def test_un_verrou_voisin_se_dit(tmp_path: Path, nom: str) -> None:
    fait = notre_classeur(tmp_path / "nous.xlsx")
    assert not relire(tmp_path / "nous.xlsx", fait).a_un_verrou
    (tmp_path / nom).write_text("secretariat")
    assert relire(tmp_path / "nous.xlsx", fait).a_un_verrou
