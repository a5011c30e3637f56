"""La comparaison en une page HTML : seule, sans réseau, lisible à l'écran et sur papier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pilotage_xlsx.gestes.comparer import Comparaison
from pilotage_xlsx.metier.constats import grouper
from pilotage_xlsx.socle import page
from pilotage_xlsx.socle.typographie import jour, paragraphe, typographier

_GABARITS = Path(__file__).resolve().parent / "gabarits"


def rendre(comparaison: Comparaison) -> str:
    """La page entière ; chaque texte est échappé."""
    evolution = comparaison.evolution
    return page.rendre(
        _GABARITS,
        "comparer.html.j2",
        _sortir,
        comparaison=comparaison,
        groupes=tuple(grouper(comparaison.constats)),
        rubriques=tuple(comparaison.rubriques()),
        fichiers=" → ".join(comparaison.fichiers),
        au=jour(evolution.apres.au),
        paragraphe=paragraphe,
    )


def _sortir(valeur: Any) -> str:
    return typographier(str(valeur))
