"""Ce qui change d'une année à l'autre, et ce qui n'est pas un changement."""

from __future__ import annotations

import pytest

from tests.metier.evolution.annees import dits

OUTIL = "outils | nom | domaine | prestataire | criticite | lieu_donnees | cout_annuel | statut\n"
GED = "Gestion des documents et affaires"


def outil(suite: str) -> str:
    return f"{OUTIL} | {suite}\n"


def test_rien_ne_change() -> None:
    ged = outil(f"GED | {GED} | Alpha SA | Important | Suisse | 1000 | En service")
    assert dits(ged, ged) == []


def test_un_outil_nouveau_est_apparu() -> None:
    compta = outil("Compta | Comptabilité et finances | Alpha SA")
    site = " | Site | Site internet et guichet en ligne | Beta SA\n"
    assert dits(compta, compta + site) == ["apparu « Site »"]


def test_un_projet_mis_en_service_est_apparu_et_un_projet_reste_un_projet() -> None:
    avant = outil("Compta\n | GED | | | | | | En projet")
    apres = outil("Compta\n | GED | | | | | | En service\n | Site | | | | | | En projet")
    assert dits(avant, apres) == ["apparu « GED », auparavant en projet", "projet « Site »"]


def test_un_outil_deja_en_service_mais_oublie_n_est_pas_apparu() -> None:
    avant = "outils | nom\n | Compta\n"
    apres = (
        "outils | nom | en_service_depuis | decision_origine\n"
        " | Compta\n | Site | 01.01.2019\n | GED | | Prise avant ce registre\n"
    )
    assert dits(avant, apres) == ["inscrit « Site »", "inscrit « GED »"]


def test_un_outil_efface_ou_arrete_est_disparu() -> None:
    avant = "outils | nom\n | Compta\n | Fax\n | GED\n"
    apres = "outils | nom | statut | arrete_le\n | Compta\n | Fax | Arrêté | 31.03.2026\n"
    assert dits(avant, apres) == [
        "disparu « Fax », arrêté le 31.03.2026",
        "disparu « GED » ne figure plus dans la feuille",
    ]


def test_un_outil_deja_arrete_ou_en_projet_ne_disparait_pas() -> None:
    avant = outil("Compta\n | Fax | | | | | | Arrêté\n | GED | | | | | | En projet")
    assert dits(avant, outil("Compta")) == []


def test_un_nom_reecrit_n_est_pas_un_changement() -> None:
    assert dits("outils | nom\n | Comptabilité\n", "outils | nom\n | COMPTABILITE \n") == []


def test_un_outil_passe_a_un_autre_prestataire() -> None:
    prestataires = "prestataires | nom\n | Alpha SA\n | Beta SA\n"
    avant, apres = (outil(f"GED | {GED} | {nom}") + prestataires for nom in ("Alpha SA", "Beta SA"))
    assert dits(avant, apres) == ["prestataire « GED » : Alpha SA → Beta SA"]


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Alpha Informatique SA", "alpha informatique sa"),
        ("Alpha Informatique SA", "Alpha Informatique"),
        ("Thêta Hébergement SA", "Theta Hebergement Sàrl"),
        ("Alpha Informatique SA", "Alpha Infomatique SA"),
        ("Alpha Informatique SA", "Alpha Informatique SA, succursale de Bulle"),
    ],
)
def test_un_prestataire_reecrit_n_est_pas_un_changement(avant: str, apres: str) -> None:
    assert dits(outil(f"GED | {GED} | {avant}"), outil(f"GED | {GED} | {apres}")) == []


@pytest.mark.parametrize(
    ("avant", "apres", "change"),
    [
        ("CHE-123.456.788 | |", "CHE 123 456 788 TVA | |", False),
        ("CHE-123.456.788 | |", "CHE-109.322.551 | |", True),
        (" | info@alpha.example |", " | info@alpha.example |", False),
        (" | | 021 555 01 10", " | | 021/555.01.10", False),
        (" | | 021 555 01 10", " | | +41 21 555 01 10", False),
        (" | | | C-4711", " | | | c4711", False),
        (" | | Aucun | sans", " | | Aucun | sans", True),
        (" | |", " | |", True),
    ],
)
def test_un_prestataire_qui_change_de_nom_se_reconnait_a_son_ide_ou_a_son_contact(
    avant: str, apres: str, change: bool
) -> None:
    entete = "prestataires | nom | ide | courriel | telephone_urgence | numero_client\n"
    ancien = outil(f"GED | {GED} | Alpha SA") + f"{entete} | Alpha SA | {avant}\n"
    nouveau = outil(f"GED | {GED} | Omega SA") + f"{entete} | Omega SA | {apres}\n"
    assert bool(dits(ancien, nouveau)) is change


@pytest.mark.parametrize(
    ("avant", "apres", "est_dit"),
    [
        ("1000", "1600", True),  # + 60 %, + 600
        ("1000", "1500", False),  # CHF 500 exactement
        ("5000", "6000", False),  # 20 % exactement
        ("5000", "6001", True),
        ("10000", "11000", False),  # + 1000, mais 10 %
        ("100", "200", False),  # + 100 %, mais CHF 100
        ("0", "501", True),
        ("", "5000", False),  # inconnu avant
        ("5000", "", False),
        ("5000", "beaucoup", False),
        ("6000", "3000", False),
    ],
)
def test_une_hausse_passe_les_deux_seuils(avant: str, apres: str, est_dit: bool) -> None:
    textes = [outil(f"GED | {GED} | | | | {cout}") for cout in (avant, apres)]
    assert bool(dits(*textes)) is est_dit


def test_la_hausse_se_dit_en_francs_et_en_pour_cent() -> None:
    textes = [outil(f"GED | {GED} | | | | {cout}") for cout in ("1000", "1600.50")]
    assert dits(*textes) == ["cout « GED » : CHF 1'000.– → CHF 1'600.50, soit 60 % de plus"]


def test_les_reponses_de_liste_qui_changent_se_disent() -> None:
    entete = "outils | nom | criticite | lieu_donnees | remplacement | recuperation\n"
    avant = f"{entete} | GED | Important | Suisse | Facile | Non prévue\n"
    apres = f"{entete} | GED | Indispensable | UE/EEE | Très difficile | Testée\n"
    assert dits(avant, apres) == [
        "lieu_donnees « GED » : Suisse → UE/EEE",
        "criticite « GED » : Important → Indispensable",
        "remplacement « GED » : Facile → Très difficile",
        "recuperation « GED » : Non prévue → Testée",
    ]


def test_une_reponse_vide_ou_illisible_n_est_pas_un_changement() -> None:
    avant, apres = (outil(f"GED | | | {c} | {lieu}") for c, lieu in (("", "Suisse"), ("x", "Lune")))
    assert dits(avant, apres) == []


def test_un_mot_de_passe_ne_sort_pas() -> None:
    avant = "outils | nom\n | Compta\n"
    apres = avant + " | Site, mot de passe : Secret-2026!\n"
    (dit,) = dits(avant, apres)
    assert "Secret" not in dit
