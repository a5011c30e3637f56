"""``pilotage-xlsx`` et ``python -m pilotage_xlsx`` : la ligne de commande.

Tout se charge à l'intérieur : interrompre pendant le chargement se dit comme plus tard, sans trace.
"""

from __future__ import annotations

import sys

_INTERROMPU = 130


def main() -> None:
    """Point d'entrée du programme."""
    try:
        from pilotage_xlsx.commandes import executer  # noqa: PLC0415

        code = executer(sys.argv[1:])
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("Interrompu.\n")
        code = _INTERROMPU
    sys.exit(code)


if __name__ == "__main__":
    main()
