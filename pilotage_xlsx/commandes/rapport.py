"""``rapport`` : le rapport annuel à l'exécutif, dans toutes ses formes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import click

from pilotage_xlsx.commandes.atelier import examiner, examiner_tous
from pilotage_xlsx.commandes.commun import (
    argument_classeurs,
    commande,
    dire_les_restes,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.commandes.types import DATE
from pilotage_xlsx.gestes.controle import Lire, LireEtSerrer, Lu, desserrer
from pilotage_xlsx.gestes.rapport import calculer, dire_ce_qui_est_tu
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import FORMES, Ecrits, ecrire, nommer
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.rangement import Rangement


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
    "precedents",
    multiple=True,
    metavar="CLASSEUR",
    type=click.Path(path_type=Path),
    help="Le classeur de l'an passé (se répète : une année par classeur).",
)
@click.option("--seance", type=DATE, help="La séance où l'exécutif en délibère.")
@click.option(
    "--public",
    is_flag=True,
    help="Écrire aussi une demi-page qui peut se publier, sans nom ni faiblesse.",
)
@click.option(
    "--attendues",
    metavar="LISTE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Les communes attendues (.csv, .xlsx, .ods) : le rapport dit lesquelles manquent.",
)
@option_au
@option_force
def rapport(
    entrees: tuple[Path, ...],
    annee: int,
    sortie: Path,
    formes: tuple[str, ...],
    precedents: tuple[Path, ...],
    seance: date | None,
    public: bool,
    attendues: Path | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Écrit le rapport annuel : une page à voter, puis les preuves.

    Les classeurs de plusieurs communes donnent un rapport régional : une ligne par commune.
    """
    with Rangement() as rangement:
        controles = list(_lire_et_ranger(entrees, Lire(modele, au), rangement))
        _dire_les_refus(controles)
        anciens = [examiner(precedent, Lire(modele, au)) for precedent in precedents]
        calcule = calculer(
            controles, annee=annee, precedents=anciens, au=au, modele=modele, seance=seance,
            attendues=attendues, entier=partial(_reprendre, rangement),
        )  # fmt: skip
    for remarque in calcule.remarques:
        dire(remarque)
    fait = calcule.rapport
    tus = dire_ce_qui_est_tu(fait) if public else ()
    recus = [controle.registre.fichier for controle in controles]
    recus += [*precedents, *([attendues] if attendues else [])]
    refuser_d_ecraser((sortie / f"{nommer(fait)}.{forme}" for forme in FORMES), recus)
    demandees = formes or FORMES
    ecrits = ecrire(
        fait, sortie, demandees, remplacer=force, sources=recus, avec_la_publique=public
    )  # fmt: skip
    _dire_ce_qui_est_ecrit(ecrits, tus)
    return 0 if all(controle.est_lisible for controle in controles) else 2


def _lire_et_ranger(entrees: tuple[Path, ...], tache: Lire, rangement: Rangement) -> Iterator[Lu]:
    """Chaque classeur, réduit à sa fiche ; le reste attend sur le disque. Un seul reste entier."""
    recensement = recenser(entrees)
    if len(recensement.chemins) == 1:
        yield from examiner_tous(recensement, tache)
        return
    for lu, octets in examiner_tous(recensement, LireEtSerrer(*tache)):
        rangement.poser(id(lu), octets)
        yield lu


def _reprendre(rangement: Rangement, lu: Lu) -> Lu:
    """Le classeur entier ; un précédent, ou s'il est seul, il l'est déjà."""
    octets = rangement.prendre(id(lu))
    return lu if octets is None else desserrer(octets)


def _dire_ce_qui_est_ecrit(ecrits: Ecrits, tus: tuple[str, ...]) -> None:
    """Chaque fichier, ce qui reste d'un ancien rapport, ce que la page publique ne dit pas."""
    for chemin in ecrits.chemins:
        imprimer(nommer_le_fichier(chemin))
    dire_les_restes(ecrits.restes)
    if tus:
        dire("Laissé hors de la page publique :", *(f"- {tu}" for tu in tus))


def _dire_les_refus(lus: Iterable[Lu]) -> None:
    """Une phrase par classeur refusé, sur la sortie d'erreur."""
    for lu in lus:
        if not lu.est_lisible:
            dire(f"{lu.registre.fichier} : pas lu. {lu.registre.refus}")
