"""Jouer une vraie ligne de commande, dans son propre processus."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele.chargement import dossier_livre
from tests.commandes import pepiniere
from tests.petites_tables import petites_tables
from tests.tableaux import AU as AUJOURD_HUI
from tests.tableaux import modele

AU = ("--au", "24.11.2026")
DONNEES = dossier_livre("exemples") / "donnees"


@dataclass(frozen=True)
class Sortie:
    """Ce qu'une commande a rendu, et les secondes de processeur qu'elle a prises."""

    code: int
    texte: str
    erreur: str
    secondes: float

    @property
    def json(self) -> Any:
        return json.loads(self.texte)


def jouer(
    *arguments: object,
    entree: str = "",
    dans: Path | None = None,
    chemins: Sequence[Path] = (),
    delai: float | None = None,
) -> Sortie:
    """Joue ``pilotage-xlsx ARGUMENTS`` ; aucune trace n'est jamais permise.

    ``chemins`` : où Python cherche d'abord ses modules. ``delai``, en secondes : au-delà, la
    commande attend ce qui ne viendra pas.
    """
    modules = map(str, [*chemins, Path(__file__).resolve().parents[2]])
    environnement = {**os.environ, "PYTHONPATH": os.pathsep.join(modules)}
    commande = pepiniere.Commande([*map(str, arguments)], str(dans or Path.cwd()), environnement)
    demarrer = _faire_naitre if pepiniere.EXISTE and not chemins else _demarrer
    sortie = demarrer(commande, entree, delai)
    assert "Traceback" not in sortie.erreur, sortie.erreur
    return sortie


def _faire_naitre(commande: pepiniere.Commande, entree: str, delai: float | None) -> Sortie:
    with TemporaryFile() as recu, TemporaryFile() as dit, TemporaryFile() as erreur:
        recu.write(entree.encode())
        for flux in (recu, dit, erreur):
            flux.seek(0)
        issue = pepiniere.jouer(commande, [flux.fileno() for flux in (recu, dit, erreur)], delai)
        dit.seek(0)
        erreur.seek(0)
        return Sortie(issue.code, dit.read().decode(), erreur.read().decode(), issue.secondes)


def _demarrer(commande: pepiniere.Commande, entree: str, delai: float | None) -> Sortie:
    debut = _processeur()
    joue = subprocess.run(
        [sys.executable, "-m", "pilotage_xlsx", *commande.arguments],
        capture_output=True,
        input=entree.encode(),
        check=False,
        cwd=commande.dossier,
        timeout=delai,
        env=commande.environnement,
    )
    textes = joue.stdout.decode(), joue.stderr.decode()
    return Sortie(joue.returncode, *textes, _processeur() - debut)


def _processeur() -> float:
    """Le temps pris par les programmes lancés d'ici, et par les leurs."""
    temps = os.times()
    return temps.children_user + temps.children_system


def lire_le_terminal(maitre: int) -> bytes:
    """Tout ce qui s'est montré sur un pseudo-terminal dont l'autre bout est fermé."""
    montre = b""
    try:
        while morceau := os.read(maitre, 4096):
            montre += morceau
    except OSError:  # Linux : plus personne à l'autre bout
        pass
    os.close(maitre)
    return montre


def classeur(dossier: Path, nom: str = "valmarin-2026") -> Path:
    """Un classeur d'exemple, dans ``dossier`` ; ses tables sont courtes."""
    chemin = dossier / f"{nom}.xlsx"
    chemin.write_bytes(_generer(nom))
    return chemin


@cache
def _generer(nom: str) -> bytes:
    donnees = DONNEES / f"{nom}.json"
    registre, _ = lire_donnees(json.loads(donnees.read_bytes()), modele(), donnees)
    with petites_tables():
        return generer(modele(), registre, AUJOURD_HUI)
