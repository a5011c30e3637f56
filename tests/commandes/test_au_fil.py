"""Plusieurs classeurs se contrôlent au fil de l'eau : ordre, résumés, formes, copies."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotage_xlsx.commandes import executer
from pilotage_xlsx.commandes.affichage import EnTexte
from pilotage_xlsx.commandes.atelier import examiner
from pilotage_xlsx.commandes.commun import mettre_en_json
from pilotage_xlsx.commandes.verifier import FORMES
from pilotage_xlsx.gestes.controle import Controler, Cumul
from pilotage_xlsx.socle.ecriture import SortieImpossible
from pilotage_xlsx.socle.ecriture.dossier import Depot
from tests.commandes.ligne import AU, classeur, jouer
from tests.tableaux import AU as LE_JOUR
from tests.tableaux import modele

NOMS = ("belcombe-2026", "valmarin-2026")


@pytest.fixture(scope="module")
def communes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deux communes, et un fichier illisible entre elles."""
    dossier = tmp_path_factory.mktemp("communes")
    for nom in NOMS:
        classeur(dossier, nom)
    (dossier / "illisible.xlsx").write_bytes(b"PK")
    return dossier


def net(texte: str) -> str:
    """Le texte avec des espaces ordinaires."""
    return re.sub("[\u00a0\u202f]", " ", texte)


def test_chacun_dit_son_resume_puis_ses_constats_et_tous_a_la_fin(communes: Path) -> None:
    sortie = jouer("verifier", communes, *AU)
    texte = net(sortie.texte)
    ordre = [texte.index(nom) for nom in ("(belcombe-2026.", "illisible.xlsx", "(valmarin-2026.")]
    assert ordre == sorted(ordre)
    assert texte.count("(valmarin-2026.") == 1
    resume = jouer("verifier", communes, "--format", "json", *AU).json["resume"]
    assert texte.splitlines()[-1] == (
        f"3 classeurs : {resume['erreurs']} erreur, {resume['avertissements']} avertissement, "
        f"{resume['a_remplir']} cellule à remplir, {resume['attentions']} points d'attention, "
        "1 pas lu"
    )
    assert sortie.code == 2


def test_un_seul_redit_son_resume(communes: Path, tmp_path: Path) -> None:
    chemin = communes / "valmarin-2026.xlsx"
    seul = jouer("verifier", chemin, *AU).texte
    assert seul.splitlines()[:2] == seul.splitlines()[-2:]
    shutil.copy(chemin, tmp_path)
    jouer("consolider", chemin, "--sortie", tmp_path / "ensemble.xlsx", *AU)
    assert jouer("verifier", tmp_path, *AU).texte == seul


def test_un_classeur_se_dit_avant_que_le_suivant_ne_se_lise(communes: Path) -> None:
    lus: list[str] = []
    cumul, forme = Cumul(modele(), LE_JOUR), EnTexte(100)

    def pieces() -> Iterator[tuple[str, str]]:
        for nom in NOMS:
            lus.append(nom)
            examine = examiner(communes / f"{nom}.xlsx", Controler(modele(), LE_JOUR, forme))
            cumul.ajouter(examine)
            yield examine.piece

    morceaux = forme.assembler(pieces(), cumul)
    assert "belcombe-2026" in next(morceaux)
    assert lus == ["belcombe-2026"]


def test_le_json_ecrit_par_pieces_est_un_seul_document_mis_en_page(communes: Path) -> None:
    for entrees in ([communes], [communes / "valmarin-2026.xlsx"], [communes / "illisible.xlsx"]):
        texte = jouer("verifier", *entrees, "--format", "json", *AU).texte
        assert texte == f"{mettre_en_json(json.loads(texte))}\n"


@pytest.mark.parametrize("forme", FORMES)
def test_un_fichier_recoit_les_memes_octets_que_l_ecran(
    communes: Path, tmp_path: Path, forme: str
) -> None:
    fichier = tmp_path / "controle"
    appel = ("verifier", communes, "--format", forme, *AU)
    assert jouer(*appel, "--sortie", fichier).texte == ""
    assert fichier.read_bytes().decode() == jouer(*appel).texte


def test_un_disque_plein_n_arrete_que_les_copies(
    communes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    essais: list[str] = []

    def ebaucher(_: Depot, nom: str, *__: object) -> None:
        essais.append(nom)
        raise SortieImpossible("le disque est plein")

    monkeypatch.setattr(Depot, "ebaucher", ebaucher)
    classeurs = [str(communes / f"{nom}.xlsx") for nom in NOMS]
    assert executer(["verifier", *classeurs, "--annoter", str(tmp_path), *AU]) == 2
    vu = capfd.readouterr()
    assert "2 classeurs" in net(vu.out)
    assert "disque est plein" in vu.err
    assert len(essais) == 1


def test_beaucoup_se_controle_et_s_annote_comme_un_seul(communes: Path, tmp_path: Path) -> None:
    """Assez de classeurs pour que l'atelier démarre ses processus."""
    (tmp_path / "communes").mkdir()
    for rang in range(20):
        shutil.copy(communes / "belcombe-2026.xlsx", tmp_path / "communes" / f"{rang:02}.xlsx")
    sortie = jouer(
        "verifier", tmp_path / "communes", "--annoter", tmp_path / "copies", "--format", "json", *AU
    )
    vus = sortie.json["classeurs"]
    assert [Path(vu["fichier"]).stem for vu in vus] == [f"{rang:02}" for rang in range(20)]
    (seul,) = jouer("verifier", communes / "belcombe-2026.xlsx", "--format", "json", *AU).json[
        "classeurs"
    ]
    for vu in vus:
        assert {**vu, "fichier": ""} == {**seul, "fichier": ""}
    assert len(list((tmp_path / "copies").glob("*-annote.xlsx"))) == 20
