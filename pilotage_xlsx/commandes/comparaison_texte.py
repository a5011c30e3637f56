"""La comparaison en texte : le résumé, ce qui n'est pas décidé, puis chaque changement."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

import click

from pilotage_xlsx.commandes.affichage import afficher_constats, largeur_du_terminal
from pilotage_xlsx.gestes.comparer import Comparaison, Trait
from pilotage_xlsx.socle.typographie import typographier

_RETRAIT = "  "
_SUITE = "      "


def afficher(comparaison: Comparaison) -> str:
    """Le texte entier, prêt pour le terminal."""
    largeur = largeur_du_terminal()
    lignes = [*_entete(comparaison, largeur), *_constats(comparaison, largeur)]
    for rubrique in comparaison.rubriques():
        lignes += ["", click.style(typographier(rubrique.titre), bold=True)]
        for trait in rubrique.traits:
            lignes += _dire(trait, largeur)
    return "\n".join(lignes)


def _entete(comparaison: Comparaison, largeur: int) -> Iterator[str]:
    yield click.style(typographier(comparaison.titre), bold=True)
    yield " → ".join(comparaison.fichiers)
    yield click.style(typographier(f"{comparaison.resume}."), bold=True)
    for remarque in comparaison.evolution.remarques:
        yield from textwrap.wrap(typographier(remarque), largeur)


def _constats(comparaison: Comparaison, largeur: int) -> Iterator[str]:
    par_lieu = sorted(comparaison.constats, key=lambda c: (c.lieu.fichier, c.lieu.feuille))
    for (fichier, feuille), constats in groupby(
        par_lieu, key=lambda c: (c.lieu.fichier, c.lieu.feuille)
    ):
        titre = f"Changements durables pas encore décidés · {fichier} · {feuille}"
        yield from ("", click.style(typographier(titre), bold=True))
        yield from afficher_constats(tuple(constats), largeur)


def _dire(trait: Trait, largeur: int) -> Iterator[str]:
    """Le fait, puis ses décisions en retrait ; en jaune, celles qui manquent ou suivent."""
    yield from textwrap.wrap(
        typographier(trait.fait), largeur, initial_indent=_RETRAIT, subsequent_indent=_SUITE
    )
    if trait.decisions:
        couleur = "yellow" if trait.est_a_voir else None
        for ligne in textwrap.wrap(typographier(trait.decisions), largeur - len(_SUITE)):
            yield _SUITE + click.style(ligne, fg=couleur, dim=not trait.est_a_voir)
