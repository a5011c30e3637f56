"""Ce que coûte la page sans installation, dans Chromium et dans Firefox.

    python -m outils.mesures.navigateur [--passes 3]

De l'ouverture aux premiers constats, puis au contrôle suivant : les secondes de processeur de tous
les processus du navigateur, que le bruit change moins que la montre. La mémoire : la part propre
(Pss) des processus qui tiennent des pages ; avec le moteur des PDF, après une fiche. Des deux est
retranché ce que coûte une page vide, dans le même navigateur. La table donne le moins des passes ;
le code de sortie est 1 si une borne est dépassée.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from outils.navigateur.chantier import DIST, Chantier
from outils.navigateur.produits import AVEC_PDF, SEULE
from tests.navigateur import chromium, firefox
from tests.navigateur.gestes import EXEMPLES, controler, demander, ouvrir

_REPOS = 0.25
"""Le temps, en secondes, où un navigateur apaisé ne fait presque rien."""

CLASSEUR = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"
_TENIR = (b"--type=renderer", b"-isForBrowser")
"""Ce qui, dans sa commande, désigne un processus qui tient une page : Chromium, Firefox."""


class Mesure(NamedTuple):
    """Des secondes de processeur, et des octets ; ``vide``, ce qui fut retranché."""

    vide: float
    ouverture: float
    suivant: float
    memoire: float


BORNES = Mesure(float("inf"), 5.0, 0.5, 350e6)
MEMOIRE_AVEC_PDF = 650e6


def main() -> int:
    """Mesure et imprime ; rend 1 si une borne est dépassée."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--passes", type=int, default=3)
    passes = arguments.parse_args().passes
    Chantier(DIST).construire()
    print(f"{'':27}{'page vide':>10}{'ouverture':>11}{'suivant':>9}{'mémoire':>9}")
    depasse = False
    for nom, lancer in (("Chromium", chromium.lancer), ("Firefox", firefox.lancer)):
        for produit, bornes in (
            (SEULE, BORNES),
            (AVEC_PDF, BORNES._replace(memoire=MEMOIRE_AVEC_PDF)),
        ):
            mesure = _au_mieux(lancer, DIST / produit, passes)
            secondes = (f"{un:8.2f} s" for un in mesure[:3])
            print(f"{nom} {produit:<18}", *secondes, f"{mesure.memoire / 1e6:6.0f} Mo")
            depasse |= any(un > borne for un, borne in zip(mesure, bornes, strict=True))
    return int(depasse)


def _au_mieux(
    lancer: Callable[[Path], AbstractContextManager[Any]], produit: Path, passes: int
) -> Mesure:
    mesures = []
    for _ in range(passes):
        with tempfile.TemporaryDirectory() as dossier, lancer(Path(dossier)) as navigateur:
            mesures.append(ouvrir_en_mesurant(navigateur, produit)[1])
    return Mesure(*map(min, zip(*mesures, strict=True)))


def ouvrir_en_mesurant(navigateur: Any, produit: Path, patience: int = 10) -> tuple[Any, Mesure]:
    """Cette page, ouverte et contrôlée deux fois, et ce qu'elle a coûté à ce navigateur.

    ``patience`` : les secondes qu'on lui laisse au plus pour s'apaiser, avant, puis entre les deux.
    """
    _laisser_s_apaiser(navigateur, patience)
    vide = _depenser(navigateur, lambda: _ouvrir_une_page_vide(navigateur, patience))
    avant, deja = _processeur(navigateur), _memoire(navigateur)
    page = ouvrir(navigateur, produit.as_uri())
    controler(page, CLASSEUR)
    ouverture = _processeur(navigateur) - avant - vide
    _laisser_s_apaiser(navigateur, patience)  # il compile encore, à côté, ce qui vient de servir
    suivant = _depenser(navigateur, lambda: controler(page, CLASSEUR))
    if produit.name == AVEC_PDF:
        demander(page, "urgence", pdf=True)
    return page, Mesure(vide, ouverture, suivant, _memoire(navigateur) - deja)


def _laisser_s_apaiser(navigateur: Any, patience: int) -> None:
    """Ce qu'un navigateur fait encore pour lui ne se compte pas ensuite."""
    fin = time.monotonic() + patience
    while _depenser(navigateur, lambda: time.sleep(_REPOS)) > _REPOS / 10:
        if time.monotonic() > fin:
            return


def _ouvrir_une_page_vide(navigateur: Any, patience: int) -> None:
    navigateur.ouvrir("data:text/html,<p>vide").attendre("document.readyState === 'complete'")
    _laisser_s_apaiser(navigateur, patience)


def _depenser(navigateur: Any, faire: Callable[[], None]) -> float:
    avant = _processeur(navigateur)
    faire()
    return _processeur(navigateur) - avant


def _processus(navigateur: Any) -> Iterator[int]:
    a_voir = [navigateur.pid]
    while a_voir:
        pid = a_voir.pop()
        yield pid
        with suppress(OSError):
            for fil in Path(f"/proc/{pid}/task").iterdir():
                a_voir += map(int, (fil / "children").read_text().split())


def _processeur(navigateur: Any) -> float:
    """Les secondes de processeur de tous ses processus, ceux qui ont fini compris."""
    total = 0
    for pid in _processus(navigateur):
        with suppress(OSError):  # fini entre-temps : son parent en porte le compte
            champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, champs[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def _memoire(navigateur: Any) -> float:
    """La mémoire de ce qui tient les pages, en octets."""
    total = 0
    for pid in _processus(navigateur):
        with suppress(OSError):
            commande = Path(f"/proc/{pid}/cmdline").read_bytes()
            if any(signe in commande for signe in _TENIR):
                lignes = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                total += sum(int(li.split()[1]) for li in lignes if li.startswith("Pss:"))
    return total * 1024.0


if __name__ == "__main__":
    sys.exit(main())
