"""``verifier`` en CSV et en HTML : rien de perdu, rien d'exécuté, rien à chercher ailleurs."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.commandes.verifier import FORMES
from tests.adresses import case
from tests.commandes.ligne import AU, classeur, jouer

_PIEGE = "=1+1<script>alert(1)</script>"


@pytest.fixture(scope="module")
def fautif(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Outils : une valeur qui serait une formule (ligne 8), dix cellules vides (lignes 10 à 19)."""
    chemin = classeur(tmp_path_factory.mktemp("formes"))
    livre = load_workbook(chemin)
    criticite = livre["Outils"][case("outils", "criticite", 8)]
    criticite.value, criticite.data_type = _PIEGE, "s"
    for ligne in range(10, 20):
        livre["Outils"][case("outils", "donnees_personnelles", ligne)].value = None
    livre.save(chemin)
    return chemin


def test_le_csv_a_une_ligne_par_constat_du_json(fautif: Path) -> None:
    sortie = jouer("verifier", fautif, "--format", "csv", *AU)
    assert sortie.code == 1
    assert sortie.texte.startswith("\ufeff")
    lignes = list(csv.DictReader(StringIO(sortie.texte.removeprefix("\ufeff")), delimiter=";"))
    constats = jouer("verifier", fautif, "--format", "json", *AU).json["classeurs"][0]["constats"]
    assert [(ligne["Règle"], ligne["Cellule"]) for ligne in lignes] == [
        (constat["regle"], constat["cellule"] or "") for constat in constats
    ]
    assert {ligne["Commune"] for ligne in lignes} == {"Valmarin"}


def test_aucune_cellule_du_csv_n_est_une_formule(fautif: Path) -> None:
    texte = jouer("verifier", fautif, "--format", "csv", *AU).texte.removeprefix("\ufeff")
    rangees = list(csv.reader(StringIO(texte), delimiter=";"))
    assert "'" + _PIEGE in [cellule for rangee in rangees for cellule in rangee]
    assert not any(cellule[:1] in "=+-@" for rangee in rangees for cellule in rangee if cellule)


def test_la_page_dit_a_part_ce_qui_reste_a_confirmer(tmp_path: Path) -> None:
    vierge, page = tmp_path / "vierge.xlsx", tmp_path / "controle.html"
    assert jouer("generer", vierge, "--kit", *AU).code == 0
    jouer("verifier", vierge, "--format", "html", "--sortie", page, *AU)
    phrases = re.findall(r'<p class="second petit">(.*?)</p>', page.read_text("utf-8"))
    assert ["à confirmer" in phrase for phrase in phrases].count(True) == 1


def test_la_page_groupe_echappe_et_tient_seule(fautif: Path, tmp_path: Path) -> None:
    page = tmp_path / "controle.html"
    assert jouer("verifier", fautif, "--format", "html", "--sortie", page, *AU).code == 1
    texte = page.read_text("utf-8")
    premiere, derniere = (case("outils", "donnees_personnelles", ligne) for ligne in (10, 19))
    assert f"{premiere} à {derniere}" in texte
    assert "&lt;script&gt;" in texte
    assert "<script" not in texte
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|https?:", texte)
    assert texte.startswith('<!DOCTYPE html>\n<html lang="fr-CH">')
    _Balises().feed(texte)


def test_la_page_de_plusieurs_classeurs_les_resume_et_dit_les_refus(
    fautif: Path, tmp_path: Path
) -> None:
    (tmp_path / "vide.xlsx").write_bytes(b"")
    sortie = jouer("verifier", fautif, tmp_path / "vide.xlsx", "--format", "html", *AU)
    assert sortie.code == 2
    assert "Contrôle de 2 classeurs" in sortie.texte
    assert '<a href="#classeur-2">vide</a>' in sortie.texte
    assert "FIC-002" in sortie.texte


def test_une_sortie_existante_ne_se_remplace_qu_avec_force(fautif: Path, tmp_path: Path) -> None:
    for forme in FORMES:
        fichier = tmp_path / f"controle.{forme}"
        appel = ("verifier", fautif, "--format", forme, "--sortie", fichier, *AU)
        assert jouer(*appel).code == 1
        assert jouer(*appel).code == 2
        assert jouer(*appel, "--force").code == 1
        assert "\x1b" not in fichier.read_text("utf-8")


@pytest.mark.parametrize("forme", sorted({*FORMES} - {"html"}))
def test_seule_la_page_charge_jinja(fautif: Path, forme: str) -> None:
    programme = (
        "import sys; from pilotage_xlsx.commandes import executer; "
        f"executer(['verifier', sys.argv[1], '--format', '{forme}']); "
        "print(sorted(sys.modules.keys() & {'pandas', 'xlsxwriter', 'jinja2', 'lxml', 'typst'}), "
        "file=sys.stderr)"
    )
    joue = subprocess.run(
        [sys.executable, "-c", programme, str(fautif)], capture_output=True, text=True, check=True
    )
    assert joue.stderr.strip() == "[]"


class _Balises(HTMLParser):
    """Chaque balise ouverte se ferme, dans l'ordre."""

    _SEULES = frozenset({"meta", "link", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self._ouvertes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._SEULES:
            self._ouvertes.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._ouvertes.pop() == tag
