"""``partager`` : le classeur qui peut sortir de la commune, écrit à neuf."""

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
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.modele import Modele, Partage
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.typographie import typographier


@commande("partager")
@click.argument("classeur", metavar="CLASSEUR", type=click.Path(path_type=Path))
@click.option(
    "--avec",
    required=True,
    type=click.Choice([niveau.value for niveau in Partage]),
    help="À qui il sera remis ; le modèle dit, par colonne, ce qui peut sortir.",
)
@click.option(
    "--sortie",
    metavar="CLASSEUR.xlsx",
    type=click.Path(path_type=Path),
    help="Le classeur à écrire ; inutile avec --essai.",
)
@click.option("--essai", is_flag=True, help="Montrer ce qui sortirait, sans rien écrire.")
@option_au
@option_force
def partager(
    classeur: Path,
    avec: str,
    sortie: Path | None,
    essai: bool,
    au: date,
    modele: Modele,
    force: bool,
) -> None:
    """Écrit le classeur qui peut sortir de la commune : région, canton ou public.

    Il est écrit à neuf, jamais l'ancien vidé. Fermé par défaut : faiblesses, personnes, téléphones,
    incidents, colonnes et feuilles de la commune restent chez elle.
    """
    from pilotage_xlsx.gestes.partager import partager as partager_un_classeur
    from pilotage_xlsx.partage.phrases import montrer

    if not essai:
        if sortie is None:
            raise Echec("Dites où écrire le partage : --sortie CLASSEUR.xlsx (ou --essai).")
        if sortie.suffix.lower() != ".xlsx":
            raise Echec(f"{sortie} : le nom du classeur doit finir par « .xlsx ».")
        refuser_d_ecraser(sortie, [classeur])
        preparer(sortie, remplacer=force)
    fait = partager_un_classeur(classeur, avec, au=au, modele=modele)
    imprimer(typographier("\n".join(montrer(fait.bilan))))
    for remarque in fait.remarques:
        dire(remarque)
    if essai or sortie is None:
        dire("Essai : rien n'est écrit.")
        return
    ecrire_atomique(sortie, fait.octets, remplacer=force, sources=[classeur])
    dire(f"{nommer_le_fichier(sortie)} est prêt : relisez-le avant de le remettre.")
