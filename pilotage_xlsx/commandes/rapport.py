"""``rapport`` : le rapport annuel à l'exécutif, dans toutes ses formes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.commun import (
    Echec,
    argument_classeurs,
    commande,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.controle import Controle, controler, dire_les_refus
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import FORMES, calculer, ecrire, nommer
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.textes import est_egal


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
    """Écrit le rapport annuel : une page à voter, puis les preuves."""
    controles = controler(recenser(entrees), modele, au)
    lisibles = [controle for controle in controles if controle.est_lisible]
    dire_les_refus(controles)
    choisi = _choisir(lisibles, annee)
    calcule = calculer(
        choisi.registre,
        modele,
        annee=annee,
        au=au,
        constats=choisi.resume,
        precedent=_lire_precedent(precedent, lisibles, choisi, modele, au),
    )
    recus = [controle.registre.fichier for controle in controles]
    classeur = sortie / f"{nommer(calcule)}.xlsx"
    refuser_d_ecraser(classeur, [*recus, precedent] if precedent else recus)
    for chemin in ecrire(calcule, sortie, formes or FORMES, remplacer=force):
        click.echo(chemin)
    return 0 if len(lisibles) == len(controles) else 2


def _choisir(controles: Sequence[Controle], annee: int) -> Controle:
    """Le classeur de cette année, d'après sa feuille Commune."""
    choisis = [controle for controle in controles if controle.registre.annee == annee]
    match choisis:
        case [choisi]:
            return choisi
        case [_, *_]:
            noms = ", ".join(str(controle.registre.fichier) for controle in choisis)
            raise Echec(f"Plusieurs classeurs sont de {annee} ({noms}) : n'en donnez qu'un.")
        case _ if controles:
            lues = ", ".join(
                f"{c.registre.fichier} : {c.registre.annee or 'vide'}" for c in controles
            )
            raise Echec(
                f"Aucun classeur n'est de {annee} (Année du rapport dans la feuille Commune ; "
                f"{lues}) : corrigez la fiche ou changez --annee."
            )
        case _:
            raise Echec("Aucun classeur n'a pu être lu : le rapport n'est pas écrit.")


def _lire_precedent(
    precedent: Path | None,
    lisibles: Sequence[Controle],
    choisi: Controle,
    modele: Modele,
    au: date,
) -> Registre | None:
    """Celui que l'on donne, sinon l'an passé de la même commune parmi les classeurs reçus."""
    if precedent is not None:
        (controle,) = controler([precedent], modele, au)
        if not controle.est_lisible:
            raise Echec(f"{precedent} : pas lu. {controle.registre.refus}")
        return controle.registre
    for controle in lisibles:
        registre = controle.registre
        est_d_avant = registre.annee == (choisi.registre.annee or 0) - 1
        if est_d_avant and est_egal(registre.nom, choisi.registre.nom):
            return registre
    return None
