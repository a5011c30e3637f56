"""``corpus.py DOSSIER`` : annoter, défaire et comparer tous les classeurs d'un dossier.

À la main, sur les classeurs que d'autres projets de tableur livrent dans leurs tests : macros,
graphiques, fils de commentaires, segments, extensions x14, OOXML strict. Un refus est une phrase ;
tout autre écart est une faute, dite par fichier. Les plus gros, des bancs d'essai, sont passés.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pilotage_xlsx.socle.paquet import Refus
from tests.retouche.preuves import constats_au_hasard, eprouver, noms_des_feuilles

_TAILLE_MAX = 2_000_000


def main() -> None:
    """Éprouve chaque classeur, et compte."""
    comptes: Counter[str] = Counter()
    lents: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as dossier:
        for chemin in sorted(Path(sys.argv[1]).rglob("*.xls[xm]")):
            if chemin.stat().st_size > _TAILLE_MAX:
                comptes["trop gros"] += 1
                continue
            debut = time.perf_counter()
            comptes[_essayer(chemin, Path(dossier))] += 1
            lents.append((time.perf_counter() - debut, chemin.name))
    print(dict(comptes), "; les plus lents :", sorted(lents)[-3:])


def _essayer(chemin: Path, dossier: Path) -> str:
    try:
        feuilles = noms_des_feuilles(chemin)
        if not feuilles:
            return "sans feuille"
        eprouver(chemin, constats_au_hasard(feuilles, Random(chemin.name)), dossier)
    except Refus:
        return "refusé"
    except Exception as faute:
        print(f"{chemin} : {type(faute).__name__} {faute}"[:300])
        return "faute"
    return "juste"


if __name__ == "__main__":
    main()
