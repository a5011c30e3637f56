"""Les mêmes chiffres dans toutes les formes, et rien d'exécutable venu d'un classeur."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from pilotage_xlsx.rapport import composer, ecrire
from pilotage_xlsx.rapport.rendus import classeur, html, texte
from pilotage_xlsx.socle.ecriture import SortieImpossible
from tests.rapport.communes import VALMARIN, chargee, rapporter
from tests.tableaux import AU

CINQ = ["3", "1 sur 3", "2 sur 3", "23'600.50", "3"]
PIEGE = "<script>alert(1)</script>"


def _cases(texte_de_commune: str) -> list[object]:
    octets = classeur.rendre(composer(rapporter(texte_de_commune)), AU)
    livre = openpyxl.load_workbook(io.BytesIO(octets))
    return [case.value for feuille in livre for rangee in feuille for case in rangee]


def test_les_cinq_chiffres_de_la_page_html() -> None:
    page = html.rendre(composer(rapporter(VALMARIN))).decode()
    assert re.findall(r'class="valeur">(.*?)<', unescape(page)) == CINQ


def test_les_cinq_chiffres_du_courriel() -> None:
    corps = texte.rendre(composer(rapporter(VALMARIN))).decode()
    rubrique = corps.partition("Cinq chiffres")[2]
    assert re.findall(r"^- [^:]+\u202f: (.*?) \(", rubrique, re.MULTILINE) == CINQ


def test_les_cinq_chiffres_du_classeur() -> None:
    octets = classeur.rendre(composer(rapporter(VALMARIN)), AU)
    feuille = openpyxl.load_workbook(io.BytesIO(octets))["Page 1"]
    premiere = [case.value for case in feuille["A"]]
    debut = premiere.index("Cinq chiffres") + 1
    assert premiere[debut : debut + 5] == CINQ


def test_les_cinq_chiffres_de_rapport_json(tmp_path: Path) -> None:
    ecrire(rapporter(VALMARIN), tmp_path, remplacer=False)
    rapport = json.loads((tmp_path / "rapport.json").read_text("utf-8"))
    assert [chiffre["valeur"] for chiffre in rapport["cinq_chiffres"]] == CINQ


@pytest.mark.parametrize("commune", ["", VALMARIN, chargee()], ids=["vide", "petite", "chargée"])
def test_chaque_forme_se_rend_deux_fois_pareille(commune: str) -> None:
    un, deux = (composer(rapporter(commune)) for _ in range(2))
    assert html.rendre(un) == html.rendre(deux)
    assert texte.rendre(un) == texte.rendre(deux)
    assert classeur.rendre(un, AU) == classeur.rendre(deux, AU)


def test_un_nom_de_commune_ne_devient_pas_du_code() -> None:
    page = html.rendre(composer(rapporter(f"commune | commune\n | {PIEGE}"))).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_la_page_ne_demande_rien_au_reseau() -> None:
    page = html.rendre(composer(rapporter(chargee()))).decode()
    assert not re.search(r"https?:|url\(|@import|src=", page)


def test_chaque_graphique_a_son_equivalent_en_mots() -> None:
    page = html.rendre(composer(rapporter(VALMARIN))).decode()
    dessins = page.count("<svg ")
    assert dessins >= 2
    assert (
        page.count('role="img"') == page.count("<title id=") == page.count("<desc id=") == dessins
    )


def test_un_texte_qui_ressemble_a_une_formule_reste_un_texte() -> None:
    nom = "@SOMME(1;1)"
    cases = _cases(f"outils | nom | criticite | repli\n | {nom} | Indispensable | +41 21 555")
    assert nom in cases
    assert "+41 21 555" in cases
    assert not [case for case in cases if isinstance(case, str) and case.startswith("=")]


def test_les_nombres_des_graphiques_ne_sont_sur_aucune_page() -> None:
    livre = openpyxl.load_workbook(io.BytesIO(classeur.rendre(composer(rapporter(VALMARIN)), AU)))
    cachees = [feuille.title for feuille in livre if feuille.sheet_state == "hidden"]
    assert cachees == ["Données des graphiques"] == [livre.sheetnames[-1]]
    assert [case.value for case in livre["Complétude"]["A"] if case.value][2:] == []


def test_une_feuille_imprimee_repete_l_en_tete_de_son_tableau() -> None:
    octets = classeur.rendre(composer(rapporter(chargee())), AU)
    livre = openpyxl.load_workbook(io.BytesIO(octets))
    for nom in ("Incidents", "À clarifier", "Sources"):
        feuille = livre[nom]
        (rang,) = re.findall(r"\$(\d+):\$\1", feuille.print_title_rows or "")
        titres = [case.value for case in feuille[int(rang)] if case.value]
        assert len(titres) == feuille.max_column


def test_les_lignes_du_courriel_tiennent_dans_un_ecran() -> None:
    corps = texte.rendre(composer(rapporter(chargee()))).decode()
    assert max(len(ligne) for ligne in corps.splitlines()) <= 72


def test_le_dossier_du_rapport(tmp_path: Path) -> None:
    chemins, _ = ecrire(rapporter(VALMARIN), tmp_path / "sortie", ("html",), remplacer=False)
    assert [chemin.name for chemin in chemins] == [
        "rapport-valmarin-2026.html",
        "rapport-valmarin-2026.txt",
        "rapport.json",
    ]
    rapport = json.loads(chemins[-1].read_text("utf-8"))
    assert rapport["fichiers"] == ["rapport-valmarin-2026.html"]
    assert rapport["adresses"]["executif"] == "greffe@valmarin.example"


def test_rien_n_est_remplace_sans_le_demander(tmp_path: Path) -> None:
    ecrire(rapporter(VALMARIN), tmp_path, ("html",), remplacer=False)
    with pytest.raises(SortieImpossible, match="--force"):
        ecrire(rapporter(VALMARIN), tmp_path, remplacer=False)
    assert not (tmp_path / "rapport-valmarin-2026.xlsx").exists()
    ecrire(rapporter(VALMARIN), tmp_path, remplacer=True)
    assert (tmp_path / "rapport-valmarin-2026.xlsx").exists()


@pytest.mark.parametrize("remplacer", [False, True])
def test_un_fichier_d_autrui_n_est_jamais_remplace(tmp_path: Path, remplacer: bool) -> None:
    (tmp_path / "rapport.json").write_text("à moi", "utf-8")
    with pytest.raises(SortieImpossible):
        ecrire(rapporter(VALMARIN), tmp_path, remplacer=remplacer)
    assert [fichier.name for fichier in tmp_path.iterdir()] == ["rapport.json"]


def test_une_forme_qui_n_est_plus_demandee_s_en_va(tmp_path: Path) -> None:
    """Un vieux PDF à côté d'un texte neuf tromperait qui ouvre le dossier."""
    ecrire(rapporter(VALMARIN), tmp_path, ("html", "pdf"), remplacer=False)
    (tmp_path / "envois.json").write_text("{}", "utf-8")
    (tmp_path / "rapport-valmarin-2026.html").write_text("annotée", "utf-8")
    restes = ecrire(rapporter(VALMARIN), tmp_path, ("xlsx",), remplacer=True).restes
    assert [chemin.name for chemin in restes] == ["rapport-valmarin-2026.html"]
    noms = {chemin.name for chemin in tmp_path.iterdir()}
    assert "rapport-valmarin-2026.pdf" not in noms
    assert {"envois.json", "rapport-valmarin-2026.html"} <= noms


def test_le_rapport_d_une_autre_commune_reste(tmp_path: Path) -> None:
    ecrire(rapporter(VALMARIN), tmp_path, remplacer=False)
    ecrire(rapporter("commune | commune\n | Belcombe"), tmp_path, ("txt",), remplacer=True)
    assert (tmp_path / "rapport-valmarin-2026.pdf").exists()


@pytest.mark.parametrize("nom", ["../../ailleurs", "CON", "村", "\u202eliam", "a" * 300])
def test_un_nom_de_commune_donne_toujours_un_nom_de_fichier_sur(nom: str, tmp_path: Path) -> None:
    rapport = rapporter(f"commune | commune\n | {nom}")
    for chemin in ecrire(rapport, tmp_path, remplacer=False).chemins:
        assert chemin.parent == tmp_path
        assert re.fullmatch(r"[a-z0-9.-]{1,90}", chemin.name)
