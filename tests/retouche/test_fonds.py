"""Le fond d'une cellule annotée : vu d'un lecteur simple, jamais par-dessus un autre, enlevé."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.constats import Gravite, cellule
from pilotage_xlsx.retouche.annotation import FONDS
from pilotage_xlsx.verification import verifier
from tests.adresses import case
from tests.lecture.paquets import ecrire, parties
from tests.retouche.classeurs import ecrire_le_classeur
from tests.retouche.copies import annoter, retirer
from tests.retouche.preuves import constat, eprouver
from tests.retouche.preuves import parties as parties_de
from tests.tableaux import AU, modele

_ABSENTE = case("outils", "en_service_depuis", 150)
"""Une cellule de date au-delà des lignes prêtes : rien n'y est écrit."""


def _fond(chemin: Path, feuille: str, adresse: str) -> str:
    fond = load_workbook(chemin)[feuille][adresse].fill
    return str(fond.fgColor.rgb)[2:] if fond.patternType == "solid" else ""


def _annoter(chemin: Path, *constats: object) -> Path:
    copie = chemin.with_name("copie.xlsx")
    copie.write_bytes(annoter(chemin, constats, "Bilan"))  # type: ignore[arg-type]
    return copie


def _reenregistrer(chemin: Path) -> Path:
    """Comme un tableur : l'original embarqué n'y survit pas."""
    load_workbook(chemin).save(chemin)
    return chemin


def test_un_lecteur_simple_voit_la_note_et_le_fond(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    situes = [c for c in verifier(lire(chemin, modele()), modele(), AU) if cellule(c.lieu)]
    livre = load_workbook(_annoter(chemin, *situes))
    assert len({c.gravite for c in situes}) > 1
    for vu in situes:
        case = livre[vu.lieu.feuille][cellule(vu.lieu) or ""]
        assert vu.message in case.comment.text
        assert case.fill.patternType == "solid"
        assert case.fill.fgColor.rgb[2:] in FONDS.values()


@pytest.mark.parametrize("gravite", list(Gravite))
def test_le_fond_dit_la_gravite_aussi_ou_rien_n_est_ecrit(gravite: Gravite, tmp_path: Path) -> None:
    """La cellule absente prend le format de sa colonne, et le fond en plus."""
    chemin = ecrire_le_classeur(tmp_path)
    copie = _annoter(chemin, constat("Outils", _ABSENTE, gravite))
    assert _fond(copie, "Outils", _ABSENTE) == FONDS[gravite]
    apres = load_workbook(copie)["Outils"]
    assert apres[_ABSENTE].number_format == "dd.mm.yyyy"
    assert apres[_ABSENTE].value is None
    eprouver(chemin, [constat("Outils", _ABSENTE, gravite)], tmp_path)


def test_un_fond_de_la_commune_reste_le_sien(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    livre = load_workbook(chemin)
    livre["Outils"]["D7"].fill = PatternFill("solid", fgColor="FFF9D9DE")
    livre.save(chemin)
    copie = _annoter(chemin, constat("Outils", "D7"), constat("Outils", "E7"))
    assert [_fond(copie, "Outils", adresse) for adresse in ("D7", "E7")] == ["F9D9DE", "F9D9DF"]
    (tmp_path / "rendu.xlsx").write_bytes(retirer(_reenregistrer(copie)) or b"")
    rendu = tmp_path / "rendu.xlsx"
    assert [_fond(rendu, "Outils", adresse) for adresse in ("D7", "E7")] == ["F9D9DE", ""]


def test_une_copie_reenregistree_se_rend_sans_fond(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    constats = [constat("Outils", adresse) for adresse in ("D7", _ABSENTE, "F8")]
    copie = _reenregistrer(_annoter(chemin, *constats))
    annotee = load_workbook(copie)["Outils"]
    (tmp_path / "rendu.xlsx").write_bytes(retirer(copie) or b"")
    rendu = load_workbook(tmp_path / "rendu.xlsx")["Outils"]
    for adresse in ("D7", _ABSENTE, "F8"):
        assert rendu[adresse].fill.patternType is None
        assert rendu[adresse].number_format == annotee[adresse].number_format
        assert rendu[adresse].protection.locked == annotee[adresse].protection.locked


def test_une_cellule_absente_ne_decale_pas_ses_voisines(tmp_path: Path) -> None:
    """Une ligne ou une cellule sans adresse suit la précédente : on la dit avant d'insérer."""
    lignes = (
        '<row r="2" spans="1:1"><c r="A2"><v>1</v></c></row><row r="4"><c r="D4"><v>2</v></c>'
        "<c><v>3</v></c></row><row><c><v>4</v></c></row>"
    )
    chemin = ecrire(tmp_path / "sans.xlsx", parties(lignes))
    octets = eprouver(
        chemin, [constat("Feuille", a) for a in ("C2", "A1", "B4", "G4", "A3")], tmp_path
    )
    feuille = parties_de(octets)["xl/worksheets/sheet1.xml"].decode()
    adresses = re.findall(r'<(?:row|c)(?: r="([A-Z]*[0-9]+)")?', feuille.split("<cond")[0])
    assert adresses == "1 A1 2 A2 C2 3 A3 4 B4 D4 |G4||".replace("|", " ").split(" ")
