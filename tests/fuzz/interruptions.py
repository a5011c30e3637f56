"""La campagne d'interruptions : arrêter chaque commande qui écrit, n'importe quand, et regarder.

    python -m tests.fuzz.interruptions [--coups 50] [--graine 1] [--verbes generer,rapport]

Chaque coup joue une commande dans un dossier neuf, l'arrête à un instant tiré au hasard par SIGINT
(à tout le groupe, comme un terminal), SIGTERM ou SIGKILL, puis la rejoue jusqu'au bout. Rend 1 si
un classeur reçu a changé, si une sortie n'est ni l'ancienne ni la bonne, si un processus vit encore
cinq secondes après, si une trace se montre, si le code n'est pas celui du contrat, ou si un
brouillon reste après le second passage. Linux : les processus se retrouvent dans ``/proc``.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from shutil import copytree
from typing import NamedTuple

from tests.fuzz.ecritures import VERBES, Verbe, preparer

SIGNAUX = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
SURSIS = 5.0
"""Secondes laissées à un processus pour s'arrêter."""

INTERROMPU = 130
_TRACES = (b"Traceback", b"resource_tracker", b"leaked", b"Exception ignored", b"Process Spawn")
_MARQUE = "PILOTAGE_ESSAI"
_MANIFESTE = ".pilotage-xlsx.jsonl"
_RACINE = str(Path(__file__).resolve().parents[2])


class Faute(NamedTuple):
    """Ce qu'un coup a montré : la commande, le signal, la sorte de faute, et le détail."""

    verbe: str
    signal: str
    sorte: str
    detail: str


class Fichier(NamedTuple):
    """Ce qu'un fichier était : ses octets, et l'instant de sa dernière écriture."""

    octets: bytes
    ecrit: int


Etat = Mapping[str, Fichier]


class Coup(NamedTuple):
    """Une commande à arrêter : quand, et par quel signal ; ``ancienne`` : ses sorties y sont."""

    verbe: Verbe
    signal: signal.Signals
    delai: float
    ancienne: bool


class Reference(NamedTuple):
    """Ce que la commande fait quand rien ne l'arrête : secondes, code, sorties ; et son départ."""

    duree: float
    code: int
    apres: Etat
    depart: Path


def relever(dossier: Path) -> dict[str, Fichier]:
    """Chaque fichier du dossier, par son chemin dans lui."""
    trouves = (chemin for chemin in dossier.rglob("*") if chemin.is_file())
    return {
        str(chemin.relative_to(dossier)): Fichier(chemin.read_bytes(), chemin.stat().st_mtime_ns)
        for chemin in trouves
    }


def mesurer(verbe: Verbe, atelier: Path) -> Reference:
    """Joue une fois la commande jusqu'au bout, dans une copie de son dossier de départ."""
    depart = preparer(verbe, atelier / f"depart-{verbe.nom}")
    copie = atelier / f"reference-{verbe.nom}"
    copytree(depart, copie)
    debut = time.perf_counter()
    joue = _lancer(verbe, copie, "mesure")
    _, erreur = joue.communicate()
    duree = time.perf_counter() - debut
    if joue.returncode not in (0, 1):
        raise SystemExit(f"{verbe.nom} : code {joue.returncode}\n{erreur.decode()}")
    return Reference(duree, joue.returncode, relever(copie), depart)


def tirer(verbe: Verbe, reference: Reference, hasard: Random, rang: int) -> Coup:
    """Un coup au hasard ; une fois sur deux, les sorties d'avant sont là, à remplacer."""
    delai = hasard.uniform(0, reference.duree * 1.05)
    return Coup(verbe, SIGNAUX[rang % len(SIGNAUX)], delai, hasard.random() < 0.5)


def frapper(coup: Coup, reference: Reference, dossier: Path) -> Iterator[Faute]:
    """Joue un coup dans un dossier neuf, et rend ce qui n'y va pas."""

    def faute(sorte: str, detail: object) -> Faute:
        return Faute(coup.verbe.nom, coup.signal.name, sorte, str(detail))

    copytree(reference.depart, dossier)
    if coup.ancienne:
        _vieillir(coup.verbe, reference, dossier)
    avant, essai = relever(dossier), uuid.uuid4().hex
    code, erreur = _arreter(_lancer(coup.verbe, dossier, essai), coup)
    apres = relever(dossier)
    if vivants := _attendre_la_fin(essai):
        yield faute("processus vivant", vivants)
    if any(trace in erreur for trace in _TRACES):
        yield faute("trace montrée", erreur.decode(errors="replace")[-600:])
    if code not in _codes(coup, reference):
        yield faute("code", code)
    for nom, detail in comparer(coup.verbe, avant, apres, reference):
        yield faute(nom, detail)
    suite = _lancer(coup.verbe, dossier, essai)
    _, erreur = suite.communicate()
    if suite.returncode != reference.code:
        yield faute("ne repart pas", f"{suite.returncode} {erreur.decode()[-300:]}")
    restes = relever(dossier).keys() - reference.apres.keys()
    if restes:
        yield faute("brouillon resté", sorted(restes))


def _codes(coup: Coup, reference: Reference) -> tuple[int, ...]:
    """Les codes permis : celui d'une commande finie à temps, ou celui de l'interruption."""
    est_tuee = coup.signal is signal.SIGKILL
    return (reference.code, -signal.SIGKILL if est_tuee else INTERROMPU)


def _vieillir(verbe: Verbe, reference: Reference, dossier: Path) -> None:
    """Laisse dans le dossier ce qu'un passage d'avant aurait écrit."""
    joue = _lancer(verbe, dossier, "avant")
    joue.communicate()
    assert joue.returncode == reference.code, verbe.nom


def _lancer(verbe: Verbe, dossier: Path, essai: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pilotage_xlsx", *verbe.arguments],
        cwd=dossier,
        env={**os.environ, "PYTHONPATH": _RACINE, _MARQUE: essai},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _attendre_le_depart(joue: subprocess.Popen[bytes]) -> None:
    """Attend que le programme écoute SIGTERM : avant, c'est encore l'interpréteur qui démarre."""
    while joue.poll() is None:
        etat = Path(f"/proc/{joue.pid}/status").read_text("ascii", "replace")
        ecoutes = int(etat.partition("SigCgt:")[2].split()[0], 16)
        if ecoutes >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.002)


def _arreter(joue: subprocess.Popen[bytes], coup: Coup) -> tuple[int, bytes]:
    """Envoie le signal à son heure, le programme une fois lancé ; rend le code et l'erreur."""
    _attendre_le_depart(joue)
    try:
        joue.wait(coup.delai)
    except subprocess.TimeoutExpired:
        if coup.signal is signal.SIGINT:
            os.killpg(joue.pid, coup.signal)
        else:
            joue.send_signal(coup.signal)
    try:
        _, erreur = joue.communicate(timeout=SURSIS)
    except subprocess.TimeoutExpired:
        joue.kill()
        return -999, b""
    return joue.returncode, erreur


def _attendre_la_fin(essai: str) -> list[str]:
    """Les processus de cet essai encore en vie après le sursis."""
    limite = time.monotonic() + SURSIS
    while (vivants := _vivants(essai)) and time.monotonic() < limite:
        time.sleep(0.05)
    return vivants


def _vivants(essai: str) -> list[str]:
    """Les processus qui portent la marque de l'essai, par leur commande."""
    trouves = []
    for dossier in Path("/proc").glob("[0-9]*"):
        try:
            if f"{_MARQUE}={essai}".encode() in (dossier / "environ").read_bytes():
                trouves.append((dossier / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return trouves


def comparer(
    verbe: Verbe, avant: Etat, apres: Etat, reference: Reference
) -> Iterator[tuple[str, str]]:
    """Les fichiers reçus doivent être intacts ; une sortie, absente, ancienne ou bonne."""
    recus = relever(reference.depart)
    for nom in recus:
        if avant[nom] != apres.get(nom) and nom not in verbe.journaux:
            yield "original touché", nom
    for nom, bon in reference.apres.items():
        present = apres.get(nom)
        if nom in recus or present is None:
            if nom in avant and present is None:
                yield "sortie disparue", nom
            continue
        if nom.endswith(_MANIFESTE):
            continue  # un journal : il dit à mesure ce qui est posé
        est_ancien = nom in avant and present.octets == avant[nom].octets
        if not est_ancien and not verbe.est_bonne(nom, present.octets, bon.octets):
            yield "sortie à moitié écrite", f"{nom} ({len(present.octets)} octets)"


def jouer(coups: int, graine: int, noms: Sequence[str] | None = None) -> list[Faute]:
    """``coups`` coups par commande et par signal ; chaque faute, dite aussi à mesure."""
    fautes: list[Faute] = []
    verbes = [verbe for verbe in VERBES if noms is None or verbe.nom in noms]
    with tempfile.TemporaryDirectory() as temporaire:
        for verbe in verbes:
            reference = mesurer(verbe, Path(temporaire))
            for rang in range(coups * len(SIGNAUX)):
                coup = tirer(verbe, reference, Random(f"{graine}-{verbe.nom}-{rang}"), rang)
                dossier = Path(temporaire, f"{verbe.nom}-{rang}")
                fautes += _dire(frapper(coup, reference, dossier))
    return fautes


A_LA_PORTE = [verbe for verbe in VERBES if not verbe.est_long]


def jouer_un_coup(verbe: Verbe, graine: int) -> list[Faute]:
    """Un seul coup ; d'une commande à l'autre, les signaux vont à tour de rôle."""
    rang = A_LA_PORTE.index(verbe)
    with tempfile.TemporaryDirectory() as temporaire:
        reference = mesurer(verbe, Path(temporaire))
        coup = tirer(verbe, reference, Random(f"{graine}-{rang}"), rang + graine)
        return list(frapper(coup, reference, Path(temporaire, verbe.nom)))


def _dire(fautes: Iterator[Faute]) -> Iterator[Faute]:
    for faute in fautes:
        print(f"{faute.verbe} {faute.signal} · {faute.sorte} : {faute.detail}", flush=True)
        yield faute


def main() -> int:
    """Joue la campagne et imprime les comptes."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--coups", type=int, default=50)
    arguments.add_argument("--graine", type=int, default=1)
    arguments.add_argument("--verbes", type=lambda texte: texte.split(","))
    options = arguments.parse_args()
    debut = time.perf_counter()
    fautes = jouer(options.coups, options.graine, options.verbes)
    combien = options.coups * len(SIGNAUX) * len(options.verbes or VERBES)
    print(f"\n{combien} interruptions en {time.perf_counter() - debut:.0f} s")
    for (sorte, verbe, coup), compte in sorted(
        Counter((faute.sorte, faute.verbe, faute.signal) for faute in fautes).items()
    ):
        print(f"{compte:5}  {sorte:24}{verbe:22}{coup}")
    return int(bool(fautes))


if __name__ == "__main__":
    sys.exit(main())
