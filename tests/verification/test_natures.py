"""Rien ne s'arrête sans se dire : une affaire à décider a son constat, et son remède."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.affaires import Nature, recenser
from pilotage_xlsx.metier.liens import Liens
from tests.tableaux import AU, constats, modele, registre

DITES = {
    Nature.ADOPTION: ("CEL-001", "note_adoptee_le", "commune | commune\n | Valmarin"),
    Nature.REFERENT: ("CEL-001", "referent_nom", "commune | commune\n | Valmarin"),
    Nature.SUPPLEANT: ("CEL-001", "suppleant_nom", "commune | commune\n | Valmarin"),
    Nature.PROPOSITION: (
        "DEC-003",
        "statut",
        "decisions | numero | date | outil | statut\n | D-1 | 01.08.2026 | GED | Proposée",
    ),
    Nature.CONTRAT: (
        "OUT-005",
        "echeance",
        "outils | nom | echeance | delai_resiliation | renouvellement\n"
        " | GED | 31.03.2027 | 3 | Tacite",
    ),
    Nature.REVISION: (
        "DEC-012",
        "a_revoir_le",
        "decisions | numero | statut | a_revoir_le\n | D-1 | Validée | 01.12.2026",
    ),
    Nature.REMPLACEMENT: ("OUT-010", "statut", "outils | nom | statut\n | GED | À remplacer"),
    Nature.PROJET: ("OUT-011", "statut", "outils | nom | statut\n | GED | En projet"),
    Nature.EXPOSITION: (
        "OUT-003",
        "sauvegarde",
        "outils | nom | criticite | sauvegarde\n | GED | Indispensable | Aucune",
    ),
}


@pytest.mark.parametrize("nature", Nature)
def test_toute_affaire_a_son_constat_et_son_remede(nature: Nature) -> None:
    regle, colonne, table = DITES[nature]
    affaires = recenser(Liens(modele(), registre(table), AU))
    (affaire,) = (a for a in affaires if a.nature is nature and a.appelle)
    dits = [c for c in constats(table) if (c.regle, c.colonne) == (regle, colonne)]
    assert [c.registre for c in dits] == [affaire.ligne.lieu.registre]
    assert all(c.corriger for c in dits)


def test_un_contrat_sur_decision_expresse_se_dit_aussi() -> None:
    table = "outils | nom | echeance | renouvellement\n | GED | 24.12.2026 | Sur décision expresse"
    assert "OUT-020" in {c.regle for c in constats(table)}
