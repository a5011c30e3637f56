"""Hanter un classeur : un million de lignes mises en forme et vides, une valeur à la dernière."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pilotage_xlsx.lecture.classeur import lire_classeur
from pilotage_xlsx.socle.adresses import LIGNES_MAX
from pilotage_xlsx.socle.paquet import ouvrir

_VIDE = b'<row r="%d" s="1" customFormat="1"><c r="B%d" s="1"/></row>'
_DERNIERE = b'<row r="%d"><c r="B%d" t="str"><v>Le dernier outil</v></c></row></sheetData>'


def hanter(classeur: Path, sortie: Path, feuille: str, premiere: int = 1_000) -> None:
    """Écrit une copie dont cette feuille a des lignes fantômes dès ``premiere``."""
    with ouvrir(classeur) as paquet:
        feuilles = {une.nom: une.partie for une in lire_classeur(paquet).feuilles}
    fantomes = b"".join(_VIDE % (rang, rang) for rang in range(premiere, LIGNES_MAX))
    fin = fantomes + _DERNIERE % (LIGNES_MAX, LIGNES_MAX)
    with zipfile.ZipFile(classeur) as lu, zipfile.ZipFile(sortie, "w", 8) as ecrit:
        for info in lu.infolist():
            partie = lu.read(info)
            if info.filename == feuilles[feuille]:
                partie = partie.replace(b"</sheetData>", fin)
            ecrit.writestr(info.filename, partie)
