"""``echeances`` : ce qui échoit, jour après jour, et pour qui ; à lire ou pour un calendrier."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.atelier import examiner_tous
from pilotage_xlsx.commandes.commun import (
    argument_classeurs,
    commande,
    option_au,
    option_force,
    option_sortie,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.commandes.terminal import dire, imprimer, imprimer_a_mesure
from pilotage_xlsx.gestes.echeances import FORMES, Datation, retenir
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport.calendrier import rendre
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import nommer_le_fichier


@commande("echeances")
@argument_classeurs
@click.option(
    "--format",
    "forme",
    type=click.Choice(FORMES),
    help="Pour lire, pour un calendrier, pour un programme ; celle du nom, sinon texte.",
)
@option_sortie
@option_au
@option_force
def echeances(
    entrees: tuple[Path, ...],
    forme: str | None,
    sortie: Path | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Dit ce qui échoit, jour après jour, et pour qui.

    Contrats, décisions à revoir, adoption de la note. Un fichier .ics s'importe dans un calendrier.
    """
    recensement = recenser(entrees)
    if sortie is not None:
        refuser_d_ecraser(sortie, recensement.chemins)
        preparer(sortie, remplacer=force)
    rendus = list(examiner_tous(recensement, Datation(modele, au)))
    refus = [rendu for rendu in rendus if isinstance(rendu, str)]
    for phrase in refus:
        dire(phrase)
    agendas, laisses = retenir([rendu for rendu in rendus if not isinstance(rendu, str)])
    for phrase in laisses:
        dire(phrase)
    octets = rendre(agendas, forme or _d_apres(sortie), au)
    if sortie is None:
        imprimer_a_mesure([octets])
    else:
        ecrire_atomique(sortie, octets, remplacer=force, sources=recensement.chemins)
        imprimer(nommer_le_fichier(sortie))
    return 2 if refus else 0


def _d_apres(sortie: Path | None) -> str:
    """La forme que dit le nom du fichier ; le texte, s'il n'en dit aucune."""
    extension = sortie.suffix.lower().removeprefix(".") if sortie else ""
    return extension if extension in FORMES else FORMES[0]
