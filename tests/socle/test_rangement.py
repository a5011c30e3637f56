"""Le rangement : des octets sur le disque, relus tels quels ; un disque plein se dit."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from pilotage_xlsx.socle import rangement
from pilotage_xlsx.socle.ecriture import SortieImpossible
from pilotage_xlsx.socle.rangement import Rangement


def test_ce_qui_est_range_se_relit_dans_n_importe_quel_ordre(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rangement, "_EN_MEMOIRE", 10)
    with Rangement() as rangees:
        for rang in range(5):
            rangees.poser(rang, str(rang).encode() * 100)
        assert rangees.prendre(3) == b"3" * 100
        assert list(rangees.tous()) == [str(rang).encode() * 100 for rang in range(5)]
        assert rangees.prendre("absente") is None
        assert len(rangees) == 5


def test_rien_n_en_reste_dans_le_dossier_temporaire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rangement, "_EN_MEMOIRE", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Rangement() as rangees:
        rangees.poser(0, b"x" * 1000)
    assert list(tmp_path.iterdir()) == []


def test_un_disque_plein_se_dit_d_une_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plein:
        def seek(self, *_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        close = seek

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", lambda **_: Plein())
    with pytest.raises(SortieImpossible, match="libérez"), Rangement() as rangees:
        rangees.poser(0, b"x")
