"""Apporter les pièces du verrou, par les clients ordinaires, et refuser celle qui a changé."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_VERROU = Path(__file__).resolve().parent / "verrou.toml"
_DE_TOUT_PYTHON = "any"
_DE_L_ABI = "abi"
_PYTHON_DES_ROUES_ORDINAIRES = "3.13"


class PieceRefusee(Exception):
    """Une pièce manque, ou n'est pas celle du verrou ; la phrase dit laquelle."""


class Piece(NamedTuple):
    """Un composant du verrou, et le fichier qui le porte ; ``garde`` : tout, ou ces fichiers."""

    nom: str
    version: str
    licence: str
    plateforme: str
    fichier: str
    sha256: str
    garde: Sequence[str] = ()


class Verrou(NamedTuple):
    """Tout ce que la page emporte : Pyodide, les roues, et le moteur des PDF."""

    python: str
    abi: str
    pyodide: Piece
    roues: tuple[Piece, ...]
    typst: Piece


def lire_le_verrou() -> Verrou:
    """Le verrou, tel qu'il est écrit."""
    document = tomllib.loads(_VERROU.read_text("utf-8"))
    pyodide = Piece(nom="pyodide", plateforme="npm", **document["pyodide"])
    roues = tuple(Piece(**roue) for roue in document["roues"])
    return Verrou(document["python"], document["abi"], pyodide, roues, Piece(**document["typst"]))


def apporter(verrou: Verrou, reserve: Path) -> dict[str, Path]:
    """Chaque pièce, par nom, dans ``reserve`` ; celle qui y est déjà ne se redemande pas."""
    reserve.mkdir(parents=True, exist_ok=True)
    return {
        piece.nom: _apporter(piece, verrou, reserve)
        for piece in (verrou.pyodide, *verrou.roues, verrou.typst)
    }


def _apporter(piece: Piece, verrou: Verrou, reserve: Path) -> Path:
    chemin = reserve / piece.fichier
    if not chemin.is_file():
        try:
            _jouer(_demande(piece, verrou, reserve), reserve)
        except (OSError, subprocess.CalledProcessError) as faute:
            raise PieceRefusee(f"{piece.fichier} ne s'obtient pas : {_dire(faute)}") from None
    empreinte = hashlib.sha256(chemin.read_bytes()).hexdigest()
    if empreinte != piece.sha256:
        raise PieceRefusee(f"{piece.fichier} n'est pas celui du verrou : {empreinte}.")
    return chemin


def _jouer(commande: list[str], dossier: Path) -> None:
    subprocess.run(commande, cwd=dossier, check=True, capture_output=True, text=True)


def _demande(piece: Piece, verrou: Verrou, reserve: Path) -> list[str]:
    """La commande qui apporte cette pièce, et elle seule."""
    if piece.plateforme == "npm":
        return ["npm", "pack", "--silent", f"{piece.nom}@{piece.version}"]
    demande = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
    demande += ["--only-binary=:all:", "-d", str(reserve), f"{piece.nom}=={piece.version}"]
    if piece.plateforme == _DE_TOUT_PYTHON:
        return demande
    est_de_l_abi = piece.plateforme == _DE_L_ABI
    plateforme = verrou.abi if est_de_l_abi else piece.plateforme
    python = verrou.python if est_de_l_abi else _PYTHON_DES_ROUES_ORDINAIRES
    return [*demande, "--platform", plateforme, "--python-version", python]


def _dire(faute: OSError | subprocess.CalledProcessError) -> str:
    sortie = getattr(faute, "stderr", None) or str(faute)
    return str(sortie).strip().splitlines()[-1]
