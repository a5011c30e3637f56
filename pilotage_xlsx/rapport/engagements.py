"""Les contrats que l'on montre un par un : échéances des douze mois, reconductions."""

from __future__ import annotations

from pilotage_xlsx.metier.affaires import Sinon, reconductions
from pilotage_xlsx.metier.etat import dernier_jour_pour_resilier
from pilotage_xlsx.metier.liens import Liens
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


def reconduits(liens: Liens) -> tuple[tuple[Ligne, Sinon], ...]:
    """Les outils dont le contrat repart ou est reparti sans décision, et lequel des deux."""
    return tuple((a.ligne, a.sinon) for a in reconductions(liens) if a.sinon is not None)
