"""Une faute se dit une fois : rien ne découle d'une cellule ou d'une feuille fautive."""

from __future__ import annotations

import pytest

from pilotage_xlsx.modele import Feuille
from tests.tableaux import cellules, constats, modele, registre


def _codes(texte: str, registre: str, *, sans: tuple[str, ...] = ()) -> set[str]:
    return {c.regle for c in constats(texte, sans=sans) if c.registre == registre}


def test_une_ligne_sans_nom_n_a_qu_un_constat() -> None:
    table = "outils | nom | criticite | echeance\n | | Vitale | 31.02.2026"
    assert [c.regle for c in constats(table) if c.registre == "outils"] == ["CEL-011"]


def test_une_ligne_de_total_n_a_qu_un_constat() -> None:
    table = "outils | nom | cout_annuel\n | Total | 1200"
    assert [c.regle for c in constats(table) if c.registre == "outils"] == ["CEL-012"]


def test_une_feuille_absente_se_dit_une_fois() -> None:
    table = """
    outils | nom | prestataire | statut
           | GED | Alpha       | À remplacer
    """
    codes = _codes(table, "outils", sans=("prestataires", "decisions"))
    assert codes <= {"CEL-001"}
    assert _codes(table, "prestataires", sans=("prestataires",)) == {"STR-001"}


def test_une_cle_absente_ne_rend_pas_les_lignes_anonymes() -> None:
    table = "outils | criticite\n | Accessoire"
    assert "CEL-011" not in _codes(table, "outils", sans=("outils.nom",))


def test_une_reference_vers_une_feuille_sans_cle_ne_s_accuse_pas() -> None:
    table = "outils | nom | prestataire\n | GED | Alpha"
    assert cellules("CEL-006", table, sans=("prestataires.nom",)) == []


@pytest.mark.parametrize("colonne", ["renouvellement", "delai_resiliation", "decision_origine"])
def test_une_colonne_utile_absente_n_accuse_aucun_outil(colonne: str) -> None:
    table = """
    commune | note_adoptee_le
            | 01.01.2025
    outils  | nom | echeance   | en_service_depuis
            | GED | 31.12.2025 | 01.02.2026
            | Eau | 31.12.2027 | 01.02.2026
    """
    accuses = {c.colonne for c in constats(table) if c.regle.startswith("OUT")}
    restants = {
        c.colonne for c in constats(table, sans=(f"outils.{colonne}",)) if c.regle.startswith("OUT")
    }
    assert colonne not in restants
    assert restants <= accuses


def test_un_organe_fautif_n_est_pas_aussi_sans_executif() -> None:
    table = """
    decisions    | numero | decide_par | portee                   | statut
                 | D-1    | Alpha      | Durable ou significative | Validée
    prestataires | nom
                 | Alpha
    """
    codes = [c.regle for c in constats(table) if c.colonne in ("decide_par", "executif_le")]
    assert sorted(codes) == ["CEL-001", "DEC-002"]


def test_une_date_a_venir_ne_sert_a_aucun_autre_compte() -> None:
    table = "incidents | numero | constate_le | clos_le\n | I-1 | 01.12.2026 | 02.03.2026"
    codes = {c.regle for c in constats(table) if c.colonne in ("constate_le", "clos_le")}
    assert codes == {"INC-010"}


def test_le_doublon_donne_les_autres_cellules() -> None:
    table = "outils | nom\n | GED\n | Eau\n | ged"
    (doublon,) = (c for c in constats(table) if c.regle == "CEL-005")
    assert [lieu.ligne for lieu in doublon.aussi] == [6]


def test_un_classeur_vide_ne_demande_que_la_fiche() -> None:
    assert {c.registre for c in constats()} == {"commune"}
    assert {c.regle for c in constats()} == {"CEL-001"}


def test_une_colonne_ou_une_feuille_propre_n_est_pas_un_constat() -> None:
    table = "outils | nom | Couleur\n | GED | bleu"
    assert not any(c.libelle == "Couleur" for c in constats(table))


@pytest.mark.parametrize("feuille", modele().registres, ids=lambda feuille: feuille.id)
def test_une_feuille_dont_toutes_les_colonnes_manquent_ne_dit_que_cela(feuille: Feuille) -> None:
    sans = tuple(f"{feuille.id}.{colonne.id}" for colonne in feuille.colonnes)
    assert not registre(sans=sans).feuilles[feuille.id].lieu.colonnes
    assert _codes("", feuille.id, sans=sans) == {"STR-002", "STR-003"}
