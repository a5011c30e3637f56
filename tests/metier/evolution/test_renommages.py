"""Un outil renommé n'est pas perdu : il se propose, avec ses raisons."""

from __future__ import annotations

import pytest

from tests.metier.evolution.annees import codes, dits

ENTETE = "outils | nom | domaine | prestataire | echeance | en_service_depuis | decision_origine\n"
ALPHA = "Gestion des documents et affaires | Alpha SA"


def _dits(avant: str, apres: str) -> list[str]:
    return dits(f"{ENTETE} | {avant}\n", f"{ENTETE} | {apres}\n")


def test_meme_prestataire_et_meme_domaine() -> None:
    assert _dits(f"Casier | {ALPHA}", f"AlphaDoc | {ALPHA}") == [
        "renomme « Casier » → « AlphaDoc » : même prestataire, même domaine"
    ]


def test_chaque_raison_se_dit() -> None:
    avant = f"GED communale | {ALPHA} | 31.12.2028 | 01.02.2020 | D-2020-001"
    apres = f"GED | {ALPHA} | 31.12.2028 | 01.02.2020 | D-2020-001"
    assert _dits(avant, apres) == [
        "renomme « GED communale » → « GED » : même prestataire, même domaine, "
        "même décision d'origine, même échéance, en service depuis le même jour"
    ]


def test_un_numero_de_contrat_suffit_avec_le_prestataire() -> None:
    avant = "outils | nom | domaine | prestataire | N° de contrat\n | A | Archivage | X | C-12\n"
    apres = "outils | nom | domaine | prestataire | N° de contrat\n | B | Autre | X | c 12\n"
    assert dits(avant, apres) == [
        "renomme « A » → « B » : même prestataire, même numéro de contrat"
    ]


COMPLET = "outils | nom | domaine | prestataire | echeance | en_service_depuis | cout_annuel\n"
RESEAU = "Réseau, serveurs, postes"
SITE = "Site internet et guichet en ligne"
BUREAU = "Bureautique et partage de fichiers"

RENOMMES = (
    (f"Site internet | {SITE} | Beta", f"Site web communal | {SITE} | Beta"),
    ("Compta | Comptabilité et finances | Alpha", "Abacus | Comptabilité et finances | Alpha SA"),
    ("Habitants | Contrôle des habitants | ", "Contrôle d'habitants | Contrôle des habitants | "),
    (f"Serveur communal | {RESEAU} | Alpha", f"Serveur de fichiers | {RESEAU} | Alpha"),
    (
        f"Hébergement | {RESEAU} | Alpha | 31.12.2028 | 01.02.2020 | 900",
        "Hébergement externe | Sauvegarde | Alpha | 31.12.2028 | 01.02.2020 | 900",
    ),
    (f"GED | {ALPHA} | | 01.01.2015", f"G.E.D. communale | {ALPHA} | | 01.01.2015"),
    ("Registre | Cimetière | Géré à l'interne", "Concessions | Cimetière | Géré à l'interne"),
)
AUTRES = (
    ("Casier | Archivage | Alpha SA", f"Guichet | {SITE} | Alpha SA"),
    ("Casier | Archivage | Alpha SA", "Coffre | Archivage | Beta SA"),
    (f"Casier | {ALPHA}", f"AlphaDoc | {ALPHA} | | 01.03.2026"),
    (f"Casier | {ALPHA} | | 01.01.2015", f"AlphaDoc | {ALPHA} | | 01.09.2025"),
    (f"Serveur communal | {RESEAU} | Alpha", f"Wifi public | {RESEAU} | Alpha"),
    (f"Site internet | {SITE} | Alpha", f"Site intranet | {BUREAU} | Alpha"),
    ("Fax | Messagerie et agenda | Thêta", "Alertes | Sécurité publique et pompiers | Thêta"),
    ("Photocopieur | Autre | Iota", "Machine à café | Autre | Iota"),
)  # fmt: skip


def _natures(avant: str, apres: str) -> list[str]:
    return [dit.split()[0] for dit in dits(f"{COMPLET} | {avant}\n", f"{COMPLET} | {apres}\n")]


@pytest.mark.parametrize(("avant", "apres"), RENOMMES)
def test_un_outil_renomme_se_retrouve(avant: str, apres: str) -> None:
    assert _natures(avant, apres)[0] == "renomme"


@pytest.mark.parametrize(("avant", "apres"), AUTRES)
def test_un_autre_outil_n_est_pas_un_renommage(avant: str, apres: str) -> None:
    assert _natures(avant, apres) == ["apparu", "disparu"]


def test_un_outil_arrete_n_est_pas_renomme() -> None:
    entete = "outils | nom | domaine | prestataire | statut\n"
    avant = f"{entete} | Casier | {ALPHA} | Arrêté\n"
    assert dits(avant, f"{entete} | AlphaDoc | {ALPHA}\n") == ["apparu « AlphaDoc »"]


def test_chaque_outil_ne_sert_qu_a_un_renommage() -> None:
    avant = f"{ENTETE} | Casier | {ALPHA}\n | Doc Alpha | {ALPHA}\n"
    apres = f"{ENTETE} | AlphaDoc | {ALPHA}\n"
    assert dits(avant, apres) == [
        "disparu « Casier » ne figure plus dans la feuille",
        "renomme « Doc Alpha » → « AlphaDoc » : même prestataire, même domaine, noms voisins",
    ]


def test_un_outil_renomme_se_compare_aussi() -> None:
    entete = "outils | nom | domaine | prestataire | cout_annuel\n"
    avant = f"{entete} | Casier | {ALPHA} | 1000\n"
    apres = f"{entete} | AlphaDoc | {ALPHA} | 2000\n"
    assert [dit.split()[0] for dit in dits(avant, apres)] == ["renomme", "cout"]


def test_un_renommage_n_est_pas_un_constat() -> None:
    prestataires = "prestataires | nom\n | Alpha SA\n"
    avant = f"{ENTETE} | Casier | {ALPHA}\n{prestataires}"
    apres = f"{ENTETE} | AlphaDoc | {ALPHA}\n{prestataires}"
    assert codes(avant, apres) == []


def test_une_liste_entierement_refaite_ne_se_rapproche_pas() -> None:
    listes = [
        ENTETE + "".join(f" | {prefixe}{rang} | {ALPHA}\n" for rang in range(301))
        for prefixe in ("Un", "Autre")
    ]
    assert not any(dit.startswith("renomme") for dit in dits(*listes))
