"""Le bilan d'une feuille : l'état de chaque ligne en mots, et les comptes de Contrôle."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.bilan import GROUPES, dire_a_confirmer, dire_etat, relever
from pilotage_xlsx.metier.etat import FAUTES, SIGNE_VIDE
from tests.metier.tables import etat, exigees_en_plus, feuille, noms
from tests.tableaux import modele

CONNUES = ("nom", "domaine", "criticite", "prestataire", "donnees_personnelles", "lieu_donnees")
TETE, REPONSES, VIDES = exigees_en_plus("outils", *CONNUES)
OUTILS = f"outils | {' | '.join(CONNUES)}{TETE}"
REGISTRES = modele().registres
COMPLET = f"Archivage | Accessoire | Géré à l'interne | Aucune | Suisse{REPONSES}"


def _dire(valeurs: str, colonnes: str = "") -> str:
    """Ce que la colonne État dit de cette ligne d'outils."""
    lu = etat(f"{OUTILS} {colonnes}\n | {valeurs}")
    return dire_etat(
        feuille("outils"), lu.signes(feuille("outils"), lu.registre.lignes("outils")[0])
    )


@pytest.mark.parametrize(
    ("valeurs", "dit"),
    [
        (f"GED | {COMPLET}", "Complet"),
        ("| Archivage | Accessoire", "Il manque\u202f: Outil ou service"),
        (
            f"GED | | Accessoire | Géré à l'interne | Aucune |{REPONSES}",
            "Il manque 2\u202f: Domaine, Lieu des données",
        ),
        (
            f"GED | À clarifier | Accessoire | Géré à l'interne | À clarifier | Suisse{REPONSES}",
            "À clarifier\u202f: 2",
        ),
        (
            f"GED | À clarifier | | Géré à l'interne | Aucune | Suisse{REPONSES}",
            "Il manque\u202f: Criticité",
        ),
        (
            "GED | Bricolage | | Fantôme SA | À clarifier",
            "À corriger 2\u202f: Domaine, Prestataire",
        ),
    ],
)
def test_l_etat_d_une_ligne_en_mots(valeurs: str, dit: str) -> None:
    assert _dire(valeurs) == dit


def test_une_ligne_hors_vigueur_se_dit_comme_les_autres() -> None:
    assert _dire(f"GED | {COMPLET} | Arrêté", "| statut") == "Complet"
    dit = _dire(f"GED | | | | |{VIDES} | Arrêté", "| statut")
    assert dit.startswith("Il manque ")
    assert dit.endswith("\u202f: Domaine, Criticité…")


def test_l_etat_d_une_ligne_tient_en_deux_lignes() -> None:
    longue = max(len(dire_etat(decrite, "V" + "M" * len(decrite.saisies))) for decrite in REGISTRES)
    assert longue <= 62


def test_une_ligne_proposee_est_a_confirmer_meme_vide() -> None:
    assert _dire(f"GED | | | | |{VIDES} | À confirmer", "| statut") == "À confirmer"
    assert (
        _dire(f"GED | Cuisine | | | |{VIDES} | À confirmer", "| statut")
        == "À corriger\u202f: Domaine"
    )


def test_une_ligne_total_ne_dit_rien() -> None:
    assert _dire(f"Total | | | | |{VIDES} | 12", "| cout_annuel") == ""


def test_le_releve_compte_les_seules_lignes_en_vigueur() -> None:
    lu = etat(
        f"""
        {OUTILS} | statut | autre_prestataire | cout_annuel
               | GED | {COMPLET}
               | Eau | À clarifier | Accessoire | Géré à l'interne | À clarifier | Suisse{REPONSES}
               | Gaz | Archivage | Accessoire | Fantôme SA | |{REPONSES} | | Spectre ; Ombre
               | Feu | Bricolage | | Géré à l'interne | Aucune | Suisse{REPONSES} | | | cher
               | Air | | | | |{VIDES} | Arrêté | Spectre | cher
               | Total | | | | |{VIDES} | | | 12
        """
    )
    releve = relever(lu, feuille("outils"))
    assert (releve.en_vigueur, releve.completes) == (4, 2)
    assert [releve.comptes[groupe] for groupe in GROUPES] == [4, 2, 3, 2]
    ligne, colonne = releve.premieres[SIGNE_VIDE]
    assert (noms([ligne]), colonne.id) == (["Gaz"], "donnees_personnelles")


def test_une_cle_en_double_se_compte_a_corriger() -> None:
    lu = etat(f"{OUTILS}\n | GED | {COMPLET}\n | ged | {COMPLET}")
    releve = relever(lu, feuille("outils"))
    comptes = [releve.comptes[groupe] for groupe in (FAUTES, "Rr")]
    assert (releve.completes, comptes) == (0, [2, 0])


def test_le_releve_trouve_la_premiere_cellule_vide_meme_si_c_est_la_cle() -> None:
    lu = etat(f"{OUTILS}\n | | Archivage")
    releve = relever(lu, feuille("outils"))
    assert releve.premieres[SIGNE_VIDE][1].id == "nom"


def test_le_releve_d_un_registre_vide_ou_complet_ne_montre_aucune_cellule() -> None:
    assert relever(etat(), feuille("outils")).premieres == {}
    releve = relever(etat(f"{OUTILS}\n | GED | {COMPLET}"), feuille("outils"))
    assert (releve.en_vigueur, releve.completes, releve.premieres) == (1, 1, {})


@pytest.mark.parametrize(
    ("statuts", "dit"),
    [
        (["", "Arrêté", "En projet"], None),
        (["À confirmer", ""], "Outils : 1 ligne à confirmer, pas comptée"),
        (["À confirmer"] * 2, "Outils : 2 lignes à confirmer, pas comptées"),
    ],
)
def test_les_lignes_a_confirmer_se_disent_a_part(statuts: list[str], dit: str | None) -> None:
    rangees = "".join(f"\n | {rang} | {statut}" for rang, statut in enumerate(statuts))
    phrase = dire_a_confirmer(etat(f"outils | nom | statut{rangees}"), feuille("outils"))
    assert (phrase and phrase.rpartition(" : ")[0]) == dit
