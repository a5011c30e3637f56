"""Les mutants qu'aucun essai ne peut tuer, et pourquoi : ils ne comptent pas dans le taux.

Chacun est joué comme les autres : un équivalent tué, ou qui n'existe plus, est une faute.
"""

from __future__ import annotations

from typing import NamedTuple


class Equivalent(NamedTuple):
    """Un changement sans effet : le module et la fonction, le code avant et après, la raison."""

    module: str
    fonction: str
    avant: str
    apres: str
    raison: str


EQUIVALENTS: tuple[Equivalent, ...] = (
    Equivalent(
        "pilotage_xlsx.metier.bilan",
        "_libelles",
        "strict=True",
        "strict=False",
        "`Etat.signes` donne toujours un signe par colonne saisie : les deux suites s'épuisent "
        "ensemble",
    ),
    Equivalent(
        "pilotage_xlsx.metier.etat",
        "Etat._juger",
        "(valeur := valeurs.get(colonne.id)) is None and est_utile "
        "or (est_ordinaire and valeur.__class__ is str)",
        "((valeur := valeurs.get(colonne.id)) is None and est_utile) "
        "and (est_ordinaire and valeur.__class__ is str)",
        "un raccourci : sans lui, `_signe` rend le même point, plus lentement",
    ),
    Equivalent(
        "pilotage_xlsx.metier.taches",
        "_contrats",
        "affaire.terme is not None and affaire.dernier_jour is not None",
        "affaire.terme is not None or affaire.dernier_jour is not None",
        "une affaire de contrat a toujours ses deux jours : la garde les apprend au typage",
    ),
)
