"""``rapport`` : le rapport annuel à l'exécutif, dans toutes ses formes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.atelier import examiner, examiner_tous
from pilotage_xlsx.commandes.commun import (
    Echec,
    argument_classeurs,
    commande,
    dire_les_restes,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.controle import Lire, dire_les_refus
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.commandes.millesimes import Millesime, choisir
from pilotage_xlsx.commandes.terminal import imprimer
from pilotage_xlsx.metier.evolution import est_la_meme_commune
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import FORMES, calculer, ecrire, nommer, reunir
from pilotage_xlsx.socle.montrable import nommer_le_fichier


@commande("rapport")
@argument_classeurs
@click.option("--annee", type=int, required=True, metavar="2026", help="L'année du rapport.")
@click.option(
    "--sortie",
    required=True,
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Le dossier où l'écrire.",
)
@click.option(
    "--format",
    "formes",
    multiple=True,
    type=click.Choice(FORMES),
    help="Une forme (se répète) ; toutes, par défaut.",
)
@click.option(
    "--precedent",
    metavar="CLASSEUR",
    type=click.Path(path_type=Path),
    help="Le classeur de l'an passé.",
)
@option_au
@option_force
def rapport(
    entrees: tuple[Path, ...],
    annee: int,
    sortie: Path,
    formes: tuple[str, ...],
    precedent: Path | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Écrit le rapport annuel : une page à voter, puis les preuves.

    Les classeurs de plusieurs communes donnent un rapport régional : une ligne par commune.
    """
    controles = list(examiner_tous(recenser(entrees), Lire(modele, au)))
    dire_les_refus(controles)
    lisibles = [controle for controle in controles if controle.est_lisible]
    millesimes = choisir(lisibles, annee)
    if precedent is not None:
        millesimes = _remplacer_le_precedent(millesimes, precedent, modele, au)
    calcules = [
        calculer(
            actuel.registre,
            modele,
            annee=annee,
            au=au,
            constats=actuel.resume,
            precedent=ancien.registre if ancien else None,
        )
        for actuel, ancien in millesimes
    ]
    fait = calcules[0] if len(calcules) == 1 else reunir(calcules, annee=annee, au=au)
    recus = [controle.registre.fichier for controle in controles]
    recus += [precedent] if precedent else []
    refuser_d_ecraser((sortie / f"{nommer(fait)}.{forme}" for forme in FORMES), recus)
    ecrits = ecrire(fait, sortie, formes or FORMES, remplacer=force, sources=recus)
    for chemin in ecrits.chemins:
        imprimer(nommer_le_fichier(chemin))
    dire_les_restes(ecrits.restes)
    return 0 if len(lisibles) == len(controles) else 2


def _remplacer_le_precedent(
    millesimes: Sequence[Millesime], precedent: Path, modele: Modele, au: date
) -> tuple[Millesime, ...]:
    """Le classeur de l'an passé que l'on donne : de la même commune, d'une année d'avant."""
    if len(millesimes) > 1:
        raise Echec(
            "--precedent ne vaut que pour une commune : pour une région, donnez les classeurs de "
            "l'an passé avec les autres."
        )
    ((actuel, _),) = millesimes
    ancien = examiner(precedent, Lire(modele, au))
    if not ancien.est_lisible:
        raise Echec(f"{precedent} : pas lu. {ancien.registre.refus}")
    if not est_la_meme_commune(ancien.registre, actuel.registre):
        raise Echec(
            f"{precedent} est le classeur de {ancien.registre.nom}, et le rapport celui de "
            f"{actuel.registre.nom} : donnez à --precedent un classeur de la même commune."
        )
    if ancien.registre.annee is not None and ancien.registre.annee >= (actuel.registre.annee or 0):
        raise Echec(
            f"{precedent} est de {ancien.registre.annee} : donnez à --precedent le classeur d'une "
            f"année d'avant {actuel.registre.annee}."
        )
    return ((actuel, ancien),)
