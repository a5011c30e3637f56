"""Un .ods se lit comme le .xlsx : mêmes cellules, mêmes places ; piégé, il se refuse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.commandes.controle_json import classeur as decrire
from pilotage_xlsx.gestes.controle import controler
from pilotage_xlsx.lecture import lire, reconnaitre
from pilotage_xlsx.modele.chargement import dossier_livre
from pilotage_xlsx.registre import Cellule, NatureDeCellule, Sorte
from tests.campagne import EST_LONGUE
from tests.lecture.paquets import cellules, ecrire, grilles, lire_cellules
from tests.libreoffice import RAISON, SOFFICE, convertir
from tests.tableaux import modele

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_ESPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0" xmlns:calcext="{_CALC}" '
    f'xmlns:text="{_ODF}:text:1.0" xmlns:meta="{_ODF}:meta:1.0" xmlns:draw="{_ODF}:drawing:1.0"'
)


def contenu(feuilles: str, suite: str = "") -> str:
    """Un `content.xml` de ces feuilles."""
    return (
        f"<office:document-content {_ESPACES}><office:body><office:spreadsheet>"
        f"{feuilles}{suite}</office:spreadsheet></office:body></office:document-content>"
    )


def feuille(lignes: str, nom: str = "Feuille") -> str:
    """Une feuille de ces lignes."""
    return f'<table:table table:name="{nom}">{lignes}</table:table>'


def classeur(chemin: Path, xml: str, **autres: str) -> Path:
    """Une archive OpenDocument dont le contenu est ``xml``."""
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return ecrire(chemin, {"mimetype": mimetype, "content.xml": xml, **autres})


def une_cellule(tmp_path: Path, attributs: str, dedans: str = "") -> Cellule | None:
    """Ce qu'une cellule donne, lue."""
    case = f"<table:table-cell {attributs}>{dedans}</table:table-cell>"
    xml = contenu(feuille(f"<table:table-row>{case}</table:table-row>"))
    return lire_cellules(classeur(tmp_path / "a.ods", xml)).get("A1")


@pytest.mark.parametrize(
    ("type_", "valeur", "attendue"),
    [
        ("float", 'office:value="1200"', Cellule(NatureDeCellule.NOMBRE, "1200")),
        ("percentage", 'office:value="0.5"', Cellule(NatureDeCellule.NOMBRE, "0.5")),
        ("currency", 'office:value="12.5"', Cellule(NatureDeCellule.NOMBRE, "12.5")),
        ("boolean", 'office:boolean-value="true"', Cellule(NatureDeCellule.BOOLEEN, "1")),
        ("date", 'office:date-value="2026-03-12"', Cellule(NatureDeCellule.NOMBRE, "46093", True)),
        (
            "date",
            'office:date-value="2026-03-12T12:00:00"',
            Cellule(NatureDeCellule.NOMBRE, "46093.5", True),
        ),
        ("date", 'office:date-value="1905-07-18"', Cellule(NatureDeCellule.NOMBRE, "2026", True)),
        ("date", 'office:date-value="-0044-03-15"', Cellule(NatureDeCellule.DATE, "-0044-03-15")),
        ("time", 'office:time-value="PT18H00M00S"', Cellule(NatureDeCellule.NOMBRE, "0.75", True)),
        ("time", 'office:time-value="midi"', Cellule(NatureDeCellule.TEXTE, "midi")),
        ("string", 'office:string-value="GED"', Cellule(NatureDeCellule.TEXTE, "GED")),
        ("float", "", None),
        ("date", "", None),
        ("string", "", None),
    ],
)
def test_chaque_genre_de_valeur(
    tmp_path: Path, type_: str, valeur: str, attendue: Cellule | None
) -> None:
    assert une_cellule(tmp_path, f'office:value-type="{type_}" {valeur}') == attendue


@pytest.mark.parametrize(
    ("dedans", "texte"),
    [
        ("<text:p>GED</text:p>", "GED"),
        ("<text:p>une</text:p><text:p>deux</text:p>", "une\ndeux"),
        ('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>', "a  b\tc\nd"),
        ("<text:p>\n  mis\n  en page  </text:p>", "mis en page"),
        ("<text:p>Com<text:span>mu</text:span><text:a>ne</text:a></text:p>", "Commune"),
        ("<office:annotation><text:p>note</text:p></office:annotation><text:p>GED</text:p>", "GED"),
        ("<text:p>GED</text:p><draw:frame><text:p>image</text:p></draw:frame>", "GED"),
        ("<text:p>G<draw:frame><text:p>image</text:p></draw:frame>ED</text:p>", "GED"),
        ("<text:p>_x0041_ &amp; é 😀</text:p>", "_x0041_ & é 😀"),
    ],
)
def test_le_texte_est_celui_que_l_on_voit(tmp_path: Path, dedans: str, texte: str) -> None:
    lue = une_cellule(tmp_path, 'office:value-type="string"', dedans)
    assert lue == Cellule(NatureDeCellule.TEXTE, texte)


@pytest.mark.parametrize(
    ("attributs", "dedans", "nature"),
    [
        ('table:formula="of:=1/0" office:value-type="string"', "#DIV/0!", NatureDeCellule.ERREUR),
        ('table:formula="of:=X()" office:value-type="string"', "#NAME?", NatureDeCellule.ERREUR),
        ('table:formula="of:=X()" office:value-type="string"', "Err:508", NatureDeCellule.ERREUR),
        ('calcext:value-type="error" office:value-type="string"', "#NOM ?", NatureDeCellule.ERREUR),
        ('office:value-type="string"', "#N/A", NatureDeCellule.TEXTE),
        ('table:formula="of:=A2"', "", NatureDeCellule.FORMULE),
    ],
)
def test_une_erreur_et_une_formule_sans_resultat(
    tmp_path: Path, attributs: str, dedans: str, nature: NatureDeCellule
) -> None:
    lue = une_cellule(tmp_path, attributs, f"<text:p>{dedans}</text:p>" if dedans else "")
    assert lue is not None
    assert lue.nature is nature


def test_les_places_sont_exactes_malgre_repetitions_fusions_et_lignes_masquees(
    tmp_path: Path,
) -> None:
    un = '<table:table-cell office:value-type="float" office:value="{}"{}/>'
    vides = '<table:table-cell table:number-columns-repeated="{}"/>'
    couverte = "<table:covered-table-cell><text:p>dessous</text:p></table:covered-table-cell>"
    fin = vides.format(16_000)
    xml = feuille(
        f'<table:table-row table:number-rows-repeated="3">{vides.format(16384)}</table:table-row>'
        f"<table:table-row>{vides.format(2)}{un.format(1, '')}{couverte}{fin}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2" table:visibility="filter">'
        + un.format(2, ' table:number-columns-repeated="2"')
        + f"</table:table-row><table:table-row-group><table:table-row>{un.format(3, '')}"
        "</table:table-row></table:table-row-group>"
        '<table:table-row table:number-rows-repeated="1048569"><table:table-cell/>'
        "</table:table-row>"
    )
    (grille,) = grilles(classeur(tmp_path / "a.ods", contenu(xml)))
    lues = {adresse: cellule.texte for adresse, cellule in cellules(grille).items()}
    assert lues == {
        "C4": "1",
        "D4": "dessous",
        "A5": "2",
        "B5": "2",
        "A6": "2",
        "B6": "2",
        "A7": "3",
    }
    assert grille.masquees == {5, 6}


def test_les_tables_gardent_leur_nom_et_un_lien_externe_n_est_pas_une_feuille(
    tmp_path: Path,
) -> None:
    externe = feuille("<table:table-source/>", "'file:///autre.ods'#$A")
    plages = (
        '<table:database-ranges><table:database-range table:name="Outils" '
        "table:target-range-address=\"$'L''an 2026'.A6:$'L''an 2026'.C9\"/>"
        "</table:database-ranges>"
    )
    xml = contenu(externe + feuille("", "L'an 2026"), plages)
    (grille,) = grilles(classeur(tmp_path / "a.ods", xml))
    assert (grille.feuille.nom, grille.feuille.tables) == ("L'an 2026", ("Outils",))


_CASE = '<table:table-cell office:value-type="float" office:value="1" {}/>'
_LIGNE = "<table:table-row {}>{}</table:table-row>"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (
            _LIGNE.format(
                'table:number-rows-repeated="1048576"',
                _CASE.format('table:number-columns-repeated="16384"'),
            ),
            "FIC-008",
        ),
        (_LIGNE.format("", _CASE.format('table:number-columns-repeated="99999999"')), "FIC-008"),
        (_LIGNE.format('table:number-rows-repeated="1048577"', _CASE.format("")), "FIC-008"),
        (
            _LIGNE.format(
                "",
                '<table:table-cell office:value-type="string"><text:p>'
                + '<text:s text:c="999999"/>' * 3
                + "</text:p></table:table-cell>",
            ),
            "FIC-008",
        ),
        ("<a>" * 200 + "</a>" * 200, "FIC-008"),
        ("<table:table-row>", "FIC-004"),
        ('</table:table><table:table table:name="Feuille">', "FIC-004"),
    ],
    ids=["grille pleine", "colonnes", "lignes", "espaces", "imbrication", "tronqué", "en double"],
)
def test_un_ods_piege_se_refuse(tmp_path: Path, xml: str, code: str) -> None:
    refus = lire(classeur(tmp_path / "a.ods", contenu(feuille(xml))), modele()).refus
    assert refus is not None
    assert refus.code == code


def test_trop_de_feuilles(tmp_path: Path) -> None:
    xml = contenu("".join(feuille("", f"F{rang}") for rang in range(1_001)))
    refus = lire(classeur(tmp_path / "a.ods", xml), modele()).refus
    assert refus is not None
    assert refus.code == "FIC-008"


def test_une_entite_se_refuse(tmp_path: Path) -> None:
    xml = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + contenu(feuille(""))
    refus = lire(classeur(tmp_path / "a.ods", xml), modele()).refus
    assert refus is not None
    assert refus.code == "FIC-004"


def test_un_ods_protege_par_un_mot_de_passe_se_dit(tmp_path: Path) -> None:
    manifeste = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry>'
    chemin = classeur(tmp_path / "a.ods", "chiffré", **{"META-INF/manifest.xml": manifeste})
    refus = lire(chemin, modele()).refus
    assert refus is not None
    assert refus.code == "FIC-005"


def test_l_origine_se_lit_dans_les_proprietes(tmp_path: Path) -> None:
    meta = (
        f"<office:document-meta {_ESPACES}><office:meta>"
        '<meta:user-defined meta:name="pilotage-modele">consolidation 1.0</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    chemin = classeur(tmp_path / "a.ods", contenu(feuille("")), **{"meta.xml": meta})
    assert reconnaitre(chemin) is Sorte.REUNION
    assert lire(chemin, modele()).sorte is Sorte.REUNION


_A_LA_PORTE = ("les-essarts-2026-libreoffice", "valmarin-2026")
"""Un classeur plein de fautes, déjà passé par un tableur, et un classeur soigné, tel que généré."""


@pytest.mark.skipif(SOFFICE is None, reason=RAISON)
def test_chaque_exemple_converti_donne_les_memes_constats(tmp_path: Path) -> None:
    livres = sorted(dossier_livre("exemples").glob("*.xlsx"))
    exemples = [c for c in livres if reconnaitre(c) is Sorte.DE_COMMUNE]
    assert len(exemples) > 4
    exemples = [c for c in exemples if EST_LONGUE or c.stem in _A_LA_PORTE]
    assert exemples
    convertir(exemples, tmp_path, "ods")
    for exemple in exemples:
        converti = tmp_path / f"{exemple.stem}.ods"
        assert _document(converti) == _document(exemple), exemple.name


def _document(chemin: Path) -> Mapping[str, Any]:
    controle = controler(lire(chemin, modele()), modele(), date(2026, 11, 24))
    assert controle.est_lisible
    document: dict[str, Any] = json.loads(json.dumps(decrire(controle)))
    document.pop("fichier")
    return document
