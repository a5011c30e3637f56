"""``corriger`` : réparer, sur une copie, ce qui ne fait aucun doute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotage_xlsx.commandes.commun import Echec, commande, option_force, refuser_d_ecraser
from pilotage_xlsx.commandes.copies import CORRIGE, nommer
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.ecriture import ebaucher, preparer
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.typographie import typographier
from pilotage_xlsx.verification.phrases import accorder
from pilotage_xlsx.verification.reparations import Reparation, chercher_les_reparations

if TYPE_CHECKING:
    from pilotage_xlsx.retouche import Copie

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
    registre = lire(classeur, modele)
    if registre.refus is not None:
        raise Echec(f"{classeur} : pas lu. {registre.refus}")
    reparations = chercher_les_reparations(registre, modele)
    with _reparer(classeur, registre, modele, reparations) as (corrigee, faites):
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


@contextmanager
def _reparer(
    classeur: Path, registre: Registre, modele: Modele, reparations: Iterable[Reparation]
) -> Iterator[tuple[Copie | None, tuple[Reparation, ...]]]:
    """La copie, et les réparations faites : aucune dans une cellule de formule."""
    from pilotage_xlsx import retouche

    visees = {_adresse(reparation): reparation for reparation in reparations}
    if not visees:
        yield None, ()
        return
    valeurs = {adresse: reparation.valeur for adresse, reparation in visees.items()}
    try:
        with retouche.corriger(classeur, valeurs, _lues(registre, modele)) as correction:
            faites = tuple(r for a, r in visees.items() if a in correction.faites)
            yield correction.copie, faites
    except Refus as refus:
        raise Echec(f"{classeur} : pas corrigé. {refus}") from None


def _adresse(reparation: Reparation) -> tuple[str, int, int]:
    lieu = reparation.lieu
    return (lieu.feuille, lieu.ligne or 0, lieu.colonne or 0)


def _lues(registre: Registre, modele: Modele) -> Mapping[str, set[tuple[int, int]]]:
    """Par feuille, les cellules remplies que le contrôle lit."""
    lues: dict[str, set[tuple[int, int]]] = {}
    for identifiant, feuille in registre.feuilles.items():
        saisies = {colonne.id for colonne in modele.par_id[identifiant].saisies}
        for ligne in feuille.lignes:
            for colonne in saisies & ligne.cellules.keys():
                lieu = ligne.emplacement(colonne)
                lues.setdefault(lieu.feuille, set()).add((lieu.ligne or 0, lieu.colonne or 0))
    return lues


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
