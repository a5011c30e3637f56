"""Les contrats que l'on montre un par un : échéances des douze mois, reconductions."""

from __future__ import annotations

from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.liens import Liens, Reconduction
from pilotage_xlsx.rapport.chiffres import Echeance
from pilotage_xlsx.registre import Ligne


def echeances(outils: tuple[Ligne, ...]) -> tuple[Echeance, ...]:
    """Les fins de contrat de ces outils, de la plus proche à la plus lointaine."""
    fins = (
        Echeance(outil, jour, dernier_jour_pour_resilier(outil))
        for outil in outils
        if (jour := outil.date("echeance"))
    )
    return tuple(sorted(fins, key=lambda echeance: echeance.fin))


def reconduits(liens: Liens, outils: tuple[Ligne, ...]) -> tuple[tuple[Ligne, Reconduction], ...]:
    """Ces outils, et où en est la reconduction de leur contrat."""
    etats = ((outil, liens.reconduction(outil)) for outil in outils)
    return tuple((outil, etat) for outil, etat in etats if etat is not None)
