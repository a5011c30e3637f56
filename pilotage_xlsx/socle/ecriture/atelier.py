"""Un dossier de travail, à nous seuls, dans le dossier temporaire du système.

>>> with ouvrir_un_atelier() as dossier:
...     dossier.is_dir()
True
>>> dossier.exists()
False
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilotage_xlsx.socle.ecriture.fautes import SortieImpossible

SANS_PLACE = (
    "Il n'y a pas de quoi travailler dans le dossier temporaire du système : libérez de la place, "
    "ou indiquez-en un autre par la variable TMPDIR (TEMP sous Windows)."
)


@contextmanager
def ouvrir_un_atelier() -> Iterator[Path]:
    """Un dossier neuf, effacé à la sortie ; `SortieImpossible` s'il ne peut pas être créé."""
    import tempfile  # noqa: PLC0415 — seules les sorties qui débordent de la mémoire en ont besoin

    try:
        atelier = tempfile.TemporaryDirectory(prefix="pilotage-", ignore_cleanup_errors=True)
    except OSError:
        raise SortieImpossible(SANS_PLACE) from None
    with atelier as nom:
        yield Path(nom)
