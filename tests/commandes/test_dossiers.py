"""Un dossier : chaque classeur est examiné, ce qui ne l'est pas se dit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pilotage_xlsx.commandes.fichiers import recenser
from tests.commandes.ligne import AU, classeur, jouer

POSIX = pytest.mark.skipif(os.name != "posix", reason="droits et terminaux de POSIX")


def test_un_dossier_se_trie_et_ce_qui_est_laisse_se_dit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sous").mkdir()
    for nom in (
        "b.xlsx", "a.ods", "sous/c.XLSM", "ancien.xls", "mac.numbers", "note.docx",
        "~$b.xlsx", ".~lock.a.ods#", ".b.xlsx.1.partiel.xlsx",
    ):  # fmt: skip
        (tmp_path / nom).write_bytes(b"")
    pris = recenser([tmp_path, tmp_path / "b.xlsx"]).chemins
    assert [str(c.relative_to(tmp_path)) for c in pris] == ["a.ods", "b.xlsx", "sous/c.XLSM"]
    dit = capsys.readouterr().err
    assert "ancien.xls, mac.numbers" in dit
    assert ".b.xlsx.1.partiel.xlsx, .~lock.a.ods#, ~$b.xlsx" in dit
    assert "docx" not in dit


def test_un_dossier_sans_classeur_reste_lui_meme_et_se_refuse(tmp_path: Path) -> None:
    sortie = jouer("verifier", tmp_path, "--format", "json", *AU)
    assert sortie.code == 2
    assert sortie.json["classeurs"][0]["constats"][0]["regle"] == "FIC-011"


def test_un_verrou_voisin_et_une_autre_version_se_lisent_avec_un_avertissement(
    tmp_path: Path,
) -> None:
    chemin = classeur(tmp_path)
    (tmp_path / f".~lock.{chemin.name}#").write_text(",secretariat,,,")
    (vu,) = jouer("verifier", tmp_path, "--format", "json", *AU).json["classeurs"]
    assert vu["lisible"]
    assert ("STR-007", "avertissement") in {(c["regle"], c["gravite"]) for c in vu["constats"]}


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root ouvre tout")
def test_un_sous_dossier_ferme_se_dit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ferme").mkdir(mode=0)
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert [c.name for c in recenser([tmp_path]).chemins] == ["a.xlsx"]
    assert "ferme" in capsys.readouterr().err
