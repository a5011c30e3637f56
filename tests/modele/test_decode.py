"""Le modèle livré, déjà décodé : le même que son TOML, et jamais un autre que lui."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pilotage_xlsx.modele.chargement import charger, dossier_livre
from pilotage_xlsx.modele.decode import chemin_du_decode, decoder, retrouver

COMMUNAL = dossier_livre("modeles") / "communal"


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """Le dossier du modèle et son décodé, à soi."""
    shutil.copy(chemin_du_decode(COMMUNAL), tmp_path)
    return shutil.copytree(COMMUNAL, tmp_path / "communal")


def test_le_decode_livre_est_a_jour() -> None:
    assert chemin_du_decode(COMMUNAL).read_bytes() == decoder(COMMUNAL)


def test_le_modele_decode_est_celui_du_toml() -> None:
    livre, relu = charger(), charger(COMMUNAL)
    assert livre.est_par_defaut and not relu.est_par_defaut
    assert (livre.identite, livre.listes, livre.feuilles, livre.kit) == (
        relu.identite, relu.listes, relu.feuilles, relu.kit,
    )  # fmt: skip
    assert (livre.note, livre.acceptations) == (relu.note, relu.acceptations)


@pytest.mark.parametrize("nom", ["modele.toml", "feuilles/outils.toml", "feuilles/neuve.toml"])
def test_un_toml_change_se_relit(copie: Path, nom: str) -> None:
    assert retrouver(copie) is not None
    with (copie / nom).open("a", encoding="utf-8") as fichier:
        fichier.write("# changé\n")
    assert retrouver(copie) is None


@pytest.mark.parametrize("contenu", [None, b"", b"{}", b'{"empreinte":1,"fichiers":{}}', b"\xff"])
def test_un_decode_absent_ou_abime_s_ignore(copie: Path, contenu: bytes | None) -> None:
    chemin = chemin_du_decode(copie)
    chemin.unlink() if contenu is None else chemin.write_bytes(contenu)
    assert retrouver(copie) is None
