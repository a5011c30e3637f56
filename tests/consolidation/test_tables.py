"""Les tables : chaque ligne avec son origine, chaque valeur dans son type, rien de perdu."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from tests.consolidation.classeurs import classeur, commune, joindre

OUTILS = """
    outils | nom | criticite | cout_annuel | echeance | delai_resiliation | arrete_le | statut
           | GED | Indispensable | 1'200.50 | 31.12.2026 | 6 | | En service
           | Fax | Accessoire    |          |            |   | 01.02.2020 | Arrêté
"""


def _outils(texte: str = OUTILS) -> pd.DataFrame:
    return joindre(classeur(commune("Valmarin") + texte)).tables["outils"]


def test_une_ligne_garde_sa_commune_son_fichier_sa_feuille_et_sa_ligne() -> None:
    ligne = _outils().iloc[1]
    origine = ligne[["source_commune", "source_annee", "source_fichier", "source_feuille"]]
    assert list(origine) == ["Valmarin", 2026, "valmarin.xlsx", "Outils"]
    assert ligne["source_ligne"] == 7


def test_chaque_genre_a_son_type() -> None:
    types = _outils().dtypes.astype(str)
    attendus = {
        "nom": "string", "cout_annuel": "Float64", "echeance": "datetime64[s]",
        "delai_resiliation": "Int64", "source_ofs": "Int64", "en_vigueur": "boolean",
    }  # fmt: skip
    assert {nom: types[nom] for nom in attendus} == attendus


def test_une_liste_fermee_suit_l_ordre_du_menu() -> None:
    criticite = _outils()["criticite"]
    assert criticite.dtype.ordered
    assert criticite.min() == "Indispensable"


def test_le_dernier_jour_pour_resilier_se_calcule() -> None:
    assert _outils()["dernier_jour"][0] == datetime(2026, 6, 30)


def test_une_ligne_hors_vigueur_reste_et_le_dit() -> None:
    assert list(_outils()["en_vigueur"]) == [True, False]


def test_une_ligne_a_confirmer_reste_de_cote_et_la_provenance_le_dit() -> None:
    texte = "outils | nom | statut\n | GED | À confirmer\n | Mail |\n | Site | À confirmer"
    consolidation = joindre(classeur(commune("Valmarin") + texte))
    assert list(consolidation.tables["outils"]["nom"]) == ["Mail"]
    (remarque,) = consolidation.provenance["remarques"]
    assert remarque == "Outils, lignes 6, 8 : encore à confirmer, non reprises."


def test_une_valeur_illisible_reste_en_toutes_lettres() -> None:
    table = _outils("outils | nom | echeance\n | GED | mars 2026\n | Mail | 31.12.2026")
    assert pd.isna(table["echeance"][0])
    assert table["echeance.texte"][0] == "mars 2026"
    assert pd.isna(table["echeance.texte"][1])


def test_une_valeur_hors_liste_reste_en_toutes_lettres() -> None:
    table = _outils("outils | nom | criticite\n | GED | Vitale")
    assert table["criticite.texte"][0] == "Vitale"


def test_une_mention_tient_lieu_de_date() -> None:
    texte = "incidents | numero | prestataire_contacte_le\n | I-1 | Pas nécessaire"
    table = joindre(classeur(commune("Valmarin") + texte)).tables["incidents"]
    assert table["prestataire_contacte_le.texte"][0] == "Pas nécessaire"


def test_une_colonne_propre_garde_son_en_tete() -> None:
    un = classeur(commune("Valmarin") + "outils | nom | Salle\n | GED | 12")
    deux = classeur(commune("Belcombe") + "outils | nom | Salle | Clé\n | Mail | B | x", "b.xlsx")
    table = joindre(un, deux).tables["outils"]
    assert list(table["propres.Salle"]) == ["B", "12"]
    assert list(table["propres.Clé"].dropna()) == ["x"]


def test_une_ligne_total_n_est_pas_un_outil() -> None:
    assert list(_outils("outils | nom | cout_annuel\n | GED | 5\n | Total | 5")["nom"]) == ["GED"]


def test_un_mot_de_passe_est_masque() -> None:
    table = _outils("outils | nom | remarques\n | GED | mot de passe : Soleil2026!")
    assert "Soleil2026!" not in table["remarques"][0]


def test_sans_classeur_les_tables_sont_vides_et_typees() -> None:
    consolidation = joindre()
    assert all(table.empty for table in consolidation.tables.values())
    assert consolidation.tables["outils"]["echeance"].dtype == "datetime64[s]"


def test_les_communes_se_rangent_par_nom_puis_par_annee() -> None:
    consolidation = joindre(
        classeur(commune("Valmarin", 2026), "v26.xlsx"),
        classeur(commune("Valmarin", 2025), "v25.xlsx"),
        classeur(commune("Épendes", 2026), "e.xlsx"),
    )
    fichiers = consolidation.communes["source_fichier"]
    assert list(fichiers) == ["e.xlsx", "v25.xlsx", "v26.xlsx"]


def test_le_cout_ne_compte_que_ce_qui_est_connu_et_en_service() -> None:
    texte = (
        "outils | nom | cout_annuel | statut\n | GED | 100.25 | \n | Mail | | \n | Fax | 9 | Arrêté"
    )
    ligne = joindre(classeur(commune("Valmarin") + texte)).communes.iloc[0]
    assert (ligne["cout_annuel"], ligne["outils_au_cout_connu"], ligne["outils"]) == (100.25, 1, 2)


def test_un_cout_inconnu_n_est_pas_zero() -> None:
    communes = joindre(classeur(commune("Valmarin") + "outils | nom\n | GED")).communes
    assert pd.isna(communes["cout_annuel"][0])


def test_un_registre_vide_est_sans_objet() -> None:
    ligne = joindre(classeur(commune("Valmarin") + "outils | nom\n | GED")).communes.iloc[0]
    assert ligne["completude.outils"] == "0 sur 1"
    assert ligne["completude.incidents"] == "sans objet"
