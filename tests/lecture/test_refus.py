"""Ce qui n'est pas un classeur lisible se refuse par une phrase et un code, jamais autrement."""

from __future__ import annotations

import ast
import os
import re
import zipfile
from pathlib import Path

import pytest

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.socle.paquet import Refus, ouverture, ouvrir
from tests.lecture.paquets import ecrire, liens, parties
from tests.tableaux import modele

PAQUET = Path(__file__).resolve().parents[2] / "pilotage_xlsx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_FEUILLE = "xl/worksheets/sheet1.xml"


def refus(chemin: Path) -> Refus:
    trouve = lire(chemin, modele()).refus
    assert trouve is not None
    assert str(trouve).endswith(".")
    return trouve


def code(chemin: Path) -> str:
    return refus(chemin).code


@pytest.mark.parametrize(
    ("contenu", "attendu", "mot"),
    [
        (b"", "FIC-002", "vide"),
        (b"Outil;Prestataire\nGED;Alpha\n", "FIC-003", "CSV"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "FIC-003", "HTML"),
        (b"%PDF-1.7", "FIC-003", "PDF"),
        (b"\x89PNG\r\n", "FIC-003", "image"),
        (b"PK\x03\x04tronqu", "FIC-004", "abîmé"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "FIC-005", "mot de passe"),
        (_OLE + "Workbook".encode("utf-16-le"), "FIC-006", ".xls"),
        (_OLE + "WORKBOOK".encode("utf-16-le"), "FIC-006", ".xls"),
        (_OLE + "WordDocument".encode("utf-16-le"), "FIC-003", "Word"),
        (_OLE, "FIC-006", ".xls"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "FIC-006", ".xls"),
        (bytes(4096), "FIC-002", "OneDrive"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "FIC-003", "Google"),
        (b"L\0\0\0\x01\x14\x02\0\0", "FIC-003", "raccourci"),
        (b"[InternetShortcut]\r\nURL=file:///C:/a.xlsx", "FIC-003", "raccourci"),
        (b"[Desktop Entry]\nType=Link", "FIC-003", "raccourci"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD', "FIC-003", "raccourci"),
        (
            b'<?xml version="1.0"?><office:document office:mimetype="application/'
            b'vnd.oasis.opendocument.spreadsheet">',
            "FIC-003",
            ".fods",
        ),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "FIC-003",
            "Excel 2003",
        ),
        (b'<?xml version="1.0"?><note/>', "FIC-003", "XML"),
        (b"\0\1\2\3", "FIC-003", "autre type"),
    ],
)
def test_un_autre_fichier_se_refuse(tmp_path: Path, contenu: bytes, attendu: str, mot: str) -> None:
    (tmp_path / "recu.xlsx").write_bytes(contenu)
    trouve = refus(tmp_path / "recu.xlsx")
    assert trouve.code == attendu
    assert mot in trouve.phrase


@pytest.mark.parametrize(
    ("tete", "attendu"), [(_OLE, "FIC-006"), (b"PK\3\4", "FIC-004"), (b"bonjour", "FIC-003")]
)
def test_un_fichier_sans_fin_se_refuse_sans_tout_lire(
    tmp_path: Path, tete: bytes, attendu: str
) -> None:
    with (tmp_path / "recu.xlsx").open("wb") as creux:
        creux.write(tete)
        creux.truncate(1 << 42)
    assert code(tmp_path / "recu.xlsx") == attendu


@pytest.mark.skipif(os.name != "posix", reason="tubes de POSIX")
def test_un_tube_glisse_apres_l_examen_du_nom_ne_fait_pas_attendre(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "recu.xlsx")
    monkeypatch.setattr(ouverture, "refuser_par_nom", lambda chemin: None)
    assert code(tmp_path / "recu.xlsx") == "FIC-001"


@pytest.mark.parametrize(
    ("partie", "contenu", "attendu", "mot"),
    [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "FIC-003", "archive"),
        ("mimetype", "application/vnd.sun.xml.calc", "FIC-003", ".sxc"),
        ("encrypted-package", "", "FIC-005", "mot de passe"),
        ("Index/Document.iwa", "", "FIC-003", "Numbers"),
        ("Index.zip", "", "FIC-003", "Numbers"),
        ("Belcombe.xlsx", "", "FIC-003", "compressé"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "FIC-003", "LibreOffice"),
        ("word/document.xml", "<document/>", "FIC-003", "Word"),
        ("ppt/presentation.xml", "<presentation/>", "FIC-003", "PowerPoint"),
        ("xl/workbook.bin", "", "FIC-003", ".xlsb"),
        ("photo.jpg", "", "FIC-003", "archive"),
    ],
)
def test_une_autre_archive_se_refuse(
    tmp_path: Path, partie: str, contenu: str, attendu: str, mot: str
) -> None:
    trouve = refus(ecrire(tmp_path / "recu.xlsx", {partie: contenu}))
    assert trouve.code == attendu
    assert mot in trouve.phrase


def test_un_chemin_absent_ou_qui_n_est_pas_un_fichier(tmp_path: Path) -> None:
    assert code(tmp_path / "absent.xlsx") == "FIC-001"
    assert code(tmp_path) == "FIC-011"


@pytest.mark.parametrize("nom", ["~$registre.xlsx", ".~lock.registre.xlsx#"])
def test_un_fichier_de_verrou(tmp_path: Path, nom: str) -> None:
    (tmp_path / nom).write_text("secretariat")
    assert code(tmp_path / nom) == "FIC-010"


def test_le_code_d_un_refus_ne_s_ecrit_que_dans_sa_cause() -> None:
    ecrits = {
        chemin.relative_to(PAQUET).as_posix()
        for chemin in PAQUET.rglob("*.py")
        for noeud in ast.walk(ast.parse(chemin.read_text("utf-8")))
        if isinstance(noeud, ast.Constant) and re.fullmatch(r"FIC-\d{3}", str(noeud.value))
    }
    assert ecrits == {"socle/paquet/refus.py"}


def test_un_classeur_d_une_autre_origine(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1" t="str"><v>Budget</v></c></row>'
    assert code(ecrire(tmp_path / "budget.xlsx", parties(xml))) == "FIC-009"


@pytest.mark.parametrize(
    ("partie", "contenu"),
    [
        ("xl/workbook.xml", None),
        (_FEUILLE, None),
        (_FEUILLE, "<worksheet><sheetData><row>"),
        (_FEUILLE, "<chartsheet/>"),
        (_FEUILLE, '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'),
        ("xl/workbook.xml", "<document/>"),
        ("xl/styles.xml", "pas du XML"),
        ("xl/sharedStrings.xml", "<sst><si>"),
    ],
)
def test_une_partie_manquante_ou_fautive_abime_le_classeur(
    tmp_path: Path, partie: str, contenu: str | None
) -> None:
    archive = {**parties(), partie: contenu or ""}
    if contenu is None:
        del archive[partie]
    assert code(ecrire(tmp_path / "abime.xlsx", archive)) == "FIC-004"


@pytest.mark.parametrize(
    "donnees",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="n\'importe"><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
    ],
)
def test_une_cellule_impossible_abime_le_classeur_et_nomme_la_feuille(
    tmp_path: Path, donnees: str
) -> None:
    trouve = refus(ecrire(tmp_path / "abime.xlsx", parties(donnees)))
    assert trouve.code == "FIC-004"
    assert "« Feuille »" in trouve.phrase


def test_une_feuille_sans_contenu_est_nommee(tmp_path: Path) -> None:
    contenu = parties()
    del contenu[_FEUILLE]
    assert "« Feuille »" in refus(ecrire(tmp_path / "abime.xlsx", contenu)).phrase


def test_deux_parties_de_meme_nom(tmp_path: Path) -> None:
    contenu = {**parties(), _FEUILLE.upper(): "<worksheet/>"}
    assert code(ecrire(tmp_path / "double.xlsx", contenu)) == "FIC-004"


def test_un_nom_qui_sort_de_l_archive_n_est_pas_une_partie(tmp_path: Path) -> None:
    chemin = ecrire(tmp_path / "sortie.xlsx", {**parties(), "../dehors.xml": "<a/>"})
    assert code(chemin) == "FIC-009"
    assert not (tmp_path.parent / "dehors.xml").exists()


@pytest.mark.parametrize(
    "contenu",
    [
        {_FEUILLE: "<worksheet>" + "<a>" * 200 + "</a>" * 200 + "</worksheet>"},
        {"xl/styles.xml": "<styleSheet>" + "<a>" * 200 + "</a>" * 200 + "</styleSheet>"},
        {_FEUILLE: b"<worksheet>" + b" " * (65 << 20) + b"</worksheet>"},
        {f"partie{rang}.xml": "" for rang in range(5_001)},
    ],
    ids=["imbrication", "imbrication des styles", "partie", "entrées"],
)
def test_une_bombe_se_refuse(tmp_path: Path, contenu: dict[str, str | bytes]) -> None:
    chemin = ecrire(tmp_path / "bombe.xlsx", {**parties(), **contenu})
    assert code(chemin) == "FIC-008"


def test_un_repertoire_d_archive_demesure_se_refuse_sans_le_lire(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bombe.xlsx", "w") as archive:
        for rang in range(30_000):
            archive.writestr(f"une-partie-au-nom-assez-long-{rang}", b"")
    assert code(tmp_path / "bombe.xlsx") == "FIC-008"


def test_une_archive_chiffree(tmp_path: Path) -> None:
    chemin = ecrire(tmp_path / "chiffre.xlsx", parties())
    octets = bytearray(chemin.read_bytes())
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    chemin.write_bytes(octets)
    assert code(chemin) == "FIC-005"


def test_un_ods_ne_se_retouche_pas(tmp_path: Path) -> None:
    chemin = ecrire(tmp_path / "a.ods", {"content.xml": "<document-content/>"})
    with pytest.raises(Refus, match="Classeur Excel") as trouve:
        ouvrir(chemin)
    assert trouve.value.code == "FIC-007"


def test_un_nom_presque_juste_se_propose(tmp_path: Path) -> None:
    (tmp_path / "Numérique commune.xlsx").write_bytes(b"PK")
    assert "« Numérique commune.xlsx »" in refus(tmp_path / "Numerique commune.xlsx").phrase


def test_une_feuille_de_macros_d_autrefois_ne_compte_pas(tmp_path: Path) -> None:
    contenu = parties()
    module = '<sheet name="Module" sheetId="2" r:id=""/></sheets>'
    contenu["xl/workbook.xml"] = str(contenu["xl/workbook.xml"]).replace("</sheets>", module)
    assert code(ecrire(tmp_path / "a.xlsx", contenu)) == "FIC-009"


def test_des_proprietes_abimees_n_empechent_pas_de_lire(tmp_path: Path) -> None:
    contenu = {**parties(), "docProps/core.xml": "<abîmé", "docProps/custom.xml": ""}
    contenu["_rels/.rels"] = liens(
        {
            "xl/workbook.xml": "officeDocument",
            "docProps/core.xml": "core-properties",
            "docProps/custom.xml": "custom-properties",
        }
    )
    assert code(ecrire(tmp_path / "a.xlsx", contenu)) == "FIC-009"
