"""``demo`` : toute l'année du référent, par les vraies commandes, sur des communes fictives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.chargement import dossier_livre
from pilotage_xlsx.commandes.commun import Echec, commande, option_au, option_force
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import preparer_dossier
from pilotage_xlsx.socle.montrable import nommer_le_fichier

_COMMUNES = ("valmarin-2026", "roche-claire-2026", "belcombe-2026")
_PRINCIPALE, _PRECEDENTE = "valmarin-2026", "valmarin-2025"
_ANNEE = 2026


@commande("demo")
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@option_au
@option_force
def demo(dossier: Path, au: date, modele: Modele, force: bool) -> int:
    """Joue l'année entière dans un DOSSIER, jusqu'au courriel."""
    from pilotage_xlsx.commandes import executer

    preparer_dossier(dossier)
    for arguments in _annee(dossier, au, ["--force"] if force else []):
        dire("", "$ pilotage-xlsx " + " ".join(arguments))
        if code := executer(arguments):
            raise Echec("La démonstration s'arrête ici.", code=code)
    imprimer(_conclure(dossier))
    return 0


def _annee(dossier: Path, au: date, force: list[str]) -> Iterator[list[str]]:
    """Les commandes de l'année, dans l'ordre ; les classeurs d'exemple sont de 2026."""
    le = ["--au", f"{au:%d.%m.%Y}"]
    for nom in (*_COMMUNES, _PRECEDENTE):
        donnees = dossier_livre("exemples") / "donnees" / f"{nom}.json"
        sortie = str(dossier / f"{nom}.xlsx")
        yield ["generer", sortie, "--depuis", str(donnees), *le, *force]
    precedent = str(dossier / f"{_PRECEDENTE}.xlsx")
    classeurs = [str(dossier / f"{nom}.xlsx") for nom in _COMMUNES]
    rapport = str(dossier / "rapport")
    yield ["verifier", classeurs[0], *le]
    yield ["consolider", *classeurs, "--sortie", str(dossier / "consolidation.xlsx"), *le, *force]
    occasions = str(dossier / "occasions.xlsx")
    yield ["mutualiser", *classeurs, "--sortie", occasions, *le, *force]
    ecarts = ["--format", "html", "--sortie", str(dossier / "ecarts.html")]
    yield ["comparer", precedent, classeurs[0], *ecarts, *le, *force]
    annee = ["--annee", str(_ANNEE), "--precedent", precedent]
    yield ["rapport", classeurs[0], *annee, "--sortie", rapport, *le, *force]
    urgence = str(dossier / "urgence.pdf")
    yield ["fiche", "urgence", classeurs[0], "--sortie", urgence, *le, *force]
    yield ["envoyer", rapport, "--brouillon", str(dossier / "courriel.eml"), *le, *force]


def _conclure(dossier: Path) -> str:
    a_ouvrir = (
        ("le classeur que la secrétaire remplit", f"{_PRINCIPALE}.xlsx"),
        ("trois communes ensemble", "consolidation.xlsx"),
        ("ce qu'elles pourraient se dire", "occasions.xlsx"),
        ("ce qui a changé en un an", "ecarts.html"),
        ("le rapport à l'exécutif", f"rapport/rapport-{_PRINCIPALE}.html"),
        ("la fiche d'urgence à afficher", "urgence.pdf"),
        ("le courriel prêt à partir", "courriel.eml"),
    )
    lignes = [f"  {nommer_le_fichier(dossier / nom)}\n      {quoi}" for quoi, nom in a_ouvrir]
    return "\n".join(["", "À ouvrir :", *lignes])
