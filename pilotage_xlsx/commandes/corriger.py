"""``corriger`` : réparer, sur une copie, ce qui ne fait aucun doute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotage_xlsx.commandes.commun import Echec, commande, option_force, refuser_d_ecraser
from pilotage_xlsx.commandes.copies import CORRIGE, nommer
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.gestes.classeurs import exiger
from pilotage_xlsx.gestes.corriger import ouvrir_la_corrigee
from pilotage_xlsx.gestes.porte import dire_les_portes
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.ecriture import ebaucher, preparer
from pilotage_xlsx.socle.typographie import typographier
from pilotage_xlsx.verification.phrases import accorder
from pilotage_xlsx.verification.reparations import Reparation

if TYPE_CHECKING:
    pass

_LIEU = 8

_NATURES = {
    date: " (une vraie date)",
    datetime: " (une vraie date)",
    int: " (un vrai nombre)",
    float: " (un vrai nombre)",
}
"""Ce que devient un texte qui ne se voit pas toujours changer."""


@commande("corriger")
@click.argument("classeur", metavar="CLASSEUR", type=click.Path(path_type=Path))
@click.option(
    "--sortie",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="La copie corrigée ; sans elle, NOM-corrige.xlsx à côté du classeur.",
)
@click.option("--essai", is_flag=True, help="Montrer ce qui serait corrigé, sans rien écrire.")
@option_force
def corriger(classeur: Path, sortie: Path | None, essai: bool, modele: Modele, force: bool) -> int:
    """Répare une copie d'un classeur : seulement ce qui est sans doute."""
    copie = sortie or nommer((classeur,), None, CORRIGE)[classeur]
    if not essai:
        _refuser_une_autre_forme(copie, classeur)
        refuser_d_ecraser(copie, (classeur,))
        preparer(copie, remplacer=force)
    registre = exiger(classeur, modele)
    for phrase in dire_les_portes([(registre.nom_du_fichier, registre.porte)]):
        dire(phrase)
    with ouvrir_la_corrigee(registre, modele) as (corrigee, faites):
        imprimer("\n".join(_montrer(faites)) or "Rien à réparer sans vous demander.")
        if essai:
            dire(f"Essai : rien n'est écrit ({_compter(faites)}).")
        elif corrigee is not None and faites:
            with ebaucher(copie, remplacer=force, sources=[classeur]) as brouillon:
                corrigee.ecrire(brouillon)
            dire(f"{copie} : {_compter(faites)}. Le classeur reçu n'a pas changé.")
    return 0


def _refuser_une_autre_forme(copie: Path, classeur: Path) -> None:
    """Un .xlsm n'est pas un .xlsx : Excel refuse d'ouvrir l'un sous le nom de l'autre."""
    if copie.suffix.lower() != classeur.suffix.lower() and classeur.suffix:
        raise Echec(f"{copie} : la copie d'un {classeur.suffix} se nomme aussi {classeur.suffix}.")


def _montrer(reparations: Sequence[Reparation]) -> Iterator[str]:
    """Une ligne par cellule, avant puis après, groupées par feuille."""
    largeur = max((len(reparation.libelle) for reparation in reparations), default=0)
    for feuille, siennes in groupby(reparations, key=lambda r: r.lieu.feuille):
        yield click.style(feuille, bold=True)
        for reparation in siennes:
            ou = f"{lettres_de(reparation.lieu.colonne or 0)}{reparation.lieu.ligne}"
            avant, apres = _citer(reparation.avant), _citer(reparation.apres)
            nature = _NATURES.get(type(reparation.valeur), "")
            yield f"  {ou:<{_LIEU}}{reparation.libelle:<{largeur}}  {avant} → {apres}{nature}"


def _citer(texte: str) -> str:
    """Le texte sur une ligne, entre guillemets ; un blanc en bord s'y voit."""
    net = texte.strip()
    avant = len(texte) - len(texte.lstrip())
    apres = len(texte) - len(net) - avant
    vu = f"{'␣' * avant}{net}{'␣' * apres}".replace("\n", "⏎")
    return typographier(f"« {vu} »")


def _compter(reparations: tuple[Reparation, ...]) -> str:
    return accorder(len(reparations), "cellule réparée", "cellules réparées")
