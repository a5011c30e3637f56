"""Deux états de la maison disent-ils la même chose ? Mêmes constats, mêmes cellules, mêmes lignes.

    python -m outils.mesures.memes RACINE_D_AVANT [DOSSIER…] [--communes 200] [--garder COMMUNES]

Les classeurs des dossiers (les exemples, par défaut) et des communes tirées au hasard, une sur deux
pleine de fautes, passent par `verifier` et par `consolider` des deux arbres. Les JSON, les tables
et les parties des classeurs se comparent octet par octet ; le code est 1 si un seul diffère.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random
from zipfile import ZipFile

from outils.mesures.region import AU, composer
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele.chargement import charger

RACINE = Path(__file__).resolve().parents[2]
_FAUTIVES: tuple[str | int | None, ...] = (
    "?", "idem", "xxx", "À clarifier", "31.02.2026", "environ mille", "total", "a@b", "079 12",
    "756.1234.5678.97", "mot de passe : Soleil2024!", "Société inconnue", "2026", "-5", "Oui",
    45_000, None, None,
)  # fmt: skip
_PART = 0.06


def fauter(rang: int, dossier: Path) -> None:
    """Écrit une commune au hasard ; d'un rang impair, une cellule sur quinze y est fautive."""
    hasard, document = Random(f"memes-{rang}"), composer(rang)
    lignes = [une for nom, lues in document.items() if nom != "commune" for une in lues]
    for ligne in lignes if rang % 2 else ():
        for colonne in ligne:
            if hasard.random() < _PART:
                ligne[colonne] = hasard.choice(_FAUTIVES)
    modele = charger()
    registre, _ = lire_donnees(document, modele, dossier)
    (dossier / f"{rang:04}.xlsx").write_bytes(generer(modele, registre, AU))


def composer_les_communes(dossier: Path, combien: int) -> None:
    """Écrit tant de communes, une par cœur ; celles qui y sont déjà restent."""
    dossier.mkdir(parents=True, exist_ok=True)
    rangs = [rang for rang in range(combien) if not (dossier / f"{rang:04}.xlsx").exists()]
    with ProcessPoolExecutor(os.cpu_count()) as bassin:
        list(bassin.map(partial(fauter, dossier=dossier), rangs, chunksize=5))


def dire(racine: Path, dossiers: Iterable[Path], sortie: Path) -> Mapping[str, bytes]:
    """Ce que l'arbre dit de ces classeurs, par nom."""
    dits: dict[str, bytes] = {}
    for rang, dossier in enumerate(dossiers):
        dits[f"{dossier}, verifier"] = _jouer(racine, "verifier", dossier, "--format", "json")
        for forme in ("json", "csv", "xlsx"):
            ici = sortie / f"{rang}" / f"region.{forme}"
            ici.parent.mkdir(parents=True, exist_ok=True)
            suite = ("--format", forme, "--sortie", ici, "--force")
            dits[f"{dossier}, {forme}, dit"] = _jouer(racine, "consolider", dossier, *suite)
            dits |= {f"{dossier}, {forme}, {nom}": octets for nom, octets in _parties(ici)}
    return dits


def _jouer(racine: Path, verbe: str, dossier: Path, *suite: str | Path) -> bytes:
    commande = [sys.executable, "-m", "pilotage_xlsx", verbe, dossier, *suite, "--au", "24.11.2026"]
    joue = subprocess.run(
        commande, cwd=dossier, env=os.environ | {"PYTHONPATH": str(racine)}, capture_output=True,
        check=False,
    )  # fmt: skip
    if joue.returncode not in (0, 1, 2):
        raise SystemExit(joue.stderr.decode())
    return joue.stdout.replace(bytes(suite[3]), b"") if len(suite) > 3 else joue.stdout


def _parties(ici: Path) -> Iterator[tuple[str, bytes]]:
    if ici.is_dir():
        yield from ((fichier.name, fichier.read_bytes()) for fichier in ici.glob("*.csv"))
    elif ici.suffix == ".xlsx":
        with ZipFile(ici) as archive:
            yield from ((nom, archive.read(nom)) for nom in archive.namelist())
    else:
        yield ici.name, ici.read_bytes()


def main() -> None:
    """Compare, et nomme ce qui diffère."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("avant", type=Path)
    arguments.add_argument("dossiers", type=Path, nargs="*", default=[RACINE / "exemples"])
    arguments.add_argument("--communes", type=int, default=200)
    arguments.add_argument("--garder", type=Path)
    choix = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporaire:
        communes = (choix.garder or Path(temporaire) / "communes").resolve()
        composer_les_communes(communes, choix.communes)
        dossiers = [*(dossier.resolve() for dossier in choix.dossiers), communes]
        avant, apres = (
            dire(racine.resolve(), dossiers, Path(temporaire) / nom)
            for racine, nom in ((choix.avant, "avant"), (RACINE, "apres"))
        )
    differents = sorted(nom for nom in avant | apres if avant.get(nom) != apres.get(nom))
    print(*differents, f"{len(avant)} comparés, {len(differents)} différents", sep="\n")
    raise SystemExit(bool(differents))


if __name__ == "__main__":
    main()
