"""Arrêter chaque commande qui écrit à des instants au hasard, et dire ce qui en reste.

``python -m outils.mesures.arrets --fois 50`` : par commande et par signal (KILL, INT, TERM), autant
d'arrêts. Après chacun : les classeurs reçus et les fichiers d'autrui intacts, aucun fichier à
moitié écrit sous son nom, aucun processus vivant cinq secondes plus tard ; après la fois suivante,
aucun brouillon. Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pilotage_xlsx.modele.chargement import dossier_livre

RACINE = Path(__file__).resolve().parents[2]
EXEMPLES = dossier_livre("exemples")
CLASSEURS = ("valmarin-2026.xlsx", "belcombe-2026.xlsx", "roche-claire-2026.xlsx")
SIGNAUX = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
FAITE = (0, 1)
PATIENCE = 5.0


@dataclass(frozen=True)
class Bureau:
    """Les classeurs reçus, et un dossier où quelqu'un travaille."""

    racine: Path

    @property
    def recus(self) -> Path:
        return self.racine / "recus"

    @property
    def documents(self) -> Path:
        return self.racine / "Documents"

    def meubler(self) -> None:
        for dossier in (self.recus, self.documents / "photos", self.racine / "temporaire"):
            dossier.mkdir(parents=True)
        for nom in CLASSEURS:
            shutil.copy(EXEMPLES / nom, self.recus)
        (self.documents / "lettre.odt").write_text("Madame")
        (self.documents / "photos" / "mairie.jpg").write_text("image")

    def temoins(self) -> Mapping[Path, bytes]:
        """Ce à quoi rien ne doit toucher."""
        a_elle = (self.documents / "lettre.odt", self.documents / "photos" / "mairie.jpg")
        return {chemin: chemin.read_bytes() for chemin in (*self.recus.iterdir(), *a_elle)}

    def brouillons(self) -> list[Path]:
        return list(self.documents.glob(".*.partiel"))

    def commandes(self) -> Mapping[str, list[str]]:
        """Une ligne de commande par façon d'écrire."""
        recus, un = str(self.recus), str(self.recus / CLASSEURS[0])
        ici, sortie = str(self.documents), ["--sortie", str(self.documents)]

        def vers(nom: str) -> list[str]:
            return ["--sortie", str(self.documents / nom)]

        return {
            "consolider csv": ["consolider", recus, "--format", "csv", *sortie],
            "consolider parquet": ["consolider", recus, "--format", "parquet", *sortie],
            "consolider xlsx": ["consolider", recus, *vers("c.xlsx")],
            "rapport": ["rapport", un, "--annee", "2026", *sortie],
            "verifier --annoter": ["verifier", recus, "--annoter", ici],
            "verifier --sortie": ["verifier", recus, "--format", "csv", *vers("controle.csv")],
            "corriger": ["corriger", un, *vers("corrige.xlsx")],
            "generer": ["generer", str(self.documents / "g.xlsx"), "--depuis", un],
            "fiche": ["fiche", "urgence", un, *vers("urgence.txt")],
            "echeances": ["echeances", recus, *vers("echeances.ics")],
            "comparer": ["comparer", un, un, *vers("ecarts.txt")],
            "mutualiser": ["mutualiser", recus, *vers("m.xlsx")],
            "demo": ["demo", str(self.documents / "demo")],
        }

    def lancer(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        environ = {**os.environ, "PYTHONPATH": str(RACINE)}
        environ["TMPDIR"] = str(self.racine / "temporaire")
        au = [] if arguments[0] == "corriger" else ["--au", "24.11.2026"]
        return subprocess.Popen(
            [sys.executable, "-m", "pilotage_xlsx", *arguments, *au, "--force"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environ,
        )

    def jouer(self, arguments: list[str]) -> tuple[int, str]:
        joue = self.lancer(arguments)
        _, erreur = joue.communicate()
        return joue.returncode, erreur.decode()

    def vivants(self) -> list[int]:
        """Les processus de cette mesure, reconnus à leur environnement."""
        marque = f"TMPDIR={self.racine / 'temporaire'}".encode()
        return [pid for pid in _processus() if marque in _environnement(pid).split(b"\0")]


def _processus() -> Iterator[int]:
    return (int(entree.name) for entree in Path("/proc").iterdir() if entree.name.isdigit())


def _environnement(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def _a_moitie(dossier: Path) -> Iterator[Path]:
    """Les fichiers à leur place qui ne se lisent pas jusqu'au bout."""
    for chemin in dossier.rglob("*"):
        try:
            if chemin.suffix == ".xlsx" and zipfile.ZipFile(chemin).testzip() is not None:
                yield chemin
            if chemin.suffix == ".json":
                json.loads(chemin.read_bytes())
        except (zipfile.BadZipFile, ValueError):
            yield chemin


def _arreter(bureau: Bureau, arguments: list[str], signal_: int, instant: float) -> None:
    joue = bureau.lancer(arguments)
    time.sleep(instant)
    joue.send_signal(signal_)
    joue.communicate()


def _attendre_la_fin(bureau: Bureau) -> bool:
    """Vrai si tout processus s'est arrêté avant la fin de la patience."""
    fin = time.monotonic() + PATIENCE
    while bureau.vivants():
        if time.monotonic() > fin:
            return False
        time.sleep(0.1)
    return True


def eprouver(bureau: Bureau, arguments: list[str], fois: int, hasard: random.Random) -> list[str]:
    """Les fautes vues ; d'abord une fois entière, pour savoir combien elle dure."""
    debut = time.monotonic()
    code, erreur = bureau.jouer(arguments)
    duree, fautes = time.monotonic() - debut, [] if code in FAITE else [erreur]
    temoins, laisses = bureau.temoins(), 0
    for signal_ in SIGNAUX * fois:
        _arreter(bureau, arguments, signal_, duree * hasard.random())
        fautes += [] if _attendre_la_fin(bureau) else [f"signal {signal_} : processus vivant"]
        fautes += [] if bureau.temoins() == temoins else ["fichier d'autrui changé"]
        fautes += [f"{chemin.name} à moitié écrit" for chemin in _a_moitie(bureau.documents)]
        laisses += len(bureau.brouillons())
    code, erreur = bureau.jouer(arguments)
    fautes += [] if code in FAITE else [f"la fois suivante : code {code}, {erreur[-300:]}"]
    fautes += [f"brouillon resté : {chemin.name}" for chemin in bureau.brouillons()]
    print(f"{duree:.1f} s, {laisses} brouillons laissés puis balayés, {len(fautes)} fautes")
    return fautes


def main() -> int:
    """Toutes les commandes ; le code dit s'il y a une faute."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fois", type=int, default=50)
    options.add_argument("--graine", type=int, default=1)
    options.add_argument("--commande")
    choix = options.parse_args()
    hasard, fautes = random.Random(choix.graine), []
    with tempfile.TemporaryDirectory() as temporaire:
        bureau = Bureau(Path(temporaire))
        bureau.meubler()
        for nom, arguments in bureau.commandes().items():
            if choix.commande in (None, nom):
                print(f"{nom} : ", end="", flush=True)
                fautes += eprouver(bureau, arguments, choix.fois, hasard)
    print("\n".join(fautes))
    return int(bool(fautes))


if __name__ == "__main__":
    sys.exit(main())
