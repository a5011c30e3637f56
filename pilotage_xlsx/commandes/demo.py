"""``demo`` : toute l'année du référent, par les vraies commandes, sur des communes fictives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, chdir
from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.commun import Echec, commande, option_au, option_force
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import dossier_livre
from pilotage_xlsx.socle.ecriture import ouvrir_un_atelier
from pilotage_xlsx.socle.ecriture.dossier import Depot
from pilotage_xlsx.socle.entree import MIO, lire
from pilotage_xlsx.socle.montrable import nommer_le_fichier

_COMMUNES = ("valmarin-2026", "roche-claire-2026", "belcombe-2026")
_PRINCIPALE, _PRECEDENTE = "valmarin-2026", "valmarin-2025"
_ANNEE = 2026
_SORTIE_MAX = 64 * MIO
_RAPPORT = "rapport"
_DEPOTS = {"": "demo", _RAPPORT: "rapport"}
"""Les dossiers où elle dépose, et la commande qui pourra en remplacer les fichiers."""

_A_OUVRIR = (
    ("le classeur que la secrétaire remplit", f"{_PRINCIPALE}.xlsx"),
    ("trois communes ensemble", "consolidation.xlsx"),
    ("ce qu'elles pourraient se dire", "occasions.xlsx"),
    ("ce qui a changé en un an", "ecarts.html"),
    ("le rapport à l'exécutif", f"{_RAPPORT}/rapport-{_PRINCIPALE}.html"),
    ("la fiche d'urgence à afficher", "urgence.pdf"),
    ("le courriel prêt à partir", "courriel.eml"),
)


@commande("demo")
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@option_au
@option_force
def demo(dossier: Path, au: date, modele: Modele, force: bool) -> int:
    """Joue l'année entière dans un DOSSIER, jusqu'au courriel."""
    _exiger_la_place(dossier, remplacer=force)
    with ouvrir_un_atelier() as atelier:
        with chdir(atelier):
            _jouer(au)
        _deposer(atelier, dossier, remplacer=force)
    imprimer(_conclure(dossier))
    return 0


def _exiger_la_place(dossier: Path, *, remplacer: bool) -> None:
    """Refuse d'avance ce que la fin refuserait ; elle examine tous les fichiers."""
    a_ouvrir = [Path(nom) for _, nom in _A_OUVRIR]
    classeurs = [Path(f"{nom}.xlsx") for nom in (*_COMMUNES, _PRECEDENTE)]
    for sous_dossier, par in _DEPOTS.items():
        attendus = [c.name for c in (*a_ouvrir, *classeurs) if c.parent == Path(sous_dossier)]
        Depot(dossier / sous_dossier, par, remplacer=remplacer).exiger(attendus)


def _jouer(au: date) -> None:
    """L'année, là où l'on est."""
    from pilotage_xlsx.commandes import executer

    for arguments in _annee(au):
        dire("", "$ pilotage-xlsx " + " ".join(arguments))
        if code := executer(arguments):
            raise Echec("La démonstration s'arrête ici : rien n'est écrit.", code=code)


def _deposer(atelier: Path, dossier: Path, *, remplacer: bool) -> None:
    """Tout, ou rien si une seule place est prise."""
    with ExitStack() as pile:
        depots = []
        for sous_dossier, par in _DEPOTS.items():
            depot = Depot(dossier / sous_dossier, par, remplacer=remplacer)
            depots.append(pile.enter_context(depot))
            for fichier in sorted((atelier / sous_dossier).glob("[!.]*.*")):
                with depot.ebaucher(fichier.name) as brouillon:
                    brouillon.write_bytes(lire(fichier, _SORTIE_MAX))
        for depot in depots:
            depot.exiger(depot.ebauches)
        for depot in depots:
            depot.poser()


def _annee(au: date) -> Iterator[list[str]]:
    """Les commandes de l'année, dans l'ordre ; les classeurs d'exemple sont de 2026."""
    le = ["--au", f"{au:%d.%m.%Y}"]
    for nom in (*_COMMUNES, _PRECEDENTE):
        donnees = dossier_livre("exemples") / "donnees" / f"{nom}.json"
        yield ["generer", f"{nom}.xlsx", "--depuis", str(donnees), *le]
    precedent, *classeurs = (f"{nom}.xlsx" for nom in (_PRECEDENTE, *_COMMUNES))
    yield ["verifier", classeurs[0], *le]
    yield ["consolider", *classeurs, "--sortie", "consolidation.xlsx", *le]
    yield ["mutualiser", *classeurs, "--sortie", "occasions.xlsx", *le]
    ecarts = ["--format", "html", "--sortie", "ecarts.html"]
    yield ["comparer", precedent, classeurs[0], *ecarts, *le]
    annee = ["--annee", str(_ANNEE), "--precedent", precedent]
    yield ["rapport", classeurs[0], *annee, "--sortie", _RAPPORT, *le]
    yield ["fiche", "urgence", classeurs[0], "--sortie", "urgence.pdf", *le]
    yield ["envoyer", _RAPPORT, "--brouillon", "courriel.eml", *le]


def _conclure(dossier: Path) -> str:
    lignes = [f"  {nommer_le_fichier(dossier / nom)}\n      {quoi}" for quoi, nom in _A_OUVRIR]
    return "\n".join(["", "À ouvrir :", *lignes])
