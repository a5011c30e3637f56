"""Changer le cœur à un endroit, rejouer ses essais, et dire ce qu'aucun n'a vu.

    python -m outils.mesures.mutants [--piece etat] [--nombre 50] [--ouvriers 2]

Un mutant survit si les essais du cœur passent malgré lui. Chacun est jugé dans un processus né par
`fork` d'un autre où pytest et les bibliothèques sont déjà chargés : le module muté s'y compile en
mémoire et se substitue au vrai avant que rien ne l'importe. Le code dit si moins de 95 % sont tués,
ou si un équivalent déclaré (`equivalents.py`) n'en est pas un. Linux.

Pas mutmut : il laisse intacts les propriétés, les valeurs en cache et ce qui est hors d'une
fonction, soit presque tout `liens` et tous les chiffres. Pas cosmic-ray : il récrit le fichier et
relance Python à chaque mutant.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from outils.mesures.equivalents import EQUIVALENTS
from outils.mesures.mutations import Mutant, muter

RACINE = Path(__file__).resolve().parents[2]
COEUR = (
    *(f"metier/{piece}" for piece in ("etat", "liens", "bilan", "affaires", "expositions")),
    *(f"metier/{piece}" for piece in ("jugements", "taches", "mesure", "memoire", "lignes")),
    "metier/chiffres/*",
)
EN_PARTIE = {"socle/dates": ("ajouter_mois",)}
"""Une pièce dont seules ces fonctions sont du cœur."""
ESSAIS = ("tests/socle/test_dates.py", "tests/verification/test_regles.py")
"""Ceux qui conduisent le cœur, après les siens (`tests/metier`)."""
PATIENCE = 60
"""Au bout de tant de secondes, un mutant qui tourne encore est tué."""
SEUIL = 95.0
_EN_PANNE = 99
"""L'enfant n'a pas pu jouer les essais : ce n'est pas un mutant tué."""


class _Chargeur(SourceFileLoader):
    """Charge un module d'après l'arbre d'un mutant, et non d'après son fichier."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.chemin))
        self._code: CodeType = compile(mutant.arbre, self.path, "exec", dont_inherit=True)

    def get_code(self, fullname: str) -> CodeType:
        return self._code


class _Detour(MetaPathFinder):
    """Donne le module muté à qui importe le vrai."""

    def __init__(self, mutant: Mutant) -> None:
        self._module, self._chargeur = mutant.module, _Chargeur(mutant)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._module:
            return None
        return spec_from_file_location(fullname, self._chargeur.path, loader=self._chargeur)


def recenser(piece: str | None) -> Iterator[Mutant]:
    """Les mutants du cœur, module après module."""
    source = RACINE / "pilotage_xlsx"
    chemins = [chemin for motif in COEUR for chemin in sorted(source.glob(f"{motif}.py"))]
    for chemin in (*chemins, *(source / f"{partie}.py" for partie in EN_PARTIE)):
        nom = chemin.relative_to(source).with_suffix("").as_posix()
        if piece is None or piece in (nom, chemin.stem):
            module = f"pilotage_xlsx.{nom.removesuffix('/__init__').replace('/', '.')}"
            yield from muter(module, chemin, EN_PARTIE.get(nom, ()))


def _charger_les_bibliotheques() -> None:
    """Le produit se recharge dans chaque enfant ; les bibliothèques qu'il a chargées restent."""
    for nom in ("commandes.panne", "rapport", "verification.catalogue"):
        import_module(f"pilotage_xlsx.{nom}")
    for nom in [*sys.modules]:
        if nom.partition(".")[0] == "pilotage_xlsx":
            del sys.modules[nom]


def _essais(mutant: Mutant | None) -> list[str]:
    """Les essais du cœur, ceux de la pièce d'abord : un mutant y meurt le plus souvent."""
    propres = tuple(f"test_{nom}" for nom in mutant.module.split(".")) if mutant else ()
    siens = sorted((RACINE / "tests" / "metier").glob("test_*.py"))
    siens.sort(key=lambda fichier: not fichier.name.startswith(propres))
    return [*map(str, siens), *ESSAIS]


def _essayer(mutant: Mutant | None) -> int:
    """Joue les essais dans ce processus, jusqu'au premier qui échoue."""
    signal.alarm(PATIENCE)
    if mutant is not None:
        mutant.muter()
        sys.meta_path.insert(0, _Detour(mutant))
    muet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(muet, 1)
    os.dup2(muet, 2)
    return int(pytest.main(["-x", "--no-header", "--assert=plain", *_essais(mutant)]))


def _naitre(mutant: Mutant | None) -> int:
    enfant = os.fork()
    if enfant == 0:
        code = _EN_PANNE
        try:
            code = _essayer(mutant)
        finally:
            os._exit(code)
    return enfant


def juger(mutants: Iterable[Mutant], ouvriers: int) -> Iterator[tuple[Mutant, bool]]:
    """Chaque mutant, et s'il survit ; ``ouvriers`` à la fois."""
    en_cours: dict[int, Mutant] = {}
    for mutant in mutants:
        if len(en_cours) == ouvriers:
            yield _attendre(en_cours)
        en_cours[_naitre(mutant)] = mutant
    while en_cours:
        yield _attendre(en_cours)


def _attendre(en_cours: dict[int, Mutant]) -> tuple[Mutant, bool]:
    enfant, sort = os.wait()
    mutant = en_cours.pop(enfant)
    if os.waitstatus_to_exitcode(sort) == _EN_PANNE or _est_abattu(sort):
        raise RuntimeError(f"le mutant n'a pas pu être joué : {_raconter(mutant)}")
    return mutant, sort == 0


def _est_abattu(sort: int) -> bool:
    """Vrai si autre chose que sa patience a mis fin à l'enfant : on n'en conclut rien."""
    return os.WIFSIGNALED(sort) and os.WTERMSIG(sort) != signal.SIGALRM


def _cle(mutant: Mutant) -> tuple[str, str, str, str]:
    return (mutant.module, mutant.fonction, *mutant.dire())


def _raconter(mutant: Mutant) -> str:
    avant, apres = (" ".join(code.split())[:160] for code in mutant.dire())
    ici = mutant.chemin.relative_to(RACINE)
    return f"{ici}:{mutant.ligne} ({mutant.fonction}) : {avant}  →  {apres}"


def _tableau(jugements: Sequence[tuple[Mutant, bool]], equivalents: set[Mutant]) -> float:
    """Le tableau par module ; rend le taux de l'ensemble."""
    comptes: dict[str, Counter[str]] = {}
    for mutant, survit in jugements:
        sort = "équivalents" if mutant in equivalents else "survivants" if survit else "tués"
        nom = mutant.module.removeprefix("pilotage_xlsx.")
        for ou in (nom, "ensemble"):
            comptes.setdefault(ou, Counter())[sort] += 1
    print(
        f"{'module':<28}{'mutants':>8}{'tués':>8}{'survivants':>12}{'équivalents':>13}{'taux':>9}"
    )
    taux = 100.0
    for nom, sorts in sorted(comptes.items(), key=lambda compte: compte[0] == "ensemble"):
        tues, survivants = sorts["tués"], sorts["survivants"]
        taux = 100 * tues / (tues + survivants or 1)
        print(f"{nom:<28}{sorts.total():>8}{tues:>8}{survivants:>12}", end="")
        print(f"{sorts['équivalents']:>13}{taux:>8.1f} %")
    return taux


def _conclure(jugements: Sequence[tuple[Mutant, bool]], est_entier: bool) -> int:
    declares = {equivalent[:4] for equivalent in EQUIVALENTS}
    vus = {_cle(mutant) for mutant, _ in jugements}
    equivalents = {m for m, survit in jugements if survit and _cle(m) in declares}
    fautes = [
        f"équivalent tué : {_raconter(m)}" for m, s in jugements if not s and _cle(m) in declares
    ]
    if est_entier:
        fautes += [f"équivalent disparu : {perdu}" for perdu in sorted(declares - vus)]
    survivants = [_raconter(m) for m, s in jugements if s and m not in equivalents]
    taux = _tableau(jugements, equivalents)
    print(*survivants, *fautes, sep="\n")
    return int(taux < SEUIL or bool(fautes))


def _tout_juger(mutants: Sequence[Mutant], ouvriers: int) -> list[tuple[Mutant, bool]]:
    """Juge en disant où l'on en est : cela dure."""
    debut, jugements = time.monotonic(), list[tuple[Mutant, bool]]()
    for jugement in juger(mutants, ouvriers):
        jugements.append(jugement)
        if len(jugements) % 100 == 0:
            print(f"{len(jugements)} sur {len(mutants)}…", file=sys.stderr)
    print(f"{len(jugements)} mutants en {time.monotonic() - debut:.0f} s, {ouvriers} à la fois")
    return jugements


def main() -> int:
    """Tous les mutants, ceux d'une pièce, ou quelques-uns tirés au sort."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--piece", help="un module du cœur : etat, metier/affaires…")
    options.add_argument("--nombre", type=int, help="n'en juger que tant, tirés au sort")
    options.add_argument("--ouvriers", type=int, default=os.cpu_count() or 1)
    choix = options.parse_args()
    os.chdir(RACINE)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    mutants = [*recenser(choix.piece)]
    if choix.nombre is not None and choix.nombre < len(mutants):
        mutants = random.Random(1).sample(mutants, choix.nombre)
    _charger_les_bibliotheques()
    if os.waitpid(_naitre(None), 0)[1] != 0:
        sys.exit("les essais du cœur échouent déjà, sans mutant")
    jugements = _tout_juger(mutants, choix.ouvriers)
    return _conclure(jugements, choix.piece is None and choix.nombre is None)


if __name__ == "__main__":
    sys.exit(main())
