"""Le menu des constats : en mots, et relu comme le code seul."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.gestes.generer import constats_a_accepter, generer
from pilotage_xlsx.socle.typographie import phraser
from pilotage_xlsx.verification import verifier
from tests.tableaux import AU, modele, registre

PROPOSES = tuple(map(phraser, constats_a_accepter()))


def test_le_menu_propose_des_constats_en_mots() -> None:
    assert "OUT-004" in {constat.split()[0] for constat in PROPOSES}
    livre = load_workbook(BytesIO(generer(au=AU).octets))
    feuille = livre["Constats acceptés"]
    menus = [v for v in feuille.data_validations.dataValidation if v.type == "list"]
    plages = {livre.defined_names[v.formula1].attr_text for v in menus if v.formula1[0] == "c"}
    (plage,) = (p for p in plages if "acceptés" in p)
    ou = plage.rpartition("!")[2].replace("$", "")
    assert [c.value for rangee in feuille[ou] for c in rangee] == [*PROPOSES]


@pytest.mark.parametrize("ecrit", ["OUT-004", "out 004", *PROPOSES[:3], *PROPOSES[-3:]])
def test_chaque_proposition_nomme_une_regle(ecrit: str) -> None:
    lu = registre(f"acceptes | regle | motif | jusqu_au\n | {ecrit} | Connu | 31.12.2027")
    assert "ACC-001" not in {constat.regle for constat in verifier(lu, modele(), AU)}
