"""Écrire une sortie : à côté, puis renommée, pour qu'aucun fichier ne reste à moitié écrit.

Au sol : n'importe rien de la maison. Une sortie impossible lève `SortieImpossible`, dont la phrase
dit quoi faire.
"""

from __future__ import annotations

import os
from pathlib import Path


class SortieImpossible(Exception):
    """La sortie ne peut pas être écrite ; le message dit pourquoi et que faire."""


def preparer(chemin: Path, *, remplacer: bool) -> None:
    """Vérifie, avant tout long travail, que la sortie pourra s'écrire."""
    if chemin.is_dir():
        raise SortieImpossible(f"{chemin} est un dossier : indiquez un nom de fichier.")
    if chemin.exists() and not chemin.is_file():
        raise SortieImpossible(
            f"{chemin} n'est pas un fichier ordinaire : choisissez un autre nom."
        )
    if chemin.exists() and not remplacer:
        raise SortieImpossible(
            f"{chemin} existe déjà : choisissez un autre nom, ou ajoutez --force pour le remplacer."
        )
    if not chemin.parent.is_dir():
        raise SortieImpossible(f"Le dossier {chemin.parent} n'existe pas : créez-le d'abord.")


def preparer_dossier(dossier: Path) -> None:
    """Crée le dossier de sortie s'il manque."""
    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise SortieImpossible(f"{dossier} est un fichier : indiquez un dossier.") from None
    except OSError as faute:
        raise SortieImpossible(_expliquer(dossier, faute)) from None


def ecrire_atomique(chemin: Path, octets: bytes, *, remplacer: bool) -> None:
    """Écrit ``octets`` dans ``chemin`` d'un seul geste : tout, ou rien."""
    preparer(chemin, remplacer=remplacer)
    brouillon = chemin.with_name(f".{chemin.name}.{os.getpid()}.partiel")
    try:
        with brouillon.open("xb") as sortie:
            sortie.write(octets)
        brouillon.replace(chemin)
    except OSError as faute:
        raise SortieImpossible(_expliquer(chemin, faute)) from None
    finally:
        brouillon.unlink(missing_ok=True)


def _expliquer(chemin: Path, faute: OSError) -> str:
    if isinstance(faute, PermissionError):
        return (
            f"{chemin} ne peut pas être écrit : s'il est ouvert dans Excel ou LibreOffice, "
            "fermez-le ; sinon, choisissez un dossier où vous avez le droit d'écrire."
        )
    if isinstance(faute, FileNotFoundError):
        return f"Le dossier {chemin.parent} n'existe pas : créez-le d'abord."
    return f"{chemin} ne peut pas être écrit ({faute.strerror or faute}) : libérez de la place."
