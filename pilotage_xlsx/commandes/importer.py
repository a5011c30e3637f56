"""``importer`` : la liste que la commune a déjà → des lignes d'Outils ou de Prestataires."""

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
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.typographie import typographier

_FORME = ".xlsx"


@commande("importer")
@click.argument("liste", metavar="LISTE", type=click.Path(path_type=Path))
@click.option(
    "--sortie",
    metavar="CLASSEUR.xlsx",
    type=click.Path(path_type=Path),
    help="Le classeur à écrire ; inutile avec --essai.",
)
@click.option(
    "--dans",
    metavar="CLASSEUR.xlsx",
    type=click.Path(path_type=Path),
    help="Le classeur de la commune : sa copie reçoit les lignes ; lui ne change pas.",
)
@click.option(
    "--colonnes",
    metavar="FICHIER.csv",
    type=click.Path(path_type=Path),
    help="Où va chaque colonne : le tableau d'un essai, corrigé. Avec --essai, où l'écrire ; "
    "s'il existe déjà, il est lu, et --force le refait.",
)
@click.option("--essai", is_flag=True, help="Montrer ce qui serait pris, et l'écrire à corriger.")
@option_au
@option_force
def importer(
    liste: Path,
    sortie: Path | None,
    dans: Path | None,
    colonnes: Path | None,
    essai: bool,
    au: date,
    modele: Modele,
    force: bool,
) -> None:
    """Reprend une LISTE faite ailleurs : inventaire, export, Excel de la bourse.

    Rien ne se devine en silence : ce qui ne se reconnaît pas reste une colonne à vous, ce qui ne se
    comprend pas reste tel que tapé, et chaque cellule de la liste est comptée à la fin.
    """
    from pilotage_xlsx.gestes import importer as geste

    if essai:
        ou = _ou_proposer(liste, sortie, colonnes, force=force)
        _essayer(liste, ou, colonnes, modele, force=force)
        return
    if sortie is None:
        raise Echec("Dites où écrire le classeur : --sortie CLASSEUR.xlsx (ou --essai).")
    recus = [chemin for chemin in (liste, dans, colonnes) if chemin]
    refuser_d_ecraser(sortie, recus)
    _exiger_la_forme(sortie, dans)
    preparer(sortie, remplacer=force)
    fait = geste.importer(
        liste, dans=dans, colonnes=colonnes, au=au, modele=modele, nom=sortie.name
    )
    for remarque in fait.remarques:
        dire(remarque)
    ecrire_atomique(sortie, fait.octets, remplacer=force, sources=recus)
    dire(f"{nommer_le_fichier(sortie)} est prêt : « verifier » dira ce qui manque encore.")


def _exiger_la_forme(sortie: Path, dans: Path | None) -> None:
    """Un .xlsm n'est pas un .xlsx : Excel refuse d'ouvrir l'un sous le nom de l'autre."""
    voulue = dans.suffix.lower() if dans else _FORME
    if sortie.suffix.lower() != voulue:
        raise Echec(f"{sortie} : le nom du classeur doit finir par « {voulue} ».")


def _ou_proposer(
    liste: Path, sortie: Path | None, colonnes: Path | None, *, force: bool
) -> Path | None:
    """Où écrire la proposition ; nulle part si la personne en donne déjà une, sauf à la refaire."""
    if colonnes is not None:
        return None if colonnes.exists() and not force else colonnes
    return (sortie or liste).with_name(f"{(sortie or liste).stem}-colonnes.csv")


def _essayer(
    liste: Path, ou: Path | None, colonnes: Path | None, modele: Modele, *, force: bool
) -> None:
    from pilotage_xlsx.gestes.importer import proposer_l_import
    from pilotage_xlsx.importation.phrases import montrer

    if ou is not None:
        preparer(ou, remplacer=force)
    corrigees = colonnes if ou is None else None
    propose = proposer_l_import(liste, colonnes=corrigees, modele=modele)
    imprimer(typographier("\n".join(montrer(propose.proposee))))
    for remarque in propose.remarques:
        dire(remarque)
    if ou is None:
        dire("Essai : rien n'est écrit.")
        return
    ecrire_atomique(ou, propose.colonnes, remplacer=force, sources=[liste])
    dire(
        f"Essai : aucun classeur n'est écrit. Corrigez {nommer_le_fichier(ou)}, sous « Va dans », "
        "puis rendez-le avec --colonnes."
    )
