"""Une cellule devient ce que sa colonne attend si c'est sans équivoque, sinon `Illisible`."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pilotage_xlsx.registre import Cellule, Illisible, Motif, NatureDeCellule, Valeur
from pilotage_xlsx.registre.genres import afficher, attendre, interpreter, interpreter_libre
from tests.tableaux import modele


def lire(
    colonne: str,
    texte: str,
    *,
    nature: NatureDeCellule = NatureDeCellule.TEXTE,
    est_date: bool = False,
) -> Valeur | None:
    """La valeur d'une cellule de la colonne « outils.nom »."""
    feuille, _, nom = colonne.partition(".")
    attendue = modele().par_id[feuille].par_id[nom]
    return interpreter(
        Cellule(nature, texte, est_date), attendre(attendue, modele().ecritures(attendue))
    )


@pytest.mark.parametrize("texte", ["", " ", "\u00a0\u202f", "\u200b\ufeff", "\t\n"])
def test_des_blancs_sont_le_vide(texte: str) -> None:
    assert lire("outils.nom", texte) is None


@pytest.mark.parametrize(
    ("texte", "montant"),
    [
        ("1'234.50", 1234.5), ("1’234,50", 1234.5), ("1 234.-", 1234), ("CHF 1200", 1200),
        ("1200 Fr.", 1200), ("1\u202f234\u202f567", 1234567), ("12.5", 12.5), ("0", 0),
    ],
)  # fmt: skip
def test_un_montant_comme_on_l_ecrit(texte: str, montant: float) -> None:
    assert lire("outils.cout_annuel", texte) == montant


@pytest.mark.parametrize(
    "texte", ["env. 500", "?", "10 20", "1'2", "1,234,567", "CHF", "1e999", "12 %"]
)
def test_un_montant_douteux_est_illisible(texte: str) -> None:
    assert lire("outils.cout_annuel", texte) == Illisible(texte, Motif.NOMBRE)


def test_un_montant_hors_des_bornes() -> None:
    assert lire("outils.cout_annuel", "-1") == Illisible("-1", Motif.BORNES)
    assert lire("outils.delai_resiliation", "37") == Illisible("37", Motif.BORNES)


def test_une_date_n_est_pas_un_montant() -> None:
    lue = lire("outils.cout_annuel", "46093", nature=NatureDeCellule.NOMBRE, est_date=True)
    assert lue == Illisible("12.03.2026", Motif.NOMBRE)


def test_un_entier_n_a_pas_de_centimes() -> None:
    assert lire("outils.delai_resiliation", "3.0", nature=NatureDeCellule.NOMBRE) == 3
    assert lire("outils.delai_resiliation", "3.5") == Illisible("3.5", Motif.NOMBRE)


@pytest.mark.parametrize("texte", ["indispensable", " INDISPENSABLE\u00a0"])
def test_un_choix_de_liste_oublie_casse_et_blancs(texte: str) -> None:
    assert lire("outils.criticite", texte) == "Indispensable"


def test_un_choix_hors_liste_est_illisible() -> None:
    assert lire("outils.criticite", "Vital") == Illisible("Vital", Motif.LISTE)


@pytest.mark.parametrize("texte", ["Indispensable.", "Ìndispensable", "Indis\npensable"])
def test_un_accent_un_point_ou_un_mot_coupe_font_un_autre_texte_comme_dans_la_feuille(
    texte: str,
) -> None:
    assert lire("outils.criticite", texte) == Illisible(texte, Motif.LISTE)


def test_un_booleen_n_est_dans_aucune_liste() -> None:
    lue = lire("commune.contact_transmissible", "1", nature=NatureDeCellule.BOOLEEN)
    assert lue == Illisible("VRAI", Motif.LISTE)


def test_une_mention_tient_lieu_de_reference() -> None:
    assert lire("outils.prestataire", "géré à l’INTERNE") == "Géré à l'interne"


def test_une_reference_a_plusieurs_se_coupe() -> None:
    assert lire("outils.autre_prestataire", "Alpha ;  Bêta\nGamma;") == ("Alpha", "Bêta", "Gamma")


def test_un_nombre_dans_un_texte_reste_lisible() -> None:
    assert lire("outils.nom", "2026.0", nature=NatureDeCellule.NOMBRE) == "2026"
    assert lire("outils.nom", "46093", nature=NatureDeCellule.NOMBRE, est_date=True) == "12.03.2026"


def test_une_date_garde_son_jour_et_un_instant_son_heure() -> None:
    assert lire("outils.echeance", "12.03.2026 14:30") == date(2026, 3, 12)
    assert lire("incidents.constate_le", "12.03.2026 14:30") == datetime(2026, 3, 12, 14, 30)


def test_minuit_d_une_date_iso_du_tableur_n_est_pas_une_heure() -> None:
    lue = lire("incidents.constate_le", "2026-03-12T00:00:00", nature=NatureDeCellule.DATE)
    assert lue == date(2026, 3, 12)
    assert not isinstance(lue, datetime)


@pytest.mark.parametrize(
    ("nature", "motif"),
    [(NatureDeCellule.ERREUR, Motif.ERREUR), (NatureDeCellule.FORMULE, Motif.FORMULE)],
)
def test_une_erreur_ou_une_formule_sans_resultat_est_illisible(
    nature: NatureDeCellule, motif: Motif
) -> None:
    assert lire("outils.nom", "#REF!", nature=nature) == Illisible("#REF!", motif)


def test_une_colonne_propre_se_lit_comme_le_tableur_la_montre() -> None:
    assert interpreter_libre(Cellule(NatureDeCellule.NOMBRE, "46093", est_date=True)) == date(
        2026, 3, 12
    )
    assert interpreter_libre(Cellule(NatureDeCellule.NOMBRE, "22706", est_date=True)) == date(
        1962, 3, 1
    )
    assert interpreter_libre(Cellule(NatureDeCellule.NOMBRE, "0.5", est_date=True)) == 0.5
    assert interpreter_libre(Cellule(NatureDeCellule.NOMBRE, "12.50")) == 12.5
    assert interpreter_libre(Cellule(NatureDeCellule.BOOLEEN, "1")) == "VRAI"


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [
        (None, ""), (date(2026, 3, 12), "12.03.2026"), (1234.5, "1'234.50"), (1200.0, "1'200"),
        (("Alpha", "Bêta"), "Alpha; Bêta"), (Illisible("?", Motif.NOMBRE), "?"),
    ],
)  # fmt: skip
def test_une_valeur_s_affiche_comme_la_secretaire_l_ecrit(
    valeur: Valeur | None, texte: str
) -> None:
    assert afficher(valeur) == texte
