"""Aucun dossier n'est jamais vidé : les sources du paquet ne savent pas le faire."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.arbres import modules, noeuds, nommer

RECURSIFS = {"rmtree", "removedirs", "renames", "move"}
"""Ce qui efface ou déplace un dossier entier ; `os`, `shutil` ou `pathlib` selon les cas."""

FICHIER_SEUL = {"unlink", "remove"}
DOSSIER_VIDE = {"rmdir"}
"""``rmdir`` n'enlève qu'un dossier vide : le système refuse les autres."""


def _noms(chemin: Path) -> Iterator[str]:
    """Les fonctions de fichiers qu'un module emploie : ``os.remove``, ``chemin.unlink``…

    ``liste.remove`` n'en est pas une : seul ``os`` a la sienne.
    """
    for noeud in noeuds(chemin):
        match noeud:
            case ast.Attribute(value=ast.Name(id="os"), attr=nom):
                yield nom
            case ast.Attribute(attr=nom) if nom != "remove":
                yield nom
            case ast.ImportFrom(module="os" | "shutil", names=noms):
                yield from (alias.name for alias in noms)
            case _:
                pass


def _lieux(noms: set[str]) -> set[str]:
    return {nommer(chemin) for chemin in modules() if noms & set(_noms(chemin))}


def test_rien_dans_le_paquet_n_efface_un_dossier_entier() -> None:
    assert _lieux(RECURSIFS) == set()


def test_un_fichier_ne_s_enleve_qu_a_deux_endroits() -> None:
    """Un brouillon à nous, et ce que le manifeste dit à nous et que personne n'a changé."""
    assert _lieux(FICHIER_SEUL) == {"socle/ecriture/brouillons.py", "socle/ecriture/dossier.py"}


def test_seul_un_dossier_que_l_on_vient_de_creer_et_reste_vide_s_enleve() -> None:
    assert _lieux(DOSSIER_VIDE) == {"socle/ecriture/dossier.py"}


def test_un_dossier_temporaire_est_celui_du_systeme() -> None:
    """Effacé à la fin, il ne peut pas être un dossier que quelqu'un nomme : ni ``dir``, ni le
    premier argument de place, qui n'est qu'une terminaison."""
    appels = [
        noeud
        for chemin in modules()
        for noeud in noeuds(chemin)
        if isinstance(noeud, ast.Call) and "TemporaryDirectory" in ast.unparse(noeud.func)
    ]
    assert appels
    for appel in appels:
        assert not appel.args, ast.unparse(appel)
        assert {mot.arg for mot in appel.keywords} <= {"prefix", "ignore_cleanup_errors"}


@pytest.mark.parametrize(
    "source",
    ["import shutil\nshutil.rmtree(d)", "from shutil import rmtree", "import os\nos.removedirs(d)"],
)
def test_l_examen_voit_ce_qu_il_cherche(tmp_path: Path, source: str) -> None:
    (tmp_path / "m.py").write_text(source)
    assert RECURSIFS & set(_noms(tmp_path / "m.py"))
