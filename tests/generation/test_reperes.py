"""Les repères du classeur : le prochain numéro, ce qui manque à la fiche, qui demander, revenir."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook

from pilotage_xlsx.generation.numeros import annee_du_numero, prochain_numero
from tests.generation.classeurs import ouvrir
from tests.tableaux import modele, registre

NUMEROTEES = [feuille for feuille in modele().registres if feuille.prefixe]


def _valeurs(document: dict[str, Any] | None = None) -> Workbook:
    return ouvrir(document, en_valeurs=True)


def _ligne_qui_commence(livre: Workbook, feuille: str, debut: str) -> str:
    textes = (str(c.value) for ligne in livre[feuille].iter_rows(max_row=12) for c in ligne)
    return next(texte for texte in textes if texte.startswith(debut))


@pytest.mark.parametrize(
    ("numeros", "attendu"),
    [
        ("", "I-2026-001"),
        ("I-2026-001", "I-2026-002"),
        ("I-2026-009 I-2026-003 I-2025-080 D-2026-050", "I-2026-010"),
        (
            "i-2026-4 I-2026-1e3 I-2026-9999999 I-2026-1/2 I-2026- I-2026-0000007 2026-9 12",
            "I-2026-008",
        ),
        ("I-2026-999", "I-2026-1000"),
    ],
)
def test_le_prochain_numero_suit_le_plus_grand_de_l_annee(numeros: str, attendu: str) -> None:
    lignes = registre("incidents | numero\n" + "\n".join(f"  | {n}" for n in numeros.split()))
    incidents = modele().par_id["incidents"]
    assert prochain_numero(incidents, lignes.lignes("incidents"), 2026) == attendu


def test_un_outil_n_a_pas_de_numero() -> None:
    (ged,) = registre("outils | nom\n | D-2026-001").lignes("outils")
    assert annee_du_numero(modele().par_id["outils"], ged) is None


@pytest.mark.parametrize("feuille", NUMEROTEES, ids=lambda f: f.id)
def test_chaque_registre_numerote_propose_le_suivant(feuille: Any) -> None:
    document = {"commune": {"annee": 2026}, feuille.id: [{"numero": f"{feuille.prefixe}-2026-007"}]}
    trouve = _ligne_qui_commence(_valeurs(document), feuille.libelle, "Prochain numéro")
    assert trouve == f"Prochain numéro\u202f: {feuille.prefixe}-2026-008"


def test_le_prochain_numero_est_une_formule_vivante() -> None:
    page = ouvrir()["Incidents"]
    formules = [str(c.value) for ligne in page.iter_rows(max_row=8) for c in ligne]
    assert any(f.startswith("=IF(") and "Prochain numéro" in f for f in formules)


def test_la_premiere_ligne_libre_annonce_son_numero() -> None:
    document = {"commune": {"annee": 2026}, "decisions": [{"numero": "D-2026-003"}]}
    etats = [c.value for c in _valeurs(document)["Décisions"]["A"]]
    assert etats.count("Prochain n°\u202f: D-2026-004") == 1


def test_la_fiche_dit_ce_qui_manque() -> None:
    livre = _valeurs({"commune": {"commune": "Valmarin", "annee": 2026}})
    manque = _ligne_qui_commence(livre, "Commune", "Il manque")
    assert manque.startswith("Il manque\u202f: Canton, Nom de l'exécutif")
    assert len(manque) < 145


def test_la_fiche_dit_ce_qui_est_a_corriger() -> None:
    livre = _valeurs({"commune": {"canton": "Vaudois", "annee": "bientôt"}})
    corriger = "À corriger\u202f: Canton, Année du rapport"
    assert _ligne_qui_commence(livre, "Commune", "À corriger") == corriger


def test_une_fiche_pleine_est_complete() -> None:
    reponses = {c.id: "x" for c in modele().fiche.essentielles}
    reponses |= {"canton": "VD", "referent_fonction": "Personne externe", "annee": 2026}
    reponses |= {"designe_le": "2026-01-01", "note_adoptee_le": "2026-01-01"}
    assert _ligne_qui_commence(_valeurs({"commune": reponses}), "Commune", "Complet")


def test_l_accueil_dit_a_qui_demander() -> None:
    fiche = {"referent_nom": "Anne Rochat", "referent_telephone": "021 555 01 10"}
    accueil = _valeurs({"commune": fiche})["Lisez-moi"]
    dits = [c.value for ligne in accueil.iter_rows() for c in ligne]
    assert "Anne Rochat, 021 555 01 10" in dits
    assert "si votre région en a une, à inscrire dans la feuille Commune" in dits


def test_chaque_feuille_ramene_au_sommaire() -> None:
    for page in ouvrir().worksheets[1:]:
        liens = [c.hyperlink for c in page[1] if c.hyperlink]
        assert [lien.location for lien in liens] == ["'Lisez-moi'!A1"], page.title


def test_le_sommaire_mene_a_de_vraies_feuilles() -> None:
    livre = ouvrir()
    liens = [c.hyperlink for ligne in livre["Lisez-moi"].iter_rows() for c in ligne if c.hyperlink]
    cibles = {str(lien.location).rpartition("!")[0].strip("'") for lien in liens}
    assert cibles <= set(livre.sheetnames)
    assert {feuille.libelle for feuille in modele().feuilles} <= cibles


def test_un_geste_mene_ou_ecrire() -> None:
    """Un lien choisit la cellule où sa feuille s'ouvre : la première à remplir."""
    livre = ouvrir({"commune": {"commune": "Valmarin"}, "prestataires": [{"nom": "Alpha SA"}]})
    liens = [c.hyperlink for rangee in livre["Lisez-moi"].iter_rows() for c in rangee]
    cibles = {str(lien.location).replace("'", "") for lien in liens if lien}
    ouvertes = {f.libelle: livre[f.libelle].sheet_view.selection[-1] for f in modele().feuilles}
    assert {f"{nom}!{choisie.activeCell}" for nom, choisie in ouvertes.items()} <= cibles
    assert {"Commune!C10", "Prestataires!C8", "Outils!C7"} <= cibles


def test_les_proprietes_du_document_le_presentent() -> None:
    proprietes = ouvrir({"commune": {"commune": "Valmarin"}}).properties
    assert proprietes.title == "Pilotage numérique communal · Valmarin"
    assert proprietes.category == "Interne"
    assert proprietes.subject == modele().note.objectif


def test_le_lexique_est_dans_l_ordre_et_dans_le_classeur() -> None:
    termes = [terme.terme for terme in modele().note.lexique]
    assert len(termes) == len(set(termes)) >= 20
    ecrits = {c.value for c in ouvrir()["Listes"]["B"]}
    assert set(termes) <= ecrits
