"""La page 1 du classeur du rapport, imprimée par LibreOffice : une feuille, qui se lit."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
from pathlib import Path

import pytest

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.rendus import classeur
from tests.libreoffice import RAISON, SOFFICE, convertir
from tests.rapport.communes import VALMARIN, chargee, rapporter
from tests.tableaux import AU

COMMUNES = {"vide": "", "petite": VALMARIN, "chargee": chargee()}
LISIBLE = 7.0
"""Le corps du texte imprimé, en points, au moins."""

_INTERLIGNE = 1.22
"""La hauteur d'un mot sur son corps, en Carlito comme en Calibri."""

pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason=RAISON),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="demande poppler, pour relire"),
]


@pytest.fixture(scope="module")
def imprimes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Le dossier de leurs PDF : un seul démarrage pour toutes."""
    dossier = tmp_path_factory.mktemp("page-1")
    chemins = [dossier / f"{nom}.xlsx" for nom in COMMUNES]
    for chemin, commune in zip(chemins, COMMUNES.values(), strict=True):
        chemin.write_bytes(classeur.rendre(composer(rapporter(commune, erreurs=3)), AU))
    convertir(chemins, dossier / "pdf", "pdf")
    return dossier / "pdf"


@pytest.mark.parametrize("nom", COMMUNES)
def test_la_page_de_vote_tient_sur_une_feuille_et_se_lit(imprimes: Path, nom: str) -> None:
    premiere, seconde = _lire(imprimes / f"{nom}.pdf")[:2]
    une, deux = (" ".join(mot for _, mot in page) for page in (premiere, seconde))
    assert une.startswith("Interne") and "prend acte" in une.partition("Cinq chiffres")[2]
    assert deux.startswith(("À décider (suite)", "Pour le procès-verbal, point par point"))
    assert statistics.median(hauteur for hauteur, _ in premiere) / _INTERLIGNE >= LISIBLE


def _lire(chemin: Path) -> list[list[tuple[float, str]]]:
    """Les mots de chaque page, chacun avec sa hauteur en points."""
    lecture = ["pdftotext", "-bbox", str(chemin), "-"]
    relu = subprocess.run(lecture, check=True, capture_output=True, encoding="utf-8").stdout
    motif = r'yMin="([\d.]+)"[^>]*yMax="([\d.]+)">(.*?)<'
    return [
        [(float(bas) - float(haut), mot) for haut, bas, mot in re.findall(motif, page)]
        for page in relu.split("<page ")[1:]
    ]
