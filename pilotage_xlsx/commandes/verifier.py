"""``verifier`` : dire exactement ce qui ne va pas, où, et quoi faire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.affichage import afficher_controles
from pilotage_xlsx.commandes.commun import (
    argument_classeurs,
    commande,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.controle import Controle, controler, controler_ensemble, en_json
from pilotage_xlsx.commandes.copies import (
    ANNOTE,
    RETIRE,
    annoter_les_copies,
    preparer_les_copies,
    retirer_les_annotations,
)
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.commandes.progression import suivre
from pilotage_xlsx.commandes.terminal import imprimer, imprimer_octets
from pilotage_xlsx.constats import Constat, resumer
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.typographie import jour


@commande("verifier")
@argument_classeurs
@click.option(
    "--format",
    "forme",
    type=click.Choice(["texte", "json", "csv", "html"]),
    default="texte",
    help="Pour lire, pour un autre programme, pour un tableur, ou une page à imprimer.",
)
@click.option(
    "--sortie",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="L'écrire dans un fichier plutôt qu'à l'écran.",
)
@click.option("--strict", is_flag=True, help="Un avertissement compte comme une erreur.")
@click.option(
    "--annoter",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Y écrire une copie de chaque classeur, ses fautes en couleur, en note et en liste.",
)
@click.option(
    "--retirer", is_flag=True, help="Rendre une copie annotée sans ses annotations, sans contrôler."
)
@option_au
@option_force
def verifier(
    entrees: tuple[Path, ...],
    forme: str,
    sortie: Path | None,
    strict: bool,
    annoter: Path | None,
    retirer: bool,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Contrôle des classeurs : ce qui manque, où, et que faire."""
    chemins = recenser(entrees)
    if retirer:
        copies = preparer_les_copies(chemins, annoter, RETIRE, remplacer=force)
        return retirer_les_annotations(copies, annoter, remplacer=force)
    if sortie is not None:
        refuser_d_ecraser(sortie, chemins)
        preparer(sortie, remplacer=force)
    copies = preparer_les_copies(chemins, annoter, ANNOTE, remplacer=force) if annoter else {}
    controles = controler(suivre(chemins), modele, au)
    d_ensemble = controler_ensemble(controles, modele)
    if sortie is None and forme == "texte":
        imprimer(afficher_controles(controles, d_ensemble))
    else:
        octets = _rendre(forme, controles, d_ensemble, modele, au)
        if sortie is None:
            imprimer_octets(octets)
        else:
            ecrire_atomique(sortie, octets, remplacer=force, sources=chemins)
    code = _code_de_sortie(controles, d_ensemble, est_strict=strict)
    return max(code, annoter_les_copies(controles, copies, jour(au), remplacer=force))


def _rendre(
    forme: str,
    controles: Sequence[Controle],
    d_ensemble: Sequence[Constat],
    modele: Modele,
    au: date,
) -> bytes:
    """Le contrôle en octets ; jinja2 ne se charge que pour la page."""
    if forme == "csv":
        from pilotage_xlsx.commandes import controle_csv

        return controle_csv.rendre(controles, d_ensemble)
    if forme == "html":
        from pilotage_xlsx.commandes import controle_html

        return controle_html.rendre(controles, d_ensemble, au)
    if forme == "json":
        return encoder(en_json(controles, d_ensemble, modele, au), retrait=2) + b"\n"
    return en_octets(f"{click.unstyle(afficher_controles(controles, d_ensemble))}\n")


def _code_de_sortie(
    controles: Sequence[Controle], d_ensemble: Sequence[Constat], *, est_strict: bool
) -> int:
    if not all(controle.est_lisible for controle in controles):
        return 2
    resumes = [resumer(d_ensemble), *(controle.resume for controle in controles)]
    a_fautes = any(resume.erreurs or (est_strict and resume.avertissements) for resume in resumes)
    return int(a_fautes)
