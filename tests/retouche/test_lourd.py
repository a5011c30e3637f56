"""Des classeurs de 180 Mo d'images : annotés, corrigés, rendus, sans les tenir en mémoire."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from tests.adresses import case
from tests.commandes.ligne import AU
from tests.retouche.bruts import entrees
from tests.retouche.classeurs import ecrire_le_classeur

_IMAGES, _POIDS, _MEMOIRE_MAX = 20, 9 << 20, 150
_MESURER = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-m", "pilotage_xlsx", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""D'un petit processus : celui qui lance prête sa mémoire à son enfant jusqu'à ce qu'il démarre."""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(),
    reason="un enfant se pèse en ko sous Linux",
)


def _memoire(*arguments: object) -> float:
    """Les Mo qu'a pris une ligne de commande, processus entier."""
    commande = [sys.executable, "-c", _MESURER, *map(str, arguments)]
    joue = subprocess.run(commande, capture_output=True, text=True, check=False)
    assert joue.returncode in (0, 1), joue.stderr
    return int(joue.stdout.splitlines()[-1]) / 1024


@pytest.fixture(params=["incompressibles", "compressibles"], scope="module")
def lourd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier, hasard = tmp_path_factory.mktemp("lourd"), Random(1)
    chemin = ecrire_le_classeur(dossier)
    livre = load_workbook(chemin)
    livre["Outils"][case("outils", "criticite", 7)] = "important "
    livre.save(chemin)
    with zipfile.ZipFile(chemin, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for rang in range(_IMAGES):
            est_serree = request.param == "incompressibles"
            image = hasard.randbytes(_POIDS) if est_serree else bytes(_POIDS)
            archive.writestr(f"xl/media/photo{rang}.png", image)
    return chemin


def test_un_classeur_lourd_s_annote_et_se_rend_sans_peser(lourd: Path, tmp_path: Path) -> None:
    assert _memoire("verifier", lourd, "--annoter", tmp_path, *AU) <= _MEMOIRE_MAX
    copie, rendu = tmp_path / "valmarin-annote.xlsx", tmp_path / "valmarin-sans-annotation.xlsx"
    assert _memoire("verifier", copie, "--retirer") <= _MEMOIRE_MAX
    avant, apres = entrees(lourd.read_bytes()), entrees(rendu.read_bytes())
    assert avant.keys() == apres.keys()
    assert all(apres[nom] == entree for nom, entree in avant.items() if "media" in nom)


def test_un_classeur_lourd_se_corrige_sans_peser(lourd: Path, tmp_path: Path) -> None:
    copie = tmp_path / "corrige.xlsx"
    assert _memoire("corriger", lourd, "--sortie", copie) <= _MEMOIRE_MAX
    assert load_workbook(copie)["Outils"][case("outils", "criticite", 7)].value == "Important"
