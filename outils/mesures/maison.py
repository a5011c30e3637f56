"""La maison en chiffres : modules, longueurs, chaîne d'imports, chemin d'un rapport en PDF.

    python -m outils.mesures.maison [RACINE]

``RACINE`` : un autre arbre du projet, à comparer (celui d'où l'on part, par défaut).
"""

from __future__ import annotations

import ast
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PAQUET = "pilotage_xlsx"
COURT = 70
"""Lignes en dessous desquelles un module à lecteur unique pourrait rentrer chez lui."""

_TRACEUR = """
import sys
from pathlib import Path
racine = str(Path(sys.argv[1]).resolve())
fichiers, fonctions = set(), set()

def entrer(cadre, evenement, _):
    if evenement == "call":
        code = cadre.f_code
        if code.co_filename.startswith(racine) and code.co_name != "<module>":
            fichiers.add(code.co_filename)
            fonctions.add((code.co_filename, code.co_qualname))

sys.path.insert(0, str(Path(racine).parent))
import threading
from pilotage_xlsx.commandes import executer
threading.setprofile(entrer)
sys.setprofile(entrer)
executer(sys.argv[2:])
sys.setprofile(None)
print(len(fichiers), len(fonctions))
"""


def mesurer(racine: Path) -> Iterator[tuple[str, object]]:
    """Chaque mesure et sa valeur."""
    modules = _modules(racine)
    importes = _importes(modules)
    lecteurs: dict[str, set[str]] = {}
    for nom, cibles in importes.items():
        for cible in cibles:
            lecteurs.setdefault(cible, set()).add(nom)
    lignes = {nom: len(c.read_text("utf-8").splitlines()) for nom, c in modules.items()}
    fonctions = [f for chemin in modules.values() for f in _fonctions(chemin)]
    longueurs = [(f.end_lineno or f.lineno) - f.lineno + 1 for f in fonctions]
    breves = sum(len(_corps(f)) == 1 for f in fonctions)
    seuls = [n for n in modules if len(lecteurs.get(n, ())) == 1]
    fichiers, entrees = _jouer_un_rapport(racine)
    yield "modules", len(modules)
    yield "lignes", sum(lignes.values())
    yield "fichiers à la racine du paquet", sum(1 for _ in (racine / PAQUET).glob("*.py"))
    yield "fichiers traversés pour un rapport en PDF", fichiers
    yield "fonctions entrées pour un rapport en PDF", entrees
    yield "plus longue chaîne d'imports", _chaine(importes)
    yield "modules à un seul lecteur", len(seuls)
    yield f"… de moins de {COURT} lignes", sum(lignes[nom] < COURT for nom in seuls)
    yield "fonctions : lignes, médiane", statistics.median(longueurs)
    yield "fonctions : lignes, la plus longue", max(longueurs)
    yield "fonctions d'une instruction", f"{breves / len(fonctions):.0%}"
    yield "classes de même nom", _homonymes(modules.values())


def _modules(racine: Path) -> Mapping[str, Path]:
    trouves = {}
    for chemin in sorted((racine / PAQUET).rglob("*.py")):
        parties = chemin.relative_to(racine).with_suffix("").parts
        trouves[".".join(parties[:-1] if parties[-1] == "__init__" else parties)] = chemin
    return trouves


def _importes(modules: Mapping[str, Path]) -> Mapping[str, set[str]]:
    """De chaque module, ceux qu'il importe ; ce qu'un paquet réunit compte pour le paquet."""
    importes: dict[str, set[str]] = {}
    for nom, chemin in modules.items():
        cibles: set[str] = set()
        for noeud in _executes(ast.parse(chemin.read_text("utf-8"))):
            if isinstance(noeud, ast.ImportFrom) and (noeud.module or "").startswith(PAQUET):
                entiers = (f"{noeud.module}.{alias.name}" for alias in noeud.names)
                cibles |= {e if e in modules else str(noeud.module) for e in entiers}
        importes[nom] = (cibles & modules.keys()) - {nom}
    return importes


def _executes(noeud: ast.AST) -> Iterator[ast.AST]:
    """Tout ce qui se joue : ce qui n'est là que pour les types ne compte pas."""
    yield noeud
    est_pour_les_types = isinstance(noeud, ast.If) and "TYPE_CHECKING" in ast.dump(noeud.test)
    if not est_pour_les_types or "Not" in ast.dump(noeud.test):
        for enfant in ast.iter_child_nodes(noeud):
            yield from _executes(enfant)


def _chaine(importes: Mapping[str, set[str]]) -> int:
    """La plus longue suite d'imports, chaque module une fois ; un cercle s'arrête où il revient."""
    en_cours: set[str] = set()

    @cache
    def longueur(nom: str) -> int:
        en_cours.add(nom)
        suites = [longueur(cible) for cible in sorted(importes[nom]) if cible not in en_cours]
        en_cours.discard(nom)
        return 1 + max(suites, default=0)

    return max(longueur(nom) for nom in sorted(importes))


def _fonctions(chemin: Path) -> Iterator[ast.FunctionDef]:
    arbre = ast.parse(chemin.read_text("utf-8"))
    return (noeud for noeud in ast.walk(arbre) if isinstance(noeud, ast.FunctionDef))


def _corps(fonction: ast.FunctionDef) -> list[ast.stmt]:
    """Ses instructions, sans sa description."""
    a_une_description = ast.get_docstring(fonction) is not None
    return fonction.body[a_une_description:] or fonction.body


def _homonymes(chemins: object) -> int:
    noms: dict[str, int] = {}
    for chemin in chemins:  # type: ignore[attr-defined]
        for noeud in ast.parse(chemin.read_text("utf-8")).body:
            if isinstance(noeud, ast.ClassDef) and not noeud.name.startswith("_"):
                noms[noeud.name] = noms.get(noeud.name, 0) + 1
    return sum(combien > 1 for combien in noms.values())


def _jouer_un_rapport(racine: Path) -> tuple[int, int]:
    with tempfile.TemporaryDirectory() as ailleurs:
        commande = [
            "rapport", str(racine / "exemples" / "valmarin-2026.xlsx"), "--annee", "2026",
            "--format", "pdf", "--sortie", ailleurs, "--au", "24.11.2026",
        ]  # fmt: skip
        joue = subprocess.run(
            [sys.executable, "-P", "-c", _TRACEUR, str(racine / PAQUET), *commande],
            capture_output=True, text=True, check=True, cwd=ailleurs,
            env={nom: valeur for nom, valeur in os.environ.items() if nom != "PYTHONPATH"},
        )  # fmt: skip
    fichiers, fonctions = map(int, joue.stdout.split()[-2:])
    return fichiers, fonctions


def main() -> None:
    """Imprime la table."""
    racine = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    for mesure, valeur in mesurer(racine.resolve()):
        print(f"{mesure:<45} {valeur}")


if __name__ == "__main__":
    main()
