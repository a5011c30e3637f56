"""``verifier`` : dire exactement ce qui ne va pas, où, et quoi faire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from pilotage_xlsx.commandes.affichage import EnTexte, largeur_du_terminal
from pilotage_xlsx.commandes.atelier import examiner_tous
from pilotage_xlsx.commandes.commun import (
    argument_classeurs,
    commande,
    option_au,
    option_force,
    option_sortie,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.controle_json import EnJson
from pilotage_xlsx.commandes.copies import (
    ANNOTE,
    RETIRE,
    Copiste,
    preparer_les_copies,
    retirer_les_annotations,
)
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.commandes.terminal import imprimer_a_mesure
from pilotage_xlsx.gestes.controle import Controler, Cumul, Examine, FormeDeControle
from pilotage_xlsx.metier.constats import resumer
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ebaucher, preparer
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.rangement import Rangement

FORMES = ("texte", "json", "csv", "html")
"""Pour lire, pour un autre programme, pour un tableur, ou une page à imprimer."""


@commande("verifier")
@argument_classeurs
@click.option(
    "--format",
    "forme",
    type=click.Choice(FORMES),
    default="texte",
    help="Pour lire, pour un autre programme, pour un tableur, ou une page à imprimer.",
)
@option_sortie
@click.option(
    "--strict",
    is_flag=True,
    help="Un avertissement, une cellule à remplir comptent comme une erreur.",
)
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
    recensement = recenser(entrees, avec_les_annotees=retirer)
    chemins = recensement.chemins
    if retirer:
        copies = preparer_les_copies(chemins, annoter, RETIRE, remplacer=force)
        return retirer_les_annotations(copies, annoter, remplacer=force)
    if sortie is not None:
        refuser_d_ecraser(sortie, chemins)
        preparer(sortie, remplacer=force)
    copies = preparer_les_copies(chemins, annoter, ANNOTE, remplacer=force) if annoter else {}
    tache = Controler(modele, au, _choisir(forme), doit_annoter=bool(copies))
    cumul = Cumul(modele, au)
    with Copiste(copies, au, remplacer=force) as copiste:
        pieces = _passer(examiner_tous(recensement, tache), cumul, copiste)
        _ecrire(tache.forme.assembler(pieces, cumul), sortie, chemins, force=force)
    return max(_code_de_sortie(cumul, est_strict=strict), copiste.code)


def _choisir(forme: str) -> FormeDeControle[Any]:
    if forme == "csv":
        from pilotage_xlsx.commandes.controle_csv import EnCsv

        return EnCsv()
    if forme == "html":
        from pilotage_xlsx.commandes.controle_html import EnPage

        return EnPage()
    return EnJson() if forme == "json" else EnTexte(largeur_du_terminal())


def _passer(examines: Iterable[Examine[Any]], cumul: Cumul, copiste: Copiste) -> Iterator[Any]:
    """Ce que la forme dit de chaque classeur, une fois compté ; puis sa copie, s'il en faut une."""
    for examine in examines:
        cumul.ajouter(examine)
        yield examine.piece
        copiste.copier(examine)


def _ecrire(
    morceaux: Iterable[str | bytes], sortie: Path | None, sources: Sequence[Path], *, force: bool
) -> None:
    """À l'écran à mesure ; ou dans le fichier, une fois tout prêt, et sans couleur."""
    if sortie is None:
        imprimer_a_mesure(morceaux)
        return
    with Rangement() as prets:
        for morceau in morceaux:
            texte = en_octets(click.unstyle(morceau)) if isinstance(morceau, str) else morceau
            prets.poser(len(prets), texte)
        with (
            ebaucher(sortie, remplacer=force, sources=sources) as brouillon,
            brouillon.open("wb") as fichier,
        ):
            fichier.writelines(prets.tous())


def _code_de_sortie(cumul: Cumul, *, est_strict: bool) -> int:
    if cumul.illisibles:
        return 2
    resumes = (resumer(cumul.d_ensemble), cumul.resume)
    if est_strict:
        return int(any(r.bloquants or r.avertissements or r.a_remplir for r in resumes))
    return int(any(r.bloquants for r in resumes))
