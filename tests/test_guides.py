"""Les guides de ``docs/`` : chaque commande citée est jouée, chaque lien mène quelque part."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from pilotage_xlsx.commandes import COMMANDES, executer, pilotage
from pilotage_xlsx.modele.chargement import dossier_livre
from tests.commandes.ligne import AU, DONNEES
from tests.petites_tables import petites_tables

RACINE = Path(__file__).resolve().parent.parent
GUIDES = ("annee-du-referent.md", "guide-secretaire.md", "guide-ingenieur.md")


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un dossier où sont les fichiers que les guides nomment."""
    dossier = tmp_path_factory.mktemp("bureau")
    (dossier / "communes").mkdir()
    (dossier / "liste.csv").write_text("Logiciel;Fournisseur\nHabitus;Alpha SA\n", "utf-8")
    for nom, sortie in (
        ("valmarin-2026", "commune-2026.xlsx"),
        ("valmarin-2025", "commune-2025.xlsx"),
        ("belcombe-2026", "communes/belcombe.xlsx"),
        ("roche-claire-2026", "communes/roche-claire.xlsx"),
    ):
        depuis = ("--depuis", str(DONNEES / f"{nom}.json"))
        with petites_tables():
            assert executer(["generer", str(dossier / sortie), *depuis, *AU]) == 0
    return dossier


@pytest.fixture
def sur_le_bureau(bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Une copie du bureau, où l'on se trouve."""
    shutil.copytree(bureau, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _blocs(guide: str, langue: str) -> list[str]:
    texte = (RACINE / "docs" / guide).read_text("utf-8")
    return re.findall(rf"```{langue}\n(.*?)```", texte, re.DOTALL)


def _commandes(guide: str) -> list[list[str]]:
    lignes = [ligne for bloc in _blocs(guide, "sh") for ligne in bloc.splitlines() if ligne]
    commandes = [shlex.split(ligne) for ligne in lignes]
    assert commandes
    assert all(commande[0] == "pilotage-xlsx" for commande in commandes)
    return [commande[1:] for commande in commandes]


def _a_un_aujourd_hui(sujet: str) -> bool:
    """Vrai si la commande prend ``--au``, sans quoi le guide dépendrait du jour où il est joué."""
    commande = pilotage.get_command(click.Context(pilotage), sujet)
    assert commande is not None, sujet
    return any("--au" in param.opts for param in commande.params)


def _adapter_le_modele(dossier: Path) -> None:
    """Ce que le guide de l'ingénieur dit de faire à la main."""
    shutil.copytree(dossier_livre("modeles") / "communal", dossier / "mon-modele")
    (colonne,) = _blocs("guide-ingenieur.md", "toml")
    with (dossier / "mon-modele" / "feuilles" / "outils.toml").open("a", encoding="utf-8") as toml:
        toml.write("\n" + colonne)


@pytest.mark.parametrize("guide", GUIDES)
def test_chaque_commande_d_un_guide_se_joue(
    guide: str, sur_le_bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _adapter_le_modele(sur_le_bureau)
    for sujet, *suite in _commandes(guide):
        au = AU if _a_un_aujourd_hui(sujet) else ()
        assert executer([sujet, *suite, *au]) == 0, (sujet, suite, capsys.readouterr().err)


def test_la_colonne_du_guide_arrive_dans_le_modele(
    sur_le_bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _adapter_le_modele(sur_le_bureau)
    assert executer(["modele", "--modele", "mon-modele"]) == 0
    assert "Couvert par l'assurance" in capsys.readouterr().out


def test_le_code_python_du_guide_tourne(sur_le_bureau: Path) -> None:
    (programme,) = _blocs("guide-ingenieur.md", "python")
    portee: dict[str, object] = {}
    exec(programme, portee)
    assert portee["constats"]


def test_le_guide_du_referent_suit_toutes_les_commandes_de_son_annee() -> None:
    citees = {sujet for sujet, *_ in _commandes("annee-du-referent.md")}
    assert {"generer", "verifier", "regles", "rapport", "fiche", "envoyer", "consolider"} <= citees
    assert citees <= set(COMMANDES)


@pytest.mark.parametrize("guide", GUIDES)
def test_chaque_lien_et_chaque_image_existent(guide: str) -> None:
    texte = (RACINE / "docs" / guide).read_text("utf-8")
    ancres = {_ancre(titre) for titre in re.findall(r"^#+ (.*)$", texte, re.MULTILINE)}
    for lien in re.findall(r"\]\(([^)]+)\)", texte):
        chemin, _, ancre = lien.partition("#")
        assert (RACINE / "docs" / chemin).exists(), lien
        assert not ancre or ancre in ancres, lien


def _ancre(titre: str) -> str:
    return re.sub(r"[^\w\- ]", "", titre.lower()).replace(" ", "-")


@pytest.mark.parametrize("guide", GUIDES)
def test_chaque_image_a_son_texte(guide: str) -> None:
    texte = (RACINE / "docs" / guide).read_text("utf-8")
    assert all(len(dit) > 20 for dit in re.findall(r"!\[([^\]]*)\]", texte))


def test_le_readme_mene_aux_guides() -> None:
    readme = (RACINE / "README.md").read_text("utf-8")
    assert all(f"docs/{guide}" in readme for guide in GUIDES)
