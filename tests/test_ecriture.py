"""Une sortie impossible dit la vraie raison, et ne laisse rien derrière elle."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pilotage_xlsx.socle.ecriture import SortieImpossible, ebaucher, ecrire_atomique


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
