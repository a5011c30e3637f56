"""Une part courte de la campagne (`interruptions`), avant chaque fusion ; et ce qu'elle voit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.fuzz import interruptions
from tests.fuzz.ecritures import Verbe
from tests.fuzz.interruptions import A_LA_PORTE, Reference, comparer, jouer_un_coup, relever

LINUX = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="les processus se cherchent dans /proc"
)
VERBE = Verbe("essai", (), lambda dossier: None)


@LINUX
@pytest.mark.parametrize("verbe", A_LA_PORTE, ids=lambda verbe: verbe.nom)
def test_aucune_interruption_ne_laisse_rien_a_moitie(verbe: Verbe) -> None:
    assert jouer_un_coup(verbe, graine=2026) == []


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Path]:
    """Un dossier de départ, et ce qu'une commande y laisse quand rien ne l'arrête."""
    (tmp_path / "depart").mkdir()
    (tmp_path / "depart" / "recu.xlsx").write_bytes(b"de la commune")
    os.utime(tmp_path / "depart" / "recu.xlsx", (1, 1))
    copytree(tmp_path / "depart", tmp_path / "coup")
    yield tmp_path


def _fautes(dossier: Path, avant: dict[str, interruptions.Fichier]) -> list[str]:
    bonne = interruptions.Fichier(b"la sortie entiere", 0)
    apres = {**relever(dossier / "depart"), "sortie.xlsx": bonne}
    reference = Reference(1.0, 0, apres, dossier / "depart")
    vu = relever(dossier / "coup")
    return [sorte for sorte, _ in comparer(VERBE, avant, vu, reference)]


def test_une_sortie_absente_ancienne_ou_entiere_est_bonne(dossier: Path) -> None:
    sortie = dossier / "coup" / "sortie.xlsx"
    assert _fautes(dossier, relever(dossier / "coup")) == []
    sortie.write_bytes(b"l'ancienne")
    assert _fautes(dossier, relever(dossier / "coup")) == []
    avant = relever(dossier / "coup")
    sortie.write_bytes(b"la sortie entiere")
    assert _fautes(dossier, avant) == []


def test_une_sortie_coupee_ou_disparue_se_voit(dossier: Path) -> None:
    sortie = dossier / "coup" / "sortie.xlsx"
    sortie.write_bytes(b"l'ancienne")
    avant = relever(dossier / "coup")
    sortie.write_bytes(b"la sortie ent")
    assert _fautes(dossier, avant) == ["sortie à moitié écrite"]
    sortie.unlink()
    assert _fautes(dossier, avant) == ["sortie disparue"]


def test_un_original_touche_se_voit(dossier: Path) -> None:
    avant = relever(dossier / "coup")
    (dossier / "coup" / "recu.xlsx").write_bytes(b"de la commune")
    assert _fautes(dossier, avant) == ["original touché"]
