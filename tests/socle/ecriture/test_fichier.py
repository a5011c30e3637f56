"""Une sortie impossible dit la vraie raison, et ne laisse rien derrière elle."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pilotage_xlsx.socle.ecriture import SortieImpossible, ebaucher, ecrire_atomique

POSIX = pytest.mark.skipif(os.name != "posix", reason="liens de POSIX")


def _refuser(chemin: Path, faute: OSError) -> str:
    """La phrase d'une sortie que le système refuse ainsi."""
    with pytest.raises(SortieImpossible) as dite, ebaucher(chemin, remplacer=False):
        raise faute
    return str(dite.value)


def test_un_dossier_absent_se_cree(tmp_path: Path) -> None:
    with pytest.raises(SortieImpossible, match="n'existe pas : créez-le"):
        ecrire_atomique(tmp_path / "absent" / "rapport.pdf", b"", remplacer=False)


def test_un_dossier_qui_est_la_n_est_pas_dit_absent(tmp_path: Path) -> None:
    """Certains dossiers du système répondent « introuvable » à qui veut y écrire."""
    phrase = _refuser(tmp_path / "rapport.pdf", FileNotFoundError(errno.ENOENT, "introuvable"))
    assert phrase == f"Rien ne peut s'écrire dans {tmp_path} : choisissez un autre dossier."


@pytest.mark.parametrize(
    ("numero", "attendu"),
    [
        (errno.EACCES, "le droit d'écrire"),
        (errno.ENOSPC, "Libérez de la place"),
        (errno.EROFS, "lecture seule) : choisissez un autre dossier"),
    ],
)
def test_chaque_refus_dit_son_remede(tmp_path: Path, numero: int, attendu: str) -> None:
    assert attendu in _refuser(tmp_path / "rapport.pdf", OSError(numero, "refus"))
    assert not list(tmp_path.iterdir())


@POSIX
def test_un_lien_reste_un_lien_et_sa_cible_est_remplacee(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    cible, lien = tmp_path / "ailleurs" / "vrai.pdf", tmp_path / "rapport.pdf"
    cible.write_bytes(b"ancien")
    lien.symlink_to(cible)
    with pytest.raises(SortieImpossible, match="--force"):
        ecrire_atomique(lien, b"neuf", remplacer=False)
    ecrire_atomique(lien, b"neuf", remplacer=True)
    assert lien.is_symlink()
    assert cible.read_bytes() == b"neuf"
    assert [c.name for c in cible.parent.iterdir()] == ["vrai.pdf"]


@POSIX
def test_un_lien_vers_rien_mene_au_fichier_neuf(tmp_path: Path) -> None:
    lien = tmp_path / "rapport.pdf"
    lien.symlink_to("a-venir.pdf")
    ecrire_atomique(lien, b"neuf", remplacer=False)
    assert lien.is_symlink()
    assert (tmp_path / "a-venir.pdf").read_bytes() == b"neuf"


@POSIX
def test_des_liens_qui_tournent_en_rond_se_refusent(tmp_path: Path) -> None:
    lien = tmp_path / "rapport.pdf"
    lien.symlink_to("rapport.pdf")
    with pytest.raises(SortieImpossible, match="en rond"):
        ecrire_atomique(lien, b"", remplacer=True)
    assert lien.is_symlink()


def test_un_fichier_arrive_pendant_le_travail_n_est_pas_remplace(tmp_path: Path) -> None:
    chemin = tmp_path / "rapport.pdf"
    with (
        pytest.raises(SortieImpossible, match="existe déjà"),
        ebaucher(chemin, remplacer=False) as brouillon,
    ):
        brouillon.write_bytes(b"neuf")
        chemin.write_text("à moi")
    assert chemin.read_text() == "à moi"
    assert list(tmp_path.iterdir()) == [chemin]


def test_un_nom_de_255_octets_s_ecrit(tmp_path: Path) -> None:
    chemin = tmp_path / ("é" * 125 + ".xlsx")
    ecrire_atomique(chemin, b"neuf", remplacer=False)
    assert chemin.read_bytes() == b"neuf"


def test_une_sortie_ouverte_dans_excel_se_ferme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sous Windows, un fichier ouvert ailleurs ne se remplace pas."""

    def refuser(*_: object) -> None:
        raise PermissionError(errno.EACCES, "utilisé par un autre processus")

    chemin = tmp_path / "rapport.xlsx"
    chemin.write_text("ancien")
    monkeypatch.setattr(Path, "replace", refuser)
    with pytest.raises(SortieImpossible, match="fermez-le"):
        ecrire_atomique(chemin, b"neuf", remplacer=True)
    assert chemin.read_text() == "ancien"
    assert list(tmp_path.iterdir()) == [chemin]
