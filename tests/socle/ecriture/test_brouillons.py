"""Un brouillon dont l'auteur est mort se balaie ; ceux des vivants, des autres, jamais."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pilotage_xlsx.socle.ecriture import balayer, ebaucher, preparer
from pilotage_xlsx.socle.ecriture.brouillons import Brouillon
from pilotage_xlsx.socle.ecriture.processus import dater_le_depart, nommer_l_hote

POSIX = pytest.mark.skipif(os.name != "posix", reason="processus de POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc de Linux")


def _mourir() -> int:
    """Le numéro d'un processus qui n'est plus."""
    mort = subprocess.Popen([sys.executable, "-c", ""])
    mort.wait()
    return mort.pid


def _laisser(dossier: Path, pid: int, *, hote: str = "", depart: str = "1") -> Path:
    """Le brouillon d'un autre programme."""
    chemin = dossier / f".outils.csv.{hote or nommer_l_hote()}-{pid}-{depart}-0.partiel"
    chemin.write_text("à moitié")
    return chemin


@POSIX
def test_le_brouillon_d_un_mort_est_balaye_avant_d_ecrire(tmp_path: Path) -> None:
    reste = _laisser(tmp_path, _mourir())
    preparer(tmp_path / "rapport.pdf", remplacer=False)
    assert not reste.exists()


@POSIX
def test_il_l_est_meme_si_l_ecriture_est_refusee(tmp_path: Path) -> None:
    reste = _laisser(tmp_path, _mourir())
    (tmp_path / "rapport.pdf").write_text("à moi")
    with pytest.raises(Exception, match="existe déjà"):
        preparer(tmp_path / "rapport.pdf", remplacer=False)
    assert not reste.exists()


@POSIX
def test_le_brouillon_d_un_vivant_reste(tmp_path: Path) -> None:
    with ebaucher(tmp_path / "rapport.pdf", remplacer=False) as brouillon:
        balayer(tmp_path)
        assert brouillon.exists()


@LINUX
def test_un_numero_de_processus_qui_a_resservi_ne_protege_pas(tmp_path: Path) -> None:
    a_nous = _laisser(tmp_path, os.getpid(), depart=dater_le_depart(os.getpid()))
    d_un_mort = _laisser(tmp_path, os.getpid(), depart="1")
    balayer(tmp_path)
    assert a_nous.exists()
    assert not d_un_mort.exists()


@LINUX
def test_un_mort_que_son_parent_n_a_pas_releve_est_mort(tmp_path: Path) -> None:
    enfant = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    reste = _laisser(tmp_path, enfant.pid, depart=dater_le_depart(enfant.pid))
    balayer(tmp_path)
    assert reste.exists()
    enfant.kill()
    os.waitid(os.P_PID, enfant.pid, os.WEXITED | os.WNOWAIT)
    balayer(tmp_path)
    assert not reste.exists()
    enfant.communicate()


@POSIX
def test_le_brouillon_d_une_autre_machine_reste(tmp_path: Path) -> None:
    reste = _laisser(tmp_path, _mourir(), hote="00000000")
    balayer(tmp_path)
    assert reste.exists()


@POSIX
def test_ce_qui_n_est_pas_exactement_un_brouillon_reste(tmp_path: Path) -> None:
    modele = _laisser(tmp_path, _mourir())
    nom = modele.name
    modele.unlink()
    (tmp_path / "lettre.odt").write_text("à moi")
    for voisin in (nom[1:], f"{nom}~", nom.replace("partiel", "xlsx"), nom.replace("-1-", "-")):
        (tmp_path / voisin).write_text("à moi")
    (tmp_path / nom).mkdir()
    (tmp_path / nom.replace("-0.", "-1.")).symlink_to("lettre.odt")
    avant = sorted(tmp_path.iterdir())
    balayer(tmp_path)
    assert sorted(tmp_path.iterdir()) == avant


@POSIX
def test_seul_le_dossier_de_la_sortie_est_balaye(tmp_path: Path) -> None:
    (tmp_path / "sous").mkdir()
    reste = _laisser(tmp_path / "sous", _mourir())
    preparer(tmp_path / "rapport.pdf", remplacer=False)
    assert reste.exists()


def test_sans_depart_connu_un_numero_vivant_protege(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """macOS n'a pas de /proc : le numéro seul y décide, au bénéfice du doute."""
    monkeypatch.setattr("pilotage_xlsx.socle.ecriture.processus.dater_le_depart", lambda _: "0")
    vivant = _laisser(tmp_path, os.getpid(), depart="0")
    balayer(tmp_path)
    assert vivant.exists()


def test_sous_windows_le_systeme_protege_le_brouillon_d_un_vivant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Là, un fichier qu'un processus tient ouvert ne s'enlève pas ; celui d'un mort, si."""
    vivant, mort = _laisser(tmp_path, 4, depart="0"), _laisser(tmp_path, 8, depart="0")
    enlever = Path.unlink

    def refuser(chemin: Path, missing_ok: bool = False) -> None:
        if chemin == vivant:
            raise PermissionError
        enlever(chemin, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuser)
    monkeypatch.setattr(
        "pilotage_xlsx.socle.ecriture.brouillons.est_vivant", lambda pid, depart: False
    )
    balayer(tmp_path)
    assert (vivant.exists(), mort.exists()) == (True, False)


def test_le_nom_d_un_brouillon_tient_partout(tmp_path: Path) -> None:
    for nom in ("a", "é" * 125 + ".xlsx", os.fsdecode(b"\xff" * 250), "x\n" * 100):
        brouillon = Brouillon(tmp_path / nom)
        assert len(os.fsencode(brouillon.chemin.name)) <= 143
        brouillon.abandonner()
    assert not list(tmp_path.iterdir())
