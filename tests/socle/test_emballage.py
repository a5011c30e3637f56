"""L'emballage : comprimer à mesure ne change pas un octet de ce que xlsxwriter écrit."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from xlsxwriter.exceptions import FileCreateError

from pilotage_xlsx.socle import emballage
from pilotage_xlsx.socle.tableur import Classeur, ecrire

_JOUR = date(2026, 11, 27)


def _composer(atelier: Path) -> Classeur:
    atelier.mkdir()
    classeur = Classeur(_JOUR, {"title": "Essai"}, atelier=str(atelier))
    for nom in ("Outils", "Décisions"):
        feuille = classeur.feuille(nom)
        for rang in range(3_000):
            ecrire(feuille, rang, 0, f"{nom}, inscription {rang}", classeur.style("gras"))
    return classeur


@pytest.mark.parametrize("sans_fils", [False, True])
def test_l_archive_est_celle_de_xlsxwriter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sans_fils: bool
) -> None:
    monkeypatch.setattr(emballage, "SANS_FILS", sans_fils)
    ordinaire, a_mesure = tmp_path / "ordinaire.xlsx", tmp_path / "a_mesure.xlsx"
    temoin = _composer(tmp_path / "temoin")
    temoin.livre.filename = str(ordinaire)
    temoin.livre.close()
    _composer(tmp_path / "atelier").fermer(a_mesure)
    assert ZipFile(a_mesure).testzip() is None
    assert a_mesure.read_bytes() == ordinaire.read_bytes()


def test_un_disque_plein_pendant_la_compression_se_dit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def manquer_de_place(*_: object) -> None:
        raise OSError(errno.ENOSPC, "plein")

    monkeypatch.setattr(emballage, "copyfileobj", manquer_de_place)
    with pytest.raises(FileCreateError):
        _composer(tmp_path / "atelier").fermer(tmp_path / "plein.xlsx")
