"""``comparer`` : ce qui a changé d'un classeur au suivant, et ce que personne n'a décidé."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.commun import (
    commande,
    mettre_en_json,
    option_au,
    option_force,
    option_sortie,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.gestes.comparer import Comparaison, confronter, relier
from pilotage_xlsx.gestes.porte import dire_les_portes, lire
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import en_octets, nommer_le_fichier


@commande("comparer")
@click.argument("avant", metavar="AVANT", type=click.Path(path_type=Path))
@click.argument("apres", metavar="APRES", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "forme",
    type=click.Choice(["texte", "json", "html"]),
    default="texte",
    help="Pour lire, pour un autre programme, ou une page à imprimer.",
)
@option_sortie
@option_au
@option_force
def comparer(
    avant: Path,
    apres: Path,
    forme: str,
    sortie: Path | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Dit ce qui a changé de AVANT à APRES, deux classeurs d'une commune.

    Un changement durable sans décision sort en tête. L'ordre suit l'année de la feuille Commune.
    """
    if sortie is not None:
        refuser_d_ecraser(sortie, [avant, apres])
        preparer(sortie, remplacer=force)
    comparaison = confronter(relier([lire(c, modele) for c in (avant, apres)], modele, au))
    recent = comparaison.evolution.apres.registre
    for phrase in dire_les_portes([(recent.nom_du_fichier, recent.porte)]):
        dire(phrase)
    if comparaison.est_inversee:
        dire("Les classeurs sont donnés du plus récent au plus ancien : l'ordre est redressé.")
    rendu = _rendre(comparaison, forme)
    if sortie is None:
        imprimer(rendu)
    else:
        octets = en_octets(f"{click.unstyle(rendu)}\n")
        ecrire_atomique(sortie, octets, remplacer=force, sources=[avant, apres])
        imprimer(nommer_le_fichier(sortie))
    return 0


def _rendre(comparaison: Comparaison, forme: str) -> str:
    if forme == "json":
        from pilotage_xlsx.commandes.comparaison_json import en_json

        return mettre_en_json(en_json(comparaison))
    if forme == "html":
        from pilotage_xlsx.commandes.comparaison_html import rendre

        return rendre(comparaison)
    from pilotage_xlsx.commandes.comparaison_texte import afficher

    return afficher(comparaison)
