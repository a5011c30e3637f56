"""Les conflits montrent les deux valeurs, chacune avec sa place."""

from __future__ import annotations

import pandas as pd

from pilotage_xlsx.socle.adresses import lettres_de
from tests.consolidation.classeurs import classeur, commune, joindre
from tests.tableaux import modele


def _confronter(un: str, deux: str) -> pd.DataFrame:
    return joindre(
        classeur(commune("Valmarin") + un, "ancien.xlsx"),
        classeur(commune("Valmarin") + deux, "neuf.xlsx"),
    ).conflits


def test_une_cellule_differente_montre_ses_deux_valeurs_et_leurs_places() -> None:
    conflits = _confronter(
        "outils | nom | cout_annuel\n | GED | 1200",
        "outils | nom | cout_annuel\n | Mail | 5\n | ged | env. 500",
    )
    cellule = conflits[conflits["colonne"] == "Coût annuel (CHF)"].iloc[0]
    colonnes = [colonne.id for colonne in modele().par_id["outils"].colonnes]
    ou = lettres_de(2 + colonnes.index("cout_annuel"))
    assert list(cellule[["retenu", "valeur_retenue", "place_retenue"]]) == [
        "neuf.xlsx", "env. 500", f"Outils!{ou}7",
    ]  # fmt: skip
    assert list(cellule[["ecarte", "valeur_ecartee", "place_ecartee"]]) == [
        "ancien.xlsx", "1'200", f"Outils!{ou}6",
    ]  # fmt: skip


def test_une_ligne_qui_manque_d_un_cote_se_dit() -> None:
    conflits = _confronter("outils | nom\n | GED", "outils | nom\n | GED\n | Mail")
    assert list(conflits["ligne"]) == ["Mail"]
    assert list(conflits["valeur_ecartee"]) == ["absente"]


def test_une_colonne_propre_differente_se_dit() -> None:
    conflits = _confronter("outils | nom | Salle\n | GED | A", "outils | nom | Salle\n | GED | B")
    assert list(conflits["colonne"]) == ["Salle"]


def test_une_ligne_en_double_se_compare_a_son_rang() -> None:
    lignes = "outils | nom | repli\n | GED | papier\n | GED | "
    conflits = _confronter(lignes + "fax", lignes + "craie")
    assert list(conflits["valeur_ecartee"]) == ["fax"]


def test_deux_classeurs_qui_disent_la_meme_chose_le_disent() -> None:
    conflits = _confronter("outils | nom\n | GED", "outils | nom\n | GED")
    assert len(conflits) == 1
    assert "Aucune différence" in conflits["valeur_retenue"][0]


def test_trois_classeurs_se_comparent_au_retenu() -> None:
    textes = [commune("Valmarin") + f"outils | nom | repli\n | GED | {n}" for n in ("a", "b", "c")]
    conflits = joindre(*(classeur(t, f"{r}.xlsx") for r, t in enumerate(textes))).conflits
    assert list(zip(conflits["valeur_retenue"], conflits["valeur_ecartee"], strict=True)) == [
        ("c", "a"), ("c", "b"),
    ]  # fmt: skip


def test_sans_doublon_pas_de_conflit() -> None:
    assert joindre(classeur(commune("Valmarin")), classeur(commune("Belcombe"))).conflits.empty
