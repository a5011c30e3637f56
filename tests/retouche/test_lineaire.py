"""Le temps d'une retouche croît comme le classeur : vingt mille de chaque chose, cinq secondes.

Le temps est celui du processeur, une machine occupée n'y change rien ; ce qui était quadratique
prenait des dizaines de secondes. La campagne longue en joue trois fois plus, en dix secondes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pilotage_xlsx.metier.constats import Constat
from tests.campagne import combien
from tests.lecture.paquets import PRINCIPAL, ecrire, liens, parties
from tests.retouche.copies import annoter, corriger, retirer
from tests.retouche.preuves import constat

_BEAUCOUP, _SECONDES_MAX = combien(20_000, 60_000), combien(5, 10)
_ONGLETS = combien(7_000, 20_000)
_FEUILLE = "xl/worksheets/sheet1.xml"
_LIEES = "xl/worksheets/_rels/sheet1.xml.rels"
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

Contenu = dict[str, str | bytes]


@contextmanager
def _vite() -> Iterator[None]:
    debut = time.process_time()
    yield
    assert time.process_time() - debut <= _SECONDES_MAX


def _fois(motif: Callable[[int], str], nombre: int = _BEAUCOUP) -> str:
    return "".join(map(motif, range(1, nombre + 1)))


def _relie(cible: str, type_: str) -> str:
    """Autant de liens, tous vers la même partie."""
    lien = liens({cible: type_}).partition("<Relationship ")[2].partition("/>")[0]
    plus = _fois(lambda rang: f"<Relationship {lien.replace('rId1', f'x{rang}')}/>")
    return liens({"../comments1.xml": "comments"}).replace("</", f"{plus}</", 1)


def _tables() -> Contenu:
    table = f'<table xmlns="{PRINCIPAL}" id="1" name="Table1" ref="A1:B5"/>'
    return {**parties(), _LIEES: _relie("../tables/table1.xml", "table"),
            "xl/tables/table1.xml": table}  # fmt: skip


def _nos_tables() -> Contenu:
    contenu = _tables()
    contenu["xl/tables/table1.xml"] = str(contenu["xl/tables/table1.xml"]).replace(
        "Table1", "TableACorriger"
    )
    classeur = str(contenu["xl/workbook.xml"])
    contenu["xl/workbook.xml"] = classeur.replace(
        "</sheets>", '<sheet name="Autre" sheetId="2" r:id="absent"/></sheets>'
    )
    return contenu


def _liens_du_classeur() -> Contenu:
    contenu = parties()
    nom = "xl/_rels/workbook.xml.rels"
    plus = _fois(lambda rang: f'<Relationship Id="x{rang}" Type="a/b" Target="c"/>')
    return {**contenu, nom: str(contenu[nom]).replace("</Rel", f"{plus}</Rel")}


def _vues_et_onglets() -> Contenu:
    contenu = _nos_tables()
    vues = _fois(lambda _: '<workbookView activeTab="9"/>', _ONGLETS)
    onglets = _fois(lambda r: f'<sheet name="F{r}" sheetId="{r + 2}" r:id="rId1"/>', _ONGLETS)
    noms = _fois(lambda r: f'<definedName name="n{r}" localSheetId="{r}">1</definedName>', _ONGLETS)
    classeur = str(contenu["xl/workbook.xml"]).replace("</sheets>", f"{onglets}</sheets>")
    classeur = classeur.replace("<sheets>", f"<bookViews>{vues}</bookViews><sheets>")
    suite = f"<definedNames>{noms}</definedNames></workbook>"
    return {**contenu, "xl/workbook.xml": classeur.replace("</workbook>", suite)}


def _dessin(vml: str) -> Contenu:
    contenu = parties("<row r='1'><c r='A1'/></row>", apres='<legacyDrawing r:id="rId2"/>')
    contenu[_FEUILLE] = str(contenu[_FEUILLE]).replace("<worksheet", f"<worksheet {_R}")
    notes = f'<comments xmlns="{PRINCIPAL}"/>'
    dessin = {"../comments1.xml": "comments", "../vml1.vml": "vmlDrawing"}
    return {**contenu, _LIEES: liens(dessin), "xl/comments1.xml": notes, "xl/vml1.vml": vml}


def _formes_de(motif: str, fois: int) -> Contenu:
    return _dessin(f"<xml>{motif * fois * _BEAUCOUP}</xml>")


def _formats() -> Contenu:
    xfs = _fois(lambda rang: f'<xf numFmtId="{rang}"/>')
    lignes = _fois(lambda rang: f'<row r="{rang}"><c r="A{rang}" s="{rang - 1}"/></row>', _ONGLETS)
    return parties(lignes, styles=f"<cellXfs>{xfs}</cellXfs>")


def _colores() -> Contenu:
    regle = '<conditionalFormatting sqref="A1"><cfRule priority="1"/></conditionalFormatting>'
    return parties("", apres=_fois(lambda _: regle))


def _auteurs() -> Contenu:
    auteurs = _fois(lambda rang: f"<author>a{rang}</author>")
    notes = f'<comments xmlns="{PRINCIPAL}"><authors>{auteurs}</authors></comments>'
    return {**parties(), _LIEES: liens({"../comments1.xml": "comments"}), "xl/comments1.xml": notes}


def _une_sur_deux(nombre: int) -> list[Constat]:
    """Des cellules qui ne se suivent pas, dans des lignes qui manquent souvent."""
    return [constat("Feuille", f"A{rang * 2}") for rang in range(1, nombre)]


_CAS: dict[str, tuple[Callable[[], Contenu], int]] = {
    "liens vers une table": (_tables, 10),
    "liens vers notre table": (_nos_tables, 10),
    "liens du classeur": (_liens_du_classeur, 10),
    "vues, onglets, noms": (_vues_et_onglets, 10),
    "formes qui ne se ferment pas": (lambda: _formes_de("<v:shape ", 15), 10),
    "blocs d'identifiants": (lambda: _formes_de("idmap ", 25), 10),
    "formes": (lambda: _formes_de("<v:shape ></v:shape>", 7), 10),
    "formats": (_formats, 5_000),
    "mises en forme": (_colores, 5_000),
    "auteurs": (_auteurs, 5_000),
    "lignes cachées": (lambda: parties(_fois(lambda r: f'<row r="{r}" hidden="1"/>')), 5_000),
    "lignes": (lambda: parties(_fois(lambda r: f'<row r="{r * 2 + 1}"/>')), 5_000),
    "colonnes": (lambda: _avec_colonnes(_fois(lambda _: '<col min="2" max="99"/>')), 5_000),
}


def _avec_colonnes(colonnes: str) -> Contenu:
    contenu = parties()
    feuille = str(contenu[_FEUILLE]).replace("<sheetData>", f"<cols>{colonnes}</cols><sheetData>")
    return {**contenu, _FEUILLE: feuille}


@pytest.mark.parametrize("cas", _CAS)
def test_annoter_puis_retirer(cas: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("pilotage_xlsx.retouche.origine.COPIE_MAX", 0)
    composer, nombre = _CAS[cas]
    chemin, constats = ecrire(tmp_path / "a.xlsx", composer()), _une_sur_deux(nombre)
    with _vite():
        copie = annoter(chemin, constats, "Bilan")
    (tmp_path / "b.xlsx").write_bytes(copie)
    with _vite():
        assert retirer(tmp_path / "b.xlsx") is not None


def test_des_formules_matricielles_qui_se_recouvrent(tmp_path: Path) -> None:
    formules = _fois(
        lambda rang: f'<c r="B{rang}"><f t="array" ref="B{rang}:C60000">1</f></c>', _BEAUCOUP // 2
    )
    cibles = _fois(lambda rang: f'<row r="{rang}"><c r="C{rang}"/><c r="D{rang}"/></row>', _ONGLETS)
    chemin = ecrire(tmp_path / "a.xlsx", parties(f"<row>{formules}</row>{cibles}"))
    valeurs = {
        ("Feuille", rang, colonne): 1 for rang in range(1, _ONGLETS + 1) for colonne in (3, 4)
    }
    with _vite():
        _, faites = corriger(chemin, valeurs, {})
    assert faites == {adresse for adresse in valeurs if adresse[2] == 4}
