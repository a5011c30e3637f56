"""``mutualiser`` : de plusieurs classeurs, quelles communes pourraient se parler, et de quoi."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotage_xlsx.commandes.atelier import examiner_tous
from pilotage_xlsx.commandes.commun import (
    Echec,
    argument_classeurs,
    commande,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.gestes.mutualiser import Reduction
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.typographie import nombre, typographier
from pilotage_xlsx.verification.phrases import accorder

if TYPE_CHECKING:
    from pilotage_xlsx.consolidation.mutualisation import Mutualisation, Participante


@commande("mutualiser")
@argument_classeurs
@click.option(
    "--sortie",
    required=True,
    metavar="FICHIER.xlsx",
    type=click.Path(path_type=Path),
    help="Le classeur à écrire.",
)
@option_au
@option_force
def mutualiser(
    entrees: tuple[Path, ...], sortie: Path, au: date, modele: Modele, force: bool
) -> int:
    """Dit quelles communes pourraient se parler, et de quoi.

    Même prestataire, même outil, contrats qui finissent ensemble, sortie déjà testée, solution vue
    ailleurs. Le classeur ne nomme personne et ne recopie aucune description.
    """
    from pilotage_xlsx.consolidation.mutualisation import chercher, rendre, retenir

    recensement = recenser(entrees)
    refuser_d_ecraser(sortie, recensement.intouchables(sortie))
    preparer(sortie, remplacer=force)
    lues, refus = _trier(examiner_tous(recensement, Reduction(modele, au)))
    if not lues:
        raise Echec("Aucun classeur n'a pu être lu : rien n'est écrit.")
    trouvee = chercher(*retenir(lues), au)
    ecrire_atomique(sortie, rendre(trouvee, modele), remplacer=force, sources=recensement.chemins)
    imprimer(typographier(f"{nommer_le_fichier(sortie)} : {_resumer(trouvee)}"))
    return 2 if refus else 0


def _trier(
    rendus: Iterable[Participante | str],
) -> tuple[list[Participante], list[str]]:
    """Ce que chaque classeur permet de partager, et les refus, dits."""
    lues: list[Participante] = []
    refus: list[str] = []
    for rendu in rendus:
        if isinstance(rendu, str):
            refus.append(rendu)
        else:
            lues.append(rendu)
    for phrase in refus:
        dire(phrase)
    return lues, refus


def _resumer(trouvee: Mutualisation) -> str:
    """« 42 occasions entre 3 communes (12 mêmes prestataires, …). »"""
    from pilotage_xlsx.consolidation.mutualisation import GenreDOccasion

    communes = accorder(len(trouvee.participantes), "commune")
    if len(trouvee.participantes) < 2:
        return "une seule commune : il en faut au moins deux pour se parler."
    if not trouvee.occasions:
        return f"aucune occasion trouvée, pour {communes}."
    comptes = ((genre, len(trouvee.de_genre(genre))) for genre in GenreDOccasion)
    detail = " ; ".join(
        f"{genre.lower()} : {nombre(compte)}" for genre, compte in comptes if compte
    )
    return f"{accorder(len(trouvee.occasions), 'occasion')} pour {communes} ({detail})."
