"""Qui peut lire une sortie : jamais plus de monde que ce dont elle est tirée."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotage_xlsx.socle.ecriture import droits as des_droits
from pilotage_xlsx.socle.ecriture import ebaucher, ecrire_atomique
from pilotage_xlsx.socle.ecriture.droits import Droits

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes de POSIX")


@pytest.fixture(autouse=True)
def masque() -> Iterator[None]:
    """L'umask de tout le monde : 022."""
    ancien = os.umask(0o022)
    yield
    os.umask(ancien)


def _fichier(chemin: Path, mode: int) -> Path:
    chemin.write_bytes(b"source")
    chemin.chmod(mode)
    return chemin


def _mode(chemin: Path) -> int:
    return stat.S_IMODE(chemin.stat().st_mode)


@pytest.mark.parametrize(
    ("source", "copie"),
    [(0o600, 0o600), (0o640, 0o640), (0o440, 0o640), (0o400, 0o600), (0o664, 0o664)],
)
def test_une_copie_a_le_mode_de_sa_source_et_son_proprietaire_y_ecrit(
    tmp_path: Path, source: int, copie: int
) -> None:
    classeur = _fichier(tmp_path / "classeur.xlsx", source)
    ecrire_atomique(tmp_path / "copie.xlsx", b"", remplacer=False, sources=[classeur])
    assert _mode(tmp_path / "copie.xlsx") == copie
    assert _mode(classeur) == source


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666])
def test_un_remplacement_garde_le_mode_de_ce_qu_il_remplace(tmp_path: Path, mode: int) -> None:
    sortie = _fichier(tmp_path / "rapport.pdf", mode)
    ecrire_atomique(sortie, b"neuf", remplacer=True, sources=[_fichier(tmp_path / "c", 0o644)])
    assert (_mode(sortie), sortie.read_bytes()) == (mode, b"neuf")


def test_plusieurs_sources_donnent_ce_que_toutes_permettent(tmp_path: Path) -> None:
    sources = [_fichier(tmp_path / nom, mode) for nom, mode in (("a", 0o640), ("b", 0o604))]
    ecrire_atomique(tmp_path / "ensemble.xlsx", b"", remplacer=False, sources=sources)
    assert _mode(tmp_path / "ensemble.xlsx") == 0o600


def test_sans_source_ni_rien_a_remplacer_le_systeme_decide(tmp_path: Path) -> None:
    ecrire_atomique(tmp_path / "vierge.xlsx", b"", remplacer=False)
    os.umask(0o077)
    ecrire_atomique(tmp_path / "prive.xlsx", b"", remplacer=False, sources=[Path("-")])
    assert (_mode(tmp_path / "vierge.xlsx"), _mode(tmp_path / "prive.xlsx")) == (0o644, 0o600)


def test_un_brouillon_n_est_lisible_que_de_nous(tmp_path: Path) -> None:
    with ebaucher(tmp_path / "rapport.pdf", remplacer=False) as brouillon:
        brouillon.write_bytes(b"secret")
        assert _mode(brouillon) == 0o600


@pytest.fixture
def accordes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Ce qui est demandé au système comme propriétaire et comme groupe, qu'il refuse."""
    demandes: list[tuple[int, int]] = []

    def refuser(_: int, proprietaire: int, groupe: int) -> None:
        demandes.append((proprietaire, groupe))
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuser)
    return demandes


def test_un_groupe_qui_ne_se_donne_pas_ne_passe_pas_ses_droits_au_notre(
    tmp_path: Path, accordes: list[tuple[int, int]]
) -> None:
    copie = _fichier(tmp_path / "copie.xlsx", 0o600)
    with copie.open() as fichier:
        des_droits.accorder(fichier.fileno(), Droits(0o664, groupe=os.getgid() + 1))
    assert accordes == [(-1, os.getgid() + 1)]
    assert _mode(copie) == 0o644


def test_des_sources_de_groupes_differents_ne_donnent_rien_a_un_groupe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [_fichier(tmp_path / nom, 0o640) for nom in "ab"]
    etats = [os.stat_result((0o100640, 1, 1, 1, 0, gid, 1, 0, 0, 0)) for gid in (5, 6)]
    monkeypatch.setattr(des_droits, "_interroger", lambda vus: etats if list(vus)[1:] else [])
    ecrire_atomique(tmp_path / "ensemble.xlsx", b"", remplacer=False, sources=sources)
    assert _mode(tmp_path / "ensemble.xlsx") == 0o600


def test_un_disque_sans_modes_ne_fait_rien_echouer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchmod", refuser)
    classeur = _fichier(tmp_path / "classeur.xlsx", 0o640)
    ecrire_atomique(tmp_path / "copie.xlsx", b"neuf", remplacer=False, sources=[classeur])
    assert (tmp_path / "copie.xlsx").read_bytes() == b"neuf"


def test_un_systeme_sans_modes_ne_les_demande_pas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nom in ("fchmod", "fchown"):
        monkeypatch.delattr(os, nom)
    sortie = _fichier(tmp_path / "copie.xlsx", 0o600)
    monkeypatch.setattr(des_droits, "_A_DES_MODES", False)
    with sortie.open() as fichier:
        des_droits.accorder(fichier.fileno(), Droits(0o644))
    assert _mode(sortie) == 0o600
