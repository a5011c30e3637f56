"""L'emballage d'un grand classeur : une partie se comprime pendant que la suivante s'écrit.

xlsxwriter écrit toutes les parties, puis les comprime l'une après l'autre. Comprimer ne tient pas
l'interpréteur : un fil s'en charge à mesure, sur l'autre cœur. Les octets de l'archive ne changent
pas.

>>> import io, tempfile
>>> from xlsxwriter import Workbook
>>> with tempfile.TemporaryDirectory() as atelier:
...     livre = Workbook(io.BytesIO(), {"tmpdir": atelier})
...     livre._get_packager = lambda: Emballeur(Path(atelier, "livre.xlsx"))
...     livre.close()
...     ZipFile(Path(atelier, "livre.xlsx")).namelist()[:2]
['[Content_Types].xml', '_rels/.rels']
"""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.packager import Packager

_MORCEAU = 1 << 20
"""Assez pour que le fil n'attende guère son tour entre deux morceaux."""

SANS_FILS = sys.platform == "emscripten"
"""Un navigateur n'a qu'un fil : chaque partie s'y comprime quand elle est écrite."""

_INSTANT, _DROITS = (1980, 1, 31, 0, 0, 0), 0o100600 << 16


class Emballeur(Packager):  # type: ignore[misc]  # xlsxwriter n'est pas typé
    """Écrit lui-même l'archive ; une partie nouvelle qui s'ouvre dit la précédente écrite."""

    def __init__(self, chemin: Path) -> None:
        super().__init__()
        self._archive = ZipFile(chemin, "w", ZIP_DEFLATED)
        self._fil = ThreadPoolExecutor(1)
        self._deposees: list[Future[None]] = []

    def _create_package(self) -> list[Any]:
        """Rien ne reste à comprimer : la liste rendue est vide."""
        with self._archive, self._fil:
            super()._create_package()
            self._deposer()
            for deposee in self._deposees:
                deposee.result()
        return []

    def _filename(self, xml_filename: str) -> Any:
        self._deposer()
        return super()._filename(xml_filename)

    def _deposer(self) -> None:
        for ecrite, nom, _ in self.filenames:
            a_comprimer = (self._archive, Path(ecrite), nom)
            if SANS_FILS:
                _comprimer(*a_comprimer)
            else:
                self._deposees.append(self._fil.submit(_comprimer, *a_comprimer))
        self.filenames.clear()


def _comprimer(archive: ZipFile, ecrite: Path, nom: str) -> None:
    partie = ZipInfo(nom, _INSTANT)
    partie.compress_type, partie.external_attr = ZIP_DEFLATED, _DROITS
    partie.file_size = ecrite.stat().st_size
    with ecrite.open("rb") as source, archive.open(partie, "w") as place:
        copyfileobj(source, place, _MORCEAU)
