"""``consolider`` : plusieurs classeurs en un, chaque ligne avec son origine."""

from __future__ import annotations

import hashlib
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
    vrai_chemin,
)
from pilotage_xlsx.commandes.controle import (
    Controle,
    controler,
    controler_ensemble,
    dire_les_refus,
)
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.modele import Modele


@commande("consolider")
@argument_classeurs
@click.option(
    "--sortie",
    required=True,
    metavar="CONSOLIDE.xlsx",
    type=click.Path(path_type=Path),
    help="Le fichier à écrire.",
)
@click.option("--format", "forme", type=click.Choice(["xlsx", "json"]), default="xlsx")
@click.option(
    "--prefere",
    multiple=True,
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Celui à retenir, si une commune en a deux (se répète).",
)
@click.option("--annee", type=int, metavar="2026", help="Ne retenir que cette année.")
@option_au
@option_force
def consolider(
    entrees: tuple[Path, ...],
    sortie: Path,
    forme: str,
    prefere: tuple[Path, ...],
    annee: int | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Joint plusieurs classeurs en un ; chaque ligne dit sa source."""
    from pilotage_xlsx import consolidation as joindre

    chemins = recenser(entrees)
    _exiger_les_preferes(prefere, chemins)
    refuser_d_ecraser(sortie, chemins)
    preparer(sortie, remplacer=force)
    controles = controler(chemins, modele, au)
    if not any(controle.est_lisible for controle in controles):
        dire_les_refus(controles)
        raise Echec("Aucun classeur n'a pu être lu : rien n'est écrit.")
    d_ensemble = controler_ensemble(controles, modele)
    examines = [
        joindre.Examine(
            controle.registre,
            controle.constats,
            *_empreinte(controle),
            modifie=controle.registre.modifie,
        )
        for controle in controles
    ]
    consolide = joindre.consolider(examines, modele, d_ensemble, au, prefere=prefere, annee=annee)
    rendre = joindre.rendre_json if forme == "json" else joindre.rendre_classeur
    ecrire_atomique(sortie, rendre(consolide, modele), remplacer=force)
    dire_les_refus(controles)
    click.echo(f"{sortie} : {consolide.phrase()}\n{consolide.comptes.phrase()}")
    return 0 if all(controle.est_lisible for controle in controles) else 2


def _exiger_les_preferes(preferes: tuple[Path, ...], chemins: tuple[Path, ...]) -> None:
    recus = set(map(vrai_chemin, chemins))
    for prefere in preferes:
        if vrai_chemin(prefere) not in recus:
            raise Echec(f"--prefere {prefere} : ce classeur n'est pas parmi ceux à consolider.")


def _empreinte(controle: Controle) -> tuple[str, int]:
    """L'empreinte SHA-256 du fichier et sa taille ; vides s'il ne se lit pas."""
    try:
        octets = controle.registre.fichier.read_bytes()
    except OSError:
        return "", 0
    return hashlib.sha256(octets).hexdigest(), len(octets)
