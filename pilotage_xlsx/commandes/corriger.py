"""``corriger`` : réparer, sur une copie, ce qui ne fait aucun doute, et ce qu'on a choisi."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
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
from pilotage_xlsx.commandes.copies import CORRIGE, nommer
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.gestes.classeurs import exiger
from pilotage_xlsx.gestes.corriger import TOUTES, ouvrir_la_corrigee
from pilotage_xlsx.gestes.porte import dire_les_portes
from pilotage_xlsx.metier.constats import cellule
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ebaucher, preparer
from pilotage_xlsx.socle.typographie import typographier
from pilotage_xlsx.verification.phrases import accorder
from pilotage_xlsx.verification.propositions import ReparationProposee
from pilotage_xlsx.verification.reparations import Reparation

_LIEU, _NUMERO = 8, 4
_CELLULES_MONTREES = 12

_NATURES = {
    date: " (une vraie date)",
    datetime: " (une vraie date)",
    int: " (un vrai nombre)",
    float: " (un vrai nombre)",
}
"""Ce que devient un texte qui ne se voit pas toujours changer."""


class NumeroAccepte(click.ParamType):  # type: ignore[type-arg]  # comme DateSuisse
    """Le numéro d'une proposition, ou « toutes »."""

    name = "proposition"

    def convert(self, value: Any, param: Any, ctx: Any) -> int | str:
        if str(value).casefold() == TOUTES:
            return TOUTES
        if not str(value).isascii() or not str(value).isdigit():
            self.fail(f"« {value} » n'est ni un numéro, ni « {TOUTES} ».", param, ctx)
        return int(value)


@commande("corriger")
@click.argument("classeur", metavar="CLASSEUR", type=click.Path(path_type=Path))
@click.option(
    "--sortie",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="La copie corrigée ; sans elle, NOM-corrige.xlsx à côté du classeur.",
)
@click.option("--essai", is_flag=True, help="Montrer ce qui serait corrigé, sans rien écrire.")
@click.option(
    "--accepter",
    metavar="N|toutes",
    type=NumeroAccepte(),
    multiple=True,
    help="Écrire aussi la proposition n° N, ou toutes ; se répète.",
)
@option_au
@option_force
def corriger(
    classeur: Path,
    sortie: Path | None,
    essai: bool,
    accepter: tuple[int | str, ...],
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Répare une copie : ce qui est sans doute, et les propositions acceptées."""
    copie = sortie or nommer((classeur,), None, CORRIGE)[classeur]
    if not essai:
        _refuser_une_autre_forme(copie, classeur)
        refuser_d_ecraser(copie, (classeur,))
        preparer(copie, remplacer=force)
    registre = exiger(classeur, modele)
    for phrase in dire_les_portes([(registre.nom_du_fichier, registre.porte)]):
        dire(phrase)
    with ouvrir_la_corrigee(registre, modele, accepter, au) as corrigee:
        faites = corrigee.faites
        imprimer("\n".join(_montrer(faites)) or "Rien à réparer sans vous demander.")
        if corrigee.propositions:
            imprimer("\n".join(_proposer(corrigee.propositions)))
        if corrigee.calculees:
            dire(_dire_les_calculees(corrigee.calculees))
        if essai:
            dire(f"Essai : rien n'est écrit ({_compter(faites)}).")
        elif corrigee.copie is not None and faites:
            with ebaucher(copie, remplacer=force, sources=[classeur]) as brouillon:
                corrigee.copie.ecrire(brouillon)
            dire(f"{copie} : {_compter(faites)}. Le classeur reçu n'a pas changé.")
    return 0


def _refuser_une_autre_forme(copie: Path, classeur: Path) -> None:
    """Un .xlsm n'est pas un .xlsx : Excel refuse d'ouvrir l'un sous le nom de l'autre."""
    if copie.suffix.lower() != classeur.suffix.lower() and classeur.suffix:
        raise Echec(f"{copie} : la copie d'un {classeur.suffix} se nomme aussi {classeur.suffix}.")


def _proposer(propositions: Sequence[ReparationProposee]) -> Iterator[str]:
    """Une ligne par question, numérotée, et les cellules où la réponse s'écrirait."""
    yield click.style("À vous de choisir", bold=True)
    for une in propositions:
        avant, apres = citer(une.avant), citer(une.apres)
        yield f"  {une.numero:<{_NUMERO}}{avant} → {apres}{_nature(une.reparations[0])}"
        yield f"  {'':<{_NUMERO}}{_situer(une.reparations)}"
    yield "  Pour écrire une proposition : --accepter et son numéro, ou --accepter toutes."


def _situer(reparations: Sequence[Reparation]) -> str:
    """« Outils E6, E7 ; Décisions F3 », et combien d'autres."""
    montrees = reparations[:_CELLULES_MONTREES]
    feuilles = [
        f"{feuille} {', '.join(_ou(reparation) for reparation in siennes)}"
        for feuille, siennes in groupby(montrees, key=lambda r: r.lieu.feuille)
    ]
    autres = len(reparations) - len(montrees)
    reste = f" et {accorder(autres, 'autre cellule', 'autres cellules')}" if autres else ""
    return f"{' ; '.join(feuilles)}{reste}"


def _dire_les_calculees(calculees: Sequence[Reparation]) -> str:
    combien = accorder(len(calculees), "cellule vient", "cellules viennent")
    return f"{_situer(calculees)} : {combien} d'une formule, et n'a pas changé ; corrigez-la."


def _ou(reparation: Reparation) -> str:
    return cellule(reparation.lieu) or ""


def _nature(reparation: Reparation) -> str:
    return _NATURES.get(type(reparation.valeur), "")


def _montrer(reparations: Sequence[Reparation]) -> Iterator[str]:
    """Une ligne par cellule, avant puis après, groupées par feuille."""
    largeur = max((len(reparation.libelle) for reparation in reparations), default=0)
    for feuille, siennes in groupby(reparations, key=lambda r: r.lieu.feuille):
        yield click.style(feuille, bold=True)
        for reparation in siennes:
            ou, nature = _ou(reparation), _nature(reparation)
            avant, apres = citer(reparation.avant), citer(reparation.apres)
            yield f"  {ou:<{_LIEU}}{reparation.libelle:<{largeur}}  {avant} → {apres}{nature}"


def citer(texte: str) -> str:
    """Le texte sur une ligne, entre guillemets ; un blanc en bord s'y voit."""
    net = texte.strip()
    avant = len(texte) - len(texte.lstrip())
    apres = len(texte) - len(net) - avant
    vu = f"{'␣' * avant}{net}{'␣' * apres}".replace("\n", "⏎")
    return typographier(f"« {vu} »")


def _compter(reparations: tuple[Reparation, ...]) -> str:
    return accorder(len(reparations), "cellule réparée", "cellules réparées")
