"""Un remède vaut par quelque voie qu'on ait demandé : seules les commandes nomment leurs options.

Qui n'a que la page, ou la bibliothèque, ne lit jamais « ajoutez --force » ; la commande ajoute ses
options au remède du geste (`commandes.options`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from outils.navigateur.bibliotheque import ICI as LA_PAGE
from outils.navigateur.bibliotheque import RACINE
from pilotage_xlsx.commandes import COMMANDES, pilotage
from pilotage_xlsx.commandes.options import OPTIONS
from pilotage_xlsx.socle.systeme import Moyen
from tests.arbres import PAQUET, modules, noeuds

_VERBES = "|".join(COMMANDES)
_OPTION = re.compile(rf"(?<![\w-])--[a-z]|pilotage-xlsx (?:{_VERBES})\b|« (?:{_VERBES}) »")
_A_LA_COMMANDE = {
    "commandes": "la ligne de commande",
    "envoi/expedition.py": "remettre à un serveur ne se fait que d'elle",
    "envoi/pannes.py": "remettre à un serveur ne se fait que d'elle",
    "envoi/serveur.py": "remettre à un serveur ne se fait que d'elle",
    "socle/ecriture": "écrire sur le disque ne se fait que d'elle",
}


def _nomme(texte: str) -> bool:
    return _OPTION.search(texte) is not None


def _textes(chemin: Path) -> Iterator[str]:
    """Les textes d'un module, sans ceux de documentation."""
    documente = {id(n.value) for n in noeuds(chemin) if isinstance(n, ast.Expr)}
    for noeud in noeuds(chemin):
        est_un_texte = isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)
        if est_un_texte and id(noeud) not in documente:
            yield noeud.value


def _a_lire() -> Iterator[tuple[str, str]]:
    """Tout ce qui peut se montrer : nos textes, nos gabarits, le modèle, la page."""
    for chemin in (*modules(), LA_PAGE / "guichet.py"):
        for texte in _textes(chemin):
            yield chemin.relative_to(RACINE).as_posix(), texte
    gabarits = (*PAQUET.rglob("*.j2"), *PAQUET.rglob("*.typ"), *(LA_PAGE / "page").glob("*.html"))
    for chemin in (*gabarits, *(LA_PAGE / "page").glob("*.js")):
        yield chemin.relative_to(RACINE).as_posix(), chemin.read_text("utf-8")
    for chemin in (RACINE / "modeles").rglob("*.toml"):
        lignes = chemin.read_text("utf-8").splitlines()
        dites = "\n".join(ligne for ligne in lignes if not ligne.startswith("#"))
        yield chemin.relative_to(RACINE).as_posix(), dites


def _est_a_la_commande(chemin: str) -> bool:
    dans = chemin.removeprefix("pilotage_xlsx/")
    return any(dans == nom or dans.startswith(f"{nom}/") for nom in _A_LA_COMMANDE)


def test_seules_les_commandes_nomment_leurs_options() -> None:
    fautifs = [
        (chemin, texte[:200])
        for chemin, texte in _a_lire()
        if not _est_a_la_commande(chemin) and _nomme(texte)
    ]
    assert fautifs == []


@pytest.mark.parametrize("lieu", _A_LA_COMMANDE)
def test_ce_qui_reste_a_la_commande_en_nomme_encore(lieu: str) -> None:
    """Une exception de trop s'ôte."""
    dits = (t for c, t in _a_lire() if c.removeprefix("pilotage_xlsx/").startswith(lieu))
    assert any(map(_nomme, dits))


def _commande(verbe: str) -> click.Command:
    trouvee = pilotage.get_command(click.Context(pilotage), verbe)
    assert trouvee is not None
    return trouvee


@pytest.mark.parametrize("moyen", Moyen)
def test_chaque_moyen_a_son_option_et_elle_existe(moyen: Moyen) -> None:
    (option,) = set(re.findall(r"--[a-z]+", OPTIONS[moyen]))
    connues = {
        nom
        for verbe in COMMANDES
        for parametre in _commande(verbe).params
        if isinstance(parametre, click.Option)
        for nom in parametre.opts
    }
    assert option in connues
