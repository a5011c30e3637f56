"""Un classeur démesuré se refuse vite, au lieu d'occuper la machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.registres import REMPLIES_MAX
from pilotage_xlsx.socle.paquet import archive
from tests.lecture.paquets import PRINCIPAL, ecrire, lire_cellules, parties
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


def test_trop_de_feuilles(tmp_path: Path) -> None:
    contenu = parties(_ENTETE)
    feuille = '<sheet name="Feuille" sheetId="1" r:id="rId1"/>'
    classeur = str(contenu["xl/workbook.xml"])
    contenu["xl/workbook.xml"] = classeur.replace(feuille, feuille * 1_001)
    assert _code(tmp_path, contenu) == "FIC-008"


def test_des_feuilles_de_meme_contenu(tmp_path: Path) -> None:
    contenu = parties(_ENTETE)
    feuille = '<sheet name="Feuille" sheetId="1" r:id="rId1"/>'
    classeur = str(contenu["xl/workbook.xml"])
    contenu["xl/workbook.xml"] = classeur.replace(feuille, feuille * 2)
    assert _code(tmp_path, contenu) == "FIC-004"


@pytest.mark.parametrize(
    "suite",
    [
        "<sheetData/>" + "<a/>" * 2_000,
        f"<sheetData>{'<row/>' * 2_000}</sheetData>",
        f"<sheetData><row r='1'>{'<c/>' * 2_000}</row></sheetData>",
        f"<sheetData><row r='1'><c t='inlineStr'>{'<t>a</t>' * 2_000}</c></row></sheetData>",
    ],
    ids=["éléments inconnus", "lignes", "cellules", "bouts de texte"],
)
def test_trop_de_balises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suite: str) -> None:
    monkeypatch.setattr(archive, "BALISES_MAX", 1_000)
    feuille = f'<worksheet xmlns="{PRINCIPAL}">{suite}</worksheet>'
    assert _code(tmp_path, {**parties(), "xl/worksheets/sheet1.xml": feuille}) == "FIC-008"


@pytest.mark.parametrize(
    "sans_fin",
    ["<z {}/>".format(" ".join(f'a{n}=""' for n in range(200_000))), f"<!--{'x' * (2 << 20)}-->"],
    ids=["attributs", "commentaire"],
)
@pytest.mark.parametrize("partie", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_une_balise_sans_fin_ne_remplit_pas_la_memoire(
    tmp_path: Path, partie: str, sans_fin: str
) -> None:
    contenu = parties(_ENTETE)
    xml = str(contenu[partie])
    contenu[partie] = xml[: xml.rindex("</")] + sans_fin + xml[xml.rindex("</") :]
    assert _code(tmp_path, contenu) == "FIC-008"


def test_des_lignes_fantomes_au_dela_d_une_partie_ordinaire_se_lisent(tmp_path: Path) -> None:
    vide = '<row r="{0}" s="1" customFormat="1"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>'
    fantomes = "".join(vide.format(rang) for rang in range(2, 1_000_000))
    assert len(fantomes) > archive.PARTIE_MAX
    derniere = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert _code(tmp_path, parties(_ENTETE + fantomes + derniere)) == ""


def test_une_cellule_sans_adresse_suit_la_precedente_meme_vide(tmp_path: Path) -> None:
    donnees = (
        '<row r="3"><c r="B3"/><c/><c><v>1</v></c><c r="F3"><v>2</v></c><c><v>3</v></c></row>'
        "<row><c><v>4</v></c></row>"
    )
    lues = lire_cellules(ecrire(tmp_path / "a.xlsx", parties(donnees)))
    assert {adresse: c.texte for adresse, c in lues.items()} == {
        "D3": "1", "F3": "2", "G3": "3", "A4": "4",
    }  # fmt: skip
