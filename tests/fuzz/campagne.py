"""La campagne : des milliers de fichiers abîmés, aucun ne fait tomber une ligne de commande.

    python -m tests.fuzz.campagne [--nombre 20000] [--graine 1] [--garder DOSSIER]
    python -m tests.fuzz.campagne --verbe annoter --rang 84 --graine 1 --garder DOSSIER

Chaque cas est une ligne de commande (`verbes`) sur un fichier abîmé (`mutations`), dans un fils à
part. Rend 1 si l'un montre une trace, sort du contrat, prend plus de 10 s ou 300 Mo, touche à son
entrée ou laisse quelque chose (`epreuve`) ; le verbe, la graine et le rang le refont, et
``--garder`` l'enregistre. POSIX seulement.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.fuzz.donnees import abimer_les_donnees
from tests.fuzz.epreuve import eprouver
from tests.fuzz.mutations import abimer
from tests.fuzz.sources import SAIN, sources, suffixe
from tests.fuzz.verbes import PAR_NOM, VERBES, Verbe

_NOMS = (
    *("abime",) * 12, "Commune de l'Étang 2026", "x" * 190, "😀" * 45, "é" * 120, "deux\nlignes",
    "\x1b[31mrouge", "\u202eslx", "=1+1", "-tiret", "%s {0}", "a'b\"c", "\udcff",
)  # fmt: skip


def tirer(verbe: Verbe, graine: int, rang: int) -> tuple[bytes, str]:
    """Le fichier abîmé de ce rang, et son nom."""
    hasard = Random(f"{graine}-{rang}")
    nom = hasard.choice(_NOMS)
    source = hasard.choice(sources(verbe.source))
    abimes = (abimer_les_donnees if verbe.source == "données" else abimer)(source, hasard)
    return abimes, f"{nom}{suffixe(source)}"


def jouer(verbe: Verbe, rangs: Iterable[int], graine: int, garder: Path | None) -> list[str]:
    """Joue ces rangs ; rend une phrase par faute, et imprime les comptes."""
    _prechauffer(verbe)
    codes: Counter[str] = Counter()
    fautes: list[str] = []
    for rang in rangs:
        octets, nom = tirer(verbe, graine, rang)
        issue = eprouver(verbe, octets, nom)
        codes[issue.code] += 1
        fautes += [f"{verbe.nom} graine {graine} rang {rang} : {f}" for f in issue.fautes]
        if garder is not None and issue.fautes:
            (garder / f"{verbe.nom}-{graine}-{rang}{Path(nom).suffix}").write_bytes(octets)
    print(f"{verbe.nom} : {sum(codes.values())} cas, {len(fautes)} fautes, codes {dict(codes)}")
    return fautes


def _prechauffer(verbe: Verbe) -> None:
    """Charge ce que la ligne charge, d'après un essai sain : chaque fils part de là."""
    sain = SAIN.read_bytes() if verbe.source == "classeur" else sources(verbe.source)[-1]
    issue = eprouver(verbe, sain, f"sain{suffixe(sain)}")
    if issue.fautes or issue.code not in ("0", "1"):
        raise SystemExit(f"{verbe.nom}, sur un fichier sain : {issue.code} {issue.fautes}")
    for module in issue.modules:
        with suppress(ImportError):
            importlib.import_module(module)
    gc.freeze()


def _repartir(nombre: int, graine: int, garder: Path | None) -> int:
    """Un processus par verbe, autant à la fois que de cœurs ; rend le pire code."""
    commande = [sys.executable, "-m", "tests.fuzz.campagne", "--nombre", str(nombre)]
    commande += ["--graine", str(graine), *(["--garder", str(garder)] if garder else [])]

    def lancer(verbe: Verbe) -> int:
        return subprocess.run([*commande, "--verbe", verbe.nom], check=False).returncode

    with ThreadPoolExecutor(os.cpu_count()) as bassin:
        return max(bassin.map(lancer, VERBES))


def main() -> int:
    """Joue la campagne, ou la part de quelques verbes, ou un seul cas."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--nombre", type=int, default=20_000)
    arguments.add_argument("--graine", type=int, default=1)
    arguments.add_argument("--verbe", choices=[*PAR_NOM], action="append")
    arguments.add_argument("--rang", type=int)
    arguments.add_argument("--garder", type=Path)
    options = arguments.parse_args()
    if options.verbe is None:
        return _repartir(options.nombre, options.graine, options.garder)
    fautes: list[str] = []
    for verbe in map(PAR_NOM.__getitem__, options.verbe):
        siens = range(VERBES.index(verbe), options.nombre, len(VERBES))
        rangs = siens if options.rang is None else [options.rang]
        fautes += jouer(verbe, rangs, options.graine, options.garder)
    print(*fautes, sep="\n", flush=True)
    return int(bool(fautes))


if __name__ == "__main__":
    sys.exit(main())
