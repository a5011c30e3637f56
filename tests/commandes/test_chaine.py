"""``consolider``, ``rapport``, ``envoyer``, ``demo`` : la chaîne, par de vraies commandes."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.commandes import demo, executer
from tests.adresses import case
from tests.commandes.ligne import AU, classeur, jouer


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("demo") / "demonstration"
    sortie = jouer("demo", dossier, *AU)
    assert sortie.code == 0, sortie.erreur
    assert "À ouvrir" in sortie.texte
    return dossier


@pytest.fixture
def _deja_jouee(demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """La chaîne rend ce qu'elle a rendu une fois : reste à le déposer."""

    def rejouer(_: date) -> None:
        shutil.copytree(
            demonstration, Path.cwd(), dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*")
        )

    monkeypatch.setattr(demo, "_jouer", rejouer)


def test_demo_ecrit_toute_la_chaine(demonstration: Path) -> None:
    noms = {str(chemin.relative_to(demonstration)) for chemin in demonstration.rglob("*")}
    assert {
        "valmarin-2026.xlsx",
        "consolidation.xlsx",
        "rapport/rapport-valmarin-2026.html".replace("/", "\\")
        if "\\" in str(demonstration)
        else "rapport/rapport-valmarin-2026.html",
        "occasions.xlsx",
        "ecarts.html",
        "urgence.pdf",
        "courriel.eml",
    } <= noms


@pytest.mark.usefixtures("_deja_jouee")
def test_demo_ne_remplace_rien_sans_force(tmp_path: Path) -> None:
    ici = tmp_path / "demonstration"
    commande = ["demo", str(ici), *AU]
    assert [executer(commande), executer(commande)] == [0, 2]
    ecrits = {chemin: chemin.stat().st_ino for chemin in ici.glob("*.xlsx")}
    assert executer([*commande, "--force"]) == 0
    assert all(chemin.stat().st_ino != avant for chemin, avant in ecrits.items())


@pytest.mark.parametrize(
    ("nom", "force"),
    [
        ("valmarin-2026.xlsx", ("--force",)),
        ("courriel.eml", ()),
        ("rapport/rapport.json", ("--force",)),
    ],
)
@pytest.mark.usefixtures("_deja_jouee")
def test_demo_ne_remplace_jamais_un_fichier_a_soi(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], nom: str, force: tuple[str, ...]
) -> None:
    (tmp_path / nom).parent.mkdir(exist_ok=True)
    (tmp_path / nom).write_text("à moi")
    avant = sorted(tmp_path.rglob("*"))
    code = executer(["demo", str(tmp_path), *force, *AU])
    assert (code, (tmp_path / nom).read_text()) == (2, "à moi")
    assert Path(nom).name in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == avant


def test_le_courriel_va_a_l_executif(demonstration: Path) -> None:
    octets = (demonstration / "courriel.eml").read_bytes()
    message = email.message_from_bytes(octets, policy=email.policy.default)
    assert message["To"] == "municipalite@valmarin.example"
    assert message["X-Unsent"] == "1"
    noms = [piece.get_filename() for piece in message.iter_attachments()]
    assert "rapport-valmarin-2026.xlsx" in noms


def test_la_consolidation_joint_trois_communes(demonstration: Path) -> None:
    livre = load_workbook(demonstration / "consolidation.xlsx", read_only=True)
    assert {"Communes", "Outils", "Constats", "Provenance"} <= set(livre.sheetnames)


def test_consolider_ecrit_meme_si_un_classeur_est_refuse(
    demonstration: Path, tmp_path: Path
) -> None:
    abime, sortie = tmp_path / "abime.xlsx", tmp_path / "ensemble.xlsx"
    abime.write_bytes(b"PK\x03\x04")
    vu = jouer("consolider", demonstration / "valmarin-2026.xlsx", abime, "--sortie", sortie, *AU)
    assert vu.code == 2
    assert sortie.exists()
    assert "abime.xlsx" in vu.erreur


def test_consolider_refuse_s_il_ne_lit_rien(tmp_path: Path) -> None:
    abime, sortie = tmp_path / "abime.xlsx", tmp_path / "ensemble.xlsx"
    abime.write_bytes(b"")
    assert jouer("consolider", abime, "--sortie", sortie, *AU).code == 2
    assert not sortie.exists()


def test_consolider_n_ecrit_jamais_dans_un_classeur_recu(tmp_path: Path) -> None:
    recu = classeur(tmp_path)
    avant = recu.read_bytes()
    vu = jouer("consolider", recu, "--sortie", recu, "--force", *AU)
    assert vu.code == 2
    assert recu.read_bytes() == avant


def test_consolider_en_json_se_relit_par_generer(demonstration: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "ensemble.json"
    entree = demonstration / "valmarin-2026.xlsx"
    assert jouer("consolider", entree, "--format", "json", "--sortie", sortie, *AU).code == 0
    document = json.loads(sortie.read_text("utf-8"))
    assert document["format"] == 1
    (premier,) = document["classeurs"]
    rejoue = tmp_path / "b.xlsx"
    assert jouer("generer", rejoue, "--depuis", "-", *AU, entree=json.dumps(premier)).code == 0
    assert rejoue.read_bytes() == entree.read_bytes()


def test_rapport_demande_un_classeur_de_l_annee(demonstration: Path, tmp_path: Path) -> None:
    vu = jouer(
        "rapport", demonstration / "valmarin-2026.xlsx", "--annee", 2020, "--sortie", tmp_path, *AU
    )
    assert vu.code == 2
    assert "2020" in vu.erreur


def test_rapport_ecrit_la_forme_demandee(demonstration: Path, tmp_path: Path) -> None:
    entree = demonstration / "valmarin-2026.xlsx"
    vu = jouer("rapport", entree, "--annee", 2026, "--format", "html", "--sortie", tmp_path, *AU)
    assert vu.code == 0
    assert (tmp_path / "rapport-valmarin-2026.html").exists()
    assert not (tmp_path / "rapport-valmarin-2026.xlsx").exists()


def test_envoyer_demande_comment(demonstration: Path) -> None:
    vu = jouer("envoyer", demonstration / "rapport")
    assert vu.code == 2
    assert "--brouillon" in vu.erreur


def test_envoyer_a_l_essai_n_envoie_rien(demonstration: Path) -> None:
    vu = jouer("envoyer", demonstration / "rapport", "--essai")
    assert vu.code == 0
    assert "municipalite@valmarin.example" in vu.texte


def test_un_serveur_absent_se_dit(demonstration: Path) -> None:
    vu = jouer("envoyer", demonstration / "rapport", "--smtp", "127.0.0.1:9", "--delai", 2)
    assert vu.code == 3
    assert vu.erreur.startswith("Erreur")


def test_un_rapport_aux_erreurs_demande_a_confirmer(demonstration: Path, tmp_path: Path) -> None:
    livre = load_workbook(demonstration / "valmarin-2026.xlsx")
    livre["Outils"][case("outils", "criticite", 7)] = None
    livre.save(tmp_path / "a.xlsx")
    dossier, brouillon = tmp_path / "rapport", tmp_path / "a.eml"
    jouer("rapport", tmp_path / "a.xlsx", "--annee", 2026, "--sortie", dossier, *AU)
    vu = jouer("envoyer", dossier, "--brouillon", brouillon)
    assert vu.code == 2
    assert "--malgre-erreurs" in vu.erreur
    assert not brouillon.exists()
    assert jouer("envoyer", dossier, "--brouillon", brouillon, "--malgre-erreurs").code == 0
