"""``python -m pilotage_xlsx`` : la ligne de commande."""

from __future__ import annotations

from pilotage_xlsx.commandes import main

if __name__ == "__main__":
    main()
