"""La copie annotée, enregistrée par LibreOffice : même verdict, et toujours défaisable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.constats import cellule
from pilotage_xlsx.retouche.annotation import FONDS
from pilotage_xlsx.verification import verifier
from tests.adresses import case, rang
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.retouche.classeurs import ecrire_le_classeur
from tests.retouche.copies import annoter, corriger, retirer
from tests.tableaux import AU, modele


def _fonds(livre: Any) -> set[str]:
    """Les couleurs de fond des cellules, « À corriger » à part."""
    return {
        str(case.fill.fgColor.rgb)[2:]
        for feuille in livre
        if feuille.title != "À corriger"
        for rangee in feuille
        for case in rangee
        if case.fill.patternType == "solid"
    }


@pytest.mark.skipif(SOFFICE is None, reason=RAISON)
def test_enregistree_par_libreoffice(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    constats = verifier(lire(chemin, modele()), modele(), AU)
    (tmp_path / "copie.xlsx").write_bytes(annoter(chemin, constats, "Bilan"))
    (tmp_path / "lo").mkdir()
    enregistrer([tmp_path / "copie.xlsx"], tmp_path / "lo")
    enregistree = tmp_path / "lo" / "copie.xlsx"

    revus = verifier(lire(enregistree, modele()), modele(), AU)
    assert [(c.regle, c.lieu.feuille, cellule(c.lieu)) for c in revus] == [
        (c.regle, c.lieu.feuille, cellule(c.lieu)) for c in constats
    ]
    livre = load_workbook(enregistree)
    assert all(
        constat.message in livre[constat.lieu.feuille][cellule(constat.lieu) or ""].comment.text
        for constat in constats
        if cellule(constat.lieu)
    )

    assert {FONDS[constat.gravite] for constat in constats} <= _fonds(livre)

    (tmp_path / "rendu.xlsx").write_bytes(retirer(enregistree) or b"")
    rendu = load_workbook(tmp_path / "rendu.xlsx")
    assert rendu.sheetnames == load_workbook(chemin).sheetnames
    assert all(case.comment is None for feuille in rendu for rangee in feuille for case in rangee)
    assert not set(FONDS.values()) & _fonds(rendu)
    assert not any(
        "pilotage-xlsx" in "".join(regle.formula)
        for feuille in rendu
        for plage in feuille.conditional_formatting
        for regle in plage.rules
    )


@pytest.mark.skipif(SOFFICE is None, reason=RAISON)
def test_une_copie_corrigee_se_recalcule(tmp_path: Path) -> None:
    """L'état de la ligne, une formule, disait la faute ; il suit la valeur corrigée."""
    chemin = ecrire_le_classeur(tmp_path)
    assert "Criticité" in load_workbook(chemin, data_only=True)["Outils"]["A8"].value
    (tmp_path / "copie.xlsx").write_bytes(
        corriger(chemin, {("Outils", 8, rang("outils", "criticite")): "Accessoire"}, {})[0]
    )
    (tmp_path / "lo").mkdir()
    enregistrer([tmp_path / "copie.xlsx"], tmp_path / "lo")
    outils = load_workbook(tmp_path / "lo" / "copie.xlsx", data_only=True)["Outils"]
    assert outils[case("outils", "criticite", 8)].value == "Accessoire"
    assert outils["A8"].value.startswith("Il manque")
    assert "Criticité" not in outils["A8"].value
