"""ENS : ce qui ne se voit qu'entre plusieurs classeurs."""

from __future__ import annotations

from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.verification import verifier_ensemble
from pilotage_xlsx.verification.regles.ens import alleger
from tests.tableaux import modele, registre


def _codes(*fiches: tuple[str, str, str]) -> list[tuple[str, str]]:
    """Les codes et les fichiers accusés pour des communes (nom, n° OFS, année)."""
    registres = tuple(
        registre(
            f"commune | commune | numero_ofs | annee\n | {nom} | {numero} | {annee}",
            fichier=f"{rang}.xlsx",
        )
        for rang, (nom, numero, annee) in enumerate(fiches)
    )
    trouves = verifier_ensemble(Ensemble(modele(), registres), modele())
    return [(constat.regle, constat.lieu.fichier) for constat in trouves]


def test_un_classeur_allege_n_emporte_pas_les_colonnes_du_modele() -> None:
    entier = registre("outils | nom | domaine\n | GED | Téléphonie")
    allege = alleger(entier).lignes("outils")[0]
    assert allege["nom"] == "GED"
    assert allege.lieu.connues is None


def test_deux_communes_distinctes_n_ont_pas_de_constat() -> None:
    assert _codes(("Valmarin", "9999", "2026"), ("Montval", "9998", "2026")) == []


def test_un_numero_ofs_a_deux_noms_est_dit_au_dernier_fichier() -> None:
    assert _codes(("Valmarin", "9999", "2026"), ("Montval", "9999", "2026")) == [
        ("ENS-001", "1.xlsx")
    ]


def test_deux_annees_d_une_commune_se_suivent_sans_faute() -> None:
    assert _codes(("Valmarin", "9999", "2025"), ("valmarin", "9999", "2026")) == []


def test_deux_classeurs_d_une_meme_annee_se_disent() -> None:
    assert _codes(("Valmarin", "9999", "2026"), ("Valmarin", "9999", "2026")) == [
        ("ENS-002", "1.xlsx")
    ]


def test_deux_classeurs_de_meme_nom_se_disent_avec_leur_dossier() -> None:
    fiche = "commune | commune | annee\n | Valmarin | 2026"
    registres = (registre(fiche, fichier="2026/a.xlsx"), registre(fiche, fichier="copie/a.xlsx"))
    (constat,) = verifier_ensemble(Ensemble(modele(), registres), modele())
    assert "2026/a.xlsx" in constat.message
    assert "copie/a.xlsx" in constat.message


def test_des_communes_sans_numero_ne_se_confondent_pas() -> None:
    assert _codes(("Valmarin", "", "2026"), ("Montval", "", "2026")) == []


def test_une_commune_renommee_d_une_annee_a_l_autre_n_est_qu_un_point_d_attention() -> None:
    assert _codes(("Valmarin", "9999", "2025"), ("Val-Marine", "9999", "2026")) == [
        ("ENS-003", "1.xlsx")
    ]


def test_un_nom_qui_revient_n_est_pas_un_renommage() -> None:
    fiches = [("Valmarin", "9999", "2024"), ("Montval", "9999", "2025")]
    assert _codes(*fiches, ("Valmarin", "9999", "2026")) == [("ENS-001", "2.xlsx")]
