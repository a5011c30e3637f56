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
    dire_en_json,
    option_au,
)
from pilotage_xlsx.commandes.controle import Controle, controler, en_json
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Ensemble
from pilotage_xlsx.verification import verifier_ensemble


@commande("verifier")
@argument_classeurs
@click.option("--format", "forme", type=click.Choice(["texte", "json"]), default="texte")
@click.option("--strict", is_flag=True, help="Un avertissement compte comme une erreur.")
@option_au
def verifier(entrees: tuple[Path, ...], forme: str, strict: bool, au: date, modele: Modele) -> int:
    """Contrôle des classeurs : ce qui manque, où, et que faire."""
    controles = controler(recenser(entrees), modele, au)
    ensemble = Ensemble(tuple(controle.registre for controle in controles))
    d_ensemble = verifier_ensemble(ensemble, modele)
    if forme == "json":
        dire_en_json(en_json(controles, d_ensemble, modele, au))
    else:
        click.echo(afficher_controles(controles, d_ensemble))
    return _code_de_sortie(controles, est_strict=strict)


def _code_de_sortie(controles: Sequence[Controle], *, est_strict: bool) -> int:
    if not all(controle.est_lisible for controle in controles):
        return 2
    resumes = [controle.resume for controle in controles]
    a_fautes = any(resume.erreurs or (est_strict and resume.avertissements) for resume in resumes)
    return int(a_fautes)
