"""La part Python de la page : nos sources et les roues, tracées, taillées et précompilées."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from outils.navigateur.pieces import PieceRefusee, Verrou

ICI = Path(__file__).resolve().parent
RACINE = ICI.parent.parent
_LE_JOUR = (2020, 2, 2, 0, 0, 0)
_INUTILES = {".so", ".pyd", ".pyi", ".c", ".cpp", ".h", ".pyx", ".pxd", ".po", ".hpp", ".typed"}
_A_L_ECART = {"__pycache__", "tests", "fuzzing"}
_ESSAIS = ("valmarin-2026.xlsx", "les-essarts-2026-libreoffice.xlsx", "belcombe-2026.xlsx")
_CHARGEUR = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")


class EchecDePreparation(Exception):
    """Un geste ne se joue pas dans Pyodide : une faute de la page, jamais un outil qui manque."""


class Bibliotheque(NamedTuple):
    """Les pièces de la page, en octets ; la trace, et le verrou vide que Pyodide demande."""

    chargeur: bytes
    moteur: bytes
    wasm: bytes
    standard: bytes
    lots: bytes
    trace: str
    verrou: str


def batir(verrou: Verrou, pieces: dict[str, Path]) -> Bibliotheque:
    """Tout ce que Python demande dans la page ; demande ``node``."""
    with TemporaryDirectory() as atelier:
        dossier = Path(atelier)
        with tarfile.open(pieces["pyodide"]) as archive:
            archive.extractall(dossier, filter="data")
        _alleger(dossier / "package" / "python_stdlib.zip")
        roues = [(pieces[roue.nom], roue.garde) for roue in verrou.roues]
        sources = dict(_sources(roues))
        _archiver(dossier / "sources.zip", sources.items())
        nommes = sorted(set(_nommer_les_imports(sources)))
        (dossier / "nommes.txt").write_text("\n".join(nommes), "utf-8")
        essais = ((nom, (RACINE / "exemples" / nom).read_bytes()) for nom in _ESSAIS)
        _archiver(dossier / "essais.zip", essais)
        _preparer(dossier)
        lus = [(dossier / "package" / nom).read_bytes() for nom in _CHARGEUR]
        archives = [(dossier / nom).read_bytes() for nom in ("standard.zip", "lots.bin")]
        trace = (dossier / "trace.txt").read_text("utf-8")
        return Bibliotheque(*lus, *archives, trace, _vider(dossier / "package"))


def _alleger(standard: Path) -> None:
    """Ce que Pyodide charge au départ pour attendre et installer cède la place à `standard/`."""
    notres = dict(_du_dossier(ICI / "standard"))
    remplaces = tuple(f"{nom.removesuffix('.py')}{fin}" for nom in notres for fin in (".py", "/"))
    with ZipFile(standard) as archive:
        gardes = [n for n in archive.namelist() if not n.startswith(remplaces)]
        fichiers = {nom: archive.read(nom) for nom in gardes if not nom.endswith("/")}
    _archiver(standard, (fichiers | notres).items())


def _vider(pyodide: Path) -> str:
    """Le verrou de Pyodide, sans ses paquets : la page apporte les siens."""
    document = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))
    return json.dumps({"info": document["info"], "packages": {}}, sort_keys=True)


def _preparer(dossier: Path) -> None:
    commande = [
        "node",
        str(ICI / "preparer.mjs"),
        "package",
        "sources.zip",
        "nommes.txt",
        "essais.zip",
        ".",
    ]
    try:
        subprocess.run(commande, cwd=dossier, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise PieceRefusee("node manque : il précompile la bibliothèque.") from None
    except subprocess.CalledProcessError as faute:
        raise EchecDePreparation(faute.stderr) from None


def _sources(roues: Iterable[tuple[Path, Sequence[str]]]) -> Iterator[tuple[str, bytes]]:
    """Le paquet et son modèle, le guichet, ce qui tient lieu de lxml, et le Python des roues."""
    yield "guichet.py", (ICI / "guichet.py").read_bytes()
    yield from _du_dossier(ICI / "lxml", "lxml/")
    yield from _du_dossier(RACINE / "pilotage_xlsx", "pilotage_xlsx/")
    yield from _du_dossier(RACINE / "modeles", "pilotage_xlsx/modeles/")
    for roue, garde in roues:
        yield from _de_la_roue(roue, garde)


def _nommer_les_imports(sources: Mapping[str, bytes]) -> Iterator[str]:
    """Les modules que nomment ces sources, même au fond d'une fonction."""
    for nom, octets in sources.items():
        if not nom.endswith(".py"):
            continue
        with suppress(SyntaxError):
            for noeud in ast.walk(ast.parse(octets)):
                if isinstance(noeud, ast.Import):
                    yield from (alias.name for alias in noeud.names)
                elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
                    yield noeud.module
                    yield from (f"{noeud.module}.{alias.name}" for alias in noeud.names)


def _du_dossier(dossier: Path, sous: str = "") -> Iterator[tuple[str, bytes]]:
    for fichier in sorted(dossier.rglob("*")):
        nom = fichier.relative_to(dossier)
        if fichier.is_file() and _sert(PurePosixPath(nom.as_posix())):
            yield f"{sous}{nom.as_posix()}", fichier.read_bytes()


def _de_la_roue(roue: Path, garde: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Le contenu d'une roue ; sa part compilée, seulement si elle l'est pour la page."""
    est_pour_la_page = "wasm32" in roue.name
    with ZipFile(roue) as archive:
        for nom in sorted(archive.namelist()):
            if garde and nom not in garde:
                continue
            if _sert(PurePosixPath(nom)) or (est_pour_la_page and nom.endswith(".so")):
                yield nom, archive.read(nom)


def _sert(nom: PurePosixPath) -> bool:
    a_l_ecart = any(p in _A_L_ECART or p.endswith((".dist-info", ".data")) for p in nom.parts)
    return not a_l_ecart and nom.suffix not in _INUTILES


def _archiver(chemin: Path, fichiers: Iterable[tuple[str, bytes]]) -> None:
    tampon = io.BytesIO()
    with ZipFile(tampon, "w", ZIP_STORED) as archive:
        for nom, octets in fichiers:
            archive.writestr(ZipInfo(nom, _LE_JOUR), octets)
    chemin.write_bytes(tampon.getvalue())
