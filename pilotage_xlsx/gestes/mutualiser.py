"""Mutualiser : de plusieurs classeurs, quelles communes pourraient se parler, et de quoi."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation import (
    Mutualisation,
    Participante,
    chercher,
    reduire,
    rendre,
    retenir,
)
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Classeur, charger_une_fois, ouvrir
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre


class Mutualise(NamedTuple):
    """Les occasions trouvées, les octets du classeur qui les dit, et une phrase par refus."""

    trouvee: Mutualisation
    octets: bytes
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Mutualise : {len(self.trouvee.occasions)} occasions, {len(self.octets)} octets>"


def mutualiser(
    classeurs: Iterable[Classeur], *, au: date | None = None, modele: Modele | None = None
) -> Mutualise:
    """Ce que ces communes pourraient se dire ; ni personne ni description n'y entre.

    Lève `GesteImpossible` si aucun classeur ne se lit.
    """
    choisi, jour = modele or charger_une_fois(), au or date.today()
    tache = Reduction(choisi, jour)
    rendus = [tache.rendre(_ouvrir(classeur, choisi)) for classeur in classeurs]
    lues = [rendu for rendu in rendus if not isinstance(rendu, str)]
    if not lues:
        raise GesteImpossible("Aucun classeur n'a pu être lu.")
    trouvee = chercher(*retenir(lues), jour)
    refus = tuple(rendu for rendu in rendus if isinstance(rendu, str))
    return Mutualise(trouvee, rendre(trouvee, choisi), refus)


def _ouvrir(classeur: Classeur, modele: Modele) -> Registre:
    return ouvrir(classeur, modele, est_un_partage_admis=True)


class Reduction(NamedTuple):
    """La tâche de l'atelier : un classeur réduit à ce qui se partage, ou la phrase de son refus."""

    modele: Modele
    au: date
    admet_un_partage: bool = True

    def rendre(self, registre: Registre) -> Participante | str:
        """Ne lève rien."""
        if registre.refus is not None:
            return f"{registre.fichier} : pas lu. {registre.refus}"
        return reduire(Liens(modele_de(registre.porte, self.modele), registre, self.au))
