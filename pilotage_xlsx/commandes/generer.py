"""``generer`` : un modèle (et des données) → un classeur prêt à remplir."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from pilotage_xlsx.commandes.commun import (
    Echec,
    commande,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.terminal import dire
from pilotage_xlsx.gestes.reprise import est_un_classeur
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.entree import MIO, nommer
from pilotage_xlsx.socle.json_exact import cles_en_double, decoder
from pilotage_xlsx.socle.json_recu import lire_json

_DONNEES_MAX = 16 * MIO

_AUTRES_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv")
"""Un tableur refuserait d'ouvrir sous ce nom ce qui est un .xlsx."""


@commande("generer")
@click.argument("sortie", metavar="SORTIE.xlsx", type=click.Path(path_type=Path))
@click.option("--commune", metavar="NOM", help="Le nom de la commune.")
@click.option("--canton", metavar="VD", help="Le canton : son abréviation, ou son nom.")
@click.option("--annee", metavar="2026", type=int, help="L'année du rapport.")
@click.option(
    "--depuis",
    metavar="DONNEES.json|CLASSEUR.xlsx",
    help="Des données à y mettre (« - » : entrée), ou le classeur de l'année passée.",
)
@click.option(
    "--kit",
    is_flag=True,
    help="Proposer aussi les outils usuels d'une petite commune, à confirmer.",
)
@option_au
@option_force
def generer(
    sortie: Path,
    commune: str | None,
    canton: str | None,
    annee: int | None,
    depuis: str | None,
    kit: bool,
    au: date,
    modele: Modele,
    force: bool,
) -> None:
    """Prépare un classeur : vierge, rempli d'un JSON, ou qui continue l'an passé."""
    from pilotage_xlsx.gestes.generer import generer as produire

    if sortie.suffix.lower() in _AUTRES_FORMATS:
        raise Echec(f"{sortie} : le nom du classeur doit finir par « .xlsx ».")
    preparer(sortie, remplacer=force)
    ancien: Path | None = None
    donnees: Any = {}
    if depuis and est_un_classeur(depuis):
        ancien = Path(depuis)
        refuser_d_ecraser(sortie, [ancien])
    elif depuis:
        donnees = _recevoir(depuis)
        for chemin in cles_en_double(donnees):
            dire(f"`{chemin}` est écrit deux fois : la dernière valeur est gardée.")
    fait = produire(
        ancien, donnees=donnees, commune=commune, canton=canton, annee=annee, kit=kit,
        au=au, modele=modele, nom=sortie.name,
    )  # fmt: skip
    for remarque in fait.remarques:
        dire(remarque)
    sources = [Path(depuis)] if depuis else []
    ecrire_atomique(sortie, fait.octets, remplacer=force, sources=sources)
    dire(f"{sortie} est prêt : ouvrez-le dans Excel ou LibreOffice, feuille « Lisez-moi ».")


def _recevoir(depuis: str) -> Any:
    """Le document reçu, s'il n'a pas plus de lignes et de valeurs qu'un classeur n'en porte."""
    from pilotage_xlsx.gestes.generer import exiger_tenable

    document = lire_json(depuis, _DONNEES_MAX, decoder)
    lignes, valeurs = 0, 0
    pile: list[Any] = [[document]]
    while pile:
        contenu = pile.pop()
        lignes, valeurs = lignes + isinstance(contenu, dict), valeurs + len(contenu)
        exiger_tenable(nommer(depuis), lignes, valeurs)
        enfants = contenu.values() if isinstance(contenu, dict) else contenu
        pile.extend(enfant for enfant in enfants if isinstance(enfant, dict | list))
    return document
