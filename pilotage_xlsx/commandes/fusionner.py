"""``fusionner`` : les classeurs de communes qui n'en font plus qu'une → un seul."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.commun import (
    Echec,
    commande,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.terminal import dire
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import nommer_le_fichier


@commande("fusionner")
@click.argument(
    "classeurs", metavar="CLASSEUR...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--sortie",
    metavar="CLASSEUR.xlsx",
    required=True,
    type=click.Path(path_type=Path),
    help="Le classeur commun à écrire.",
)
@click.option("--commune", metavar="NOM", help="Le nom de la nouvelle commune.")
@click.option("--canton", metavar="VD", help="Son canton : l'abréviation, ou le nom.")
@click.option("--annee", metavar="2026", type=int, help="L'année du rapport.")
@option_au
@option_force
def fusionner(
    classeurs: tuple[Path, ...],
    sortie: Path,
    commune: str | None,
    canton: str | None,
    annee: int | None,
    au: date,
    modele: Modele,
    force: bool,
) -> None:
    """Réunit les classeurs de communes qui fusionnent ; ils ne changent pas.

    Toutes leurs lignes y sont, avec la commune d'où elles viennent. Un numéro que deux communes ont
    change pour l'une, et ce qui le cite suit ; ce qu'elles disent autrement se lit sur une feuille
    « Fusion », les deux valeurs côte à côte.
    """
    from pilotage_xlsx.gestes.fusionner import fusionner as reunir

    if sortie.suffix.lower() != ".xlsx":
        raise Echec(f"{sortie} : le nom du classeur doit finir par « .xlsx ».")
    refuser_d_ecraser(sortie, classeurs)
    preparer(sortie, remplacer=force)
    fait = reunir(
        classeurs, commune=commune, canton=canton, annee=annee, au=au, modele=modele,
        nom=sortie.name,
    )  # fmt: skip
    for remarque in fait.remarques:
        dire(remarque)
    ecrire_atomique(sortie, fait.octets, remplacer=force, sources=classeurs)
    dire(f"{nommer_le_fichier(sortie)} est prêt : « verifier » dira ce qu'il reste à trancher.")
