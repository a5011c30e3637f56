"""``python -m outils.navigateur`` : construit ``dist/`` ; ``--verifier`` reconstruit et compare."""

from __future__ import annotations

import sys

from outils.navigateur.bibliotheque import EchecDePreparation
from outils.navigateur.chantier import DIST, Chantier
from outils.navigateur.pieces import PieceRefusee
from outils.navigateur.produits import ProduitTropLourd


def main() -> int:
    """Construit ce qui n'est pas à jour, ou compare une seconde construction à la première."""
    chantier = Chantier(DIST)
    try:
        if "--verifier" in sys.argv:
            differents = chantier.comparer()
            for nom in differents:
                print(f"dist/{nom} : une seconde construction donne d'autres octets.")
            return int(bool(differents))
        for nom, taille in chantier.construire().items():
            print(f"{taille:>10}  dist/{nom}")
    except (EchecDePreparation, PieceRefusee, ProduitTropLourd) as faute:
        print(faute, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
