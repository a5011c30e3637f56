"""Un classeur démesuré se refuse vite, au lieu d'occuper la machine."""

from __future__ import annotations

from pathlib import Path

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.registres import REMPLIES_MAX
from tests.lecture.paquets import ecrire, parties
from tests.tableaux import modele

_ENTETE = '<row r="1">{}</row>'.format(
    "".join(
        f'<c t="inlineStr"><is><t>{titre}</t></is></c>'
        for titre in ("Outil ou service", "Domaine", "Criticité", "Prestataire")
    )
)


def _code(tmp_path: Path, contenu: dict[str, str | bytes]) -> str:
    refus = lire(ecrire(tmp_path / "a.xlsx", contenu), modele()).refus
    return refus.code if refus else ""


def test_trop_de_lignes_remplies(tmp_path: Path) -> None:
    for lignes, code in ((9, ""), (REMPLIES_MAX + 1, "FIC-008")):
        suite = "".join(
            f'<row r="{rang}"><c r="A{rang}"><v>{rang}</v></c></row>'
            for rang in range(2, lignes + 2)
        )
        assert _code(tmp_path, parties(_ENTETE + suite)) == code


def test_trop_de_styles(tmp_path: Path) -> None:
    styles = "<cellXfs>{}</cellXfs>".format('<xf numFmtId="14"/>' * 100_001)
    assert _code(tmp_path, parties(_ENTETE, styles=styles)) == "FIC-008"


def test_des_feuilles_de_meme_contenu(tmp_path: Path) -> None:
    contenu = parties(_ENTETE)
    feuille = '<sheet name="Feuille" sheetId="1" r:id="rId1"/>'
    classeur = str(contenu["xl/workbook.xml"])
    contenu["xl/workbook.xml"] = classeur.replace(feuille, feuille * 2)
    assert _code(tmp_path, contenu) == "FIC-004"
