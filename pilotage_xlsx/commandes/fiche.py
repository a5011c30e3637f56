"""``fiche`` : une page pour la séance, le dossier, le mur, l'avis à l'exécutif ; la note."""

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
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.fiche import SUJETS, reconnaitre
from pilotage_xlsx.gestes.fiche import fiche as rediger
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport.fiches import FORMES, Courrier
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import nommer_le_fichier


def _lire_le_sujet(ctx: click.Context, param: click.Parameter, texte: str) -> str:
    try:
        return reconnaitre(texte)
    except GesteImpossible as faute:
        raise Echec(str(faute)) from None


@commande("fiche")
@click.argument("sujet", metavar="|".join(SUJETS), callback=_lire_le_sujet)
@click.argument("classeur", metavar="CLASSEUR", type=click.Path(path_type=Path))
@click.argument("numero", metavar="[NUMERO]", required=False)
@click.option(
    "--sortie",
    required=True,
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Le fichier à écrire.",
)
@click.option(
    "--format",
    "forme",
    type=click.Choice(FORMES),
    help="La forme ; celle du nom de fichier, sinon pdf.",
)
@option_au
@option_force
def fiche(
    sujet: str,
    classeur: Path,
    numero: str | None,
    sortie: Path,
    forme: str | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Écrit une fiche d'une page, d'après un CLASSEUR.

    decision D-2026-003 pour la séance, incident I-2026-002 pour le dossier, avis I-2026-002 pour
    informer l'exécutif, urgence à afficher, note à adopter (deux pages), passation.
    """
    refuser_d_ecraser(sortie, [classeur])
    preparer(sortie, remplacer=force)
    extension = sortie.suffix.lower().removeprefix(".")
    choisie = forme or (extension if extension in FORMES else FORMES[0])
    faite = rediger(sujet, classeur, numero, forme=choisie, au=au, modele=modele)
    for remarque in faite.remarques:
        dire(remarque)
    ecrire_atomique(sortie, faite.octets, remplacer=force, sources=[classeur])
    imprimer(nommer_le_fichier(sortie))
    _dire_la_suite(faite.courrier, sortie, choisie)
    return 0


def _dire_la_suite(courrier: Courrier | None, sortie: Path, forme: str) -> None:
    """Un avis en texte part par ``envoyer`` : dire comment, et ce qui lui manque."""
    if courrier is None or forme != "txt":
        return
    chemin = f'"{sortie}"' if " " in str(sortie) else str(sortie)
    dire(f"À relire, puis : pilotage-xlsx envoyer {chemin} --brouillon avis.eml")
    if courrier.a is None:
        dire("Le courriel de l'exécutif manque dans la feuille Commune : ajoutez --a ADRESSE.")
    if courrier.de is None:
        dire("Le courriel du référent manque dans la feuille Commune : ajoutez --de ADRESSE.")
