"""Écrire une sortie : à côté, puis renommée, pour qu'aucun fichier ne reste à moitié écrit.

Au sol : n'importe rien de la maison. Une sortie impossible lève `SortieImpossible`, dont la phrase
dit quoi faire.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilotage_xlsx.socle.systeme import dire_la_panne

_PLEIN = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Plus de place, fichier trop grand, quota atteint (qui n'existe pas partout)."""


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
    with ebaucher(chemin, remplacer=remplacer) as brouillon, brouillon.open("xb") as sortie:
        sortie.write(octets)


@contextmanager
def ebaucher(chemin: Path, *, remplacer: bool) -> Iterator[Path]:
    """Un brouillon à remplir à côté de ``chemin``, dont il prend la place si rien n'a échoué."""
    preparer(chemin, remplacer=remplacer)
    brouillon = chemin.with_name(f".{chemin.name}.{os.getpid()}.partiel")
    try:
        yield brouillon
        brouillon.replace(chemin)
    except OSError as faute:
        raise SortieImpossible(_expliquer(chemin, faute)) from None
    finally:
        brouillon.unlink(missing_ok=True)


@contextmanager
def ebaucher_un_dossier(dossier: Path, *, remplacer: bool) -> Iterator[Path]:
    """Un dossier à remplir à côté de ``dossier``, dont il prend la place si rien n'a échoué.

    Un dossier qui existe n'est remplacé que sur demande, et d'un seul geste.
    """
    preparer_le_dossier_neuf(dossier, remplacer=remplacer)
    brouillon = dossier.with_name(f".{dossier.name}.{os.getpid()}.partiel")
    ancien = brouillon.with_suffix(".ancien")
    try:
        brouillon.mkdir()
        yield brouillon
        if dossier.exists():
            dossier.replace(ancien)
        brouillon.replace(dossier)
    except OSError as faute:
        raise SortieImpossible(_expliquer(dossier, faute)) from None
    finally:
        shutil.rmtree(brouillon, ignore_errors=True)
        shutil.rmtree(ancien, ignore_errors=True)


def preparer_le_dossier_neuf(dossier: Path, *, remplacer: bool) -> None:
    """Vérifie, avant tout long travail, que le dossier de sortie pourra s'écrire."""
    if dossier.exists() and not dossier.is_dir():
        raise SortieImpossible(f"{dossier} est un fichier : indiquez un dossier.")
    if dossier.exists() and any(dossier.iterdir()) and not remplacer:
        raise SortieImpossible(
            f"{dossier} existe déjà : choisissez un autre nom, ou ajoutez --force pour le "
            "remplacer."
        )
    if not dossier.absolute().parent.is_dir():
        raise SortieImpossible(f"Le dossier {dossier.parent} n'existe pas : créez-le d'abord.")


def _expliquer(chemin: Path, faute: OSError) -> str:
    if isinstance(faute, PermissionError):
        return (
            f"{chemin} ne peut pas être écrit : s'il est ouvert dans Excel ou LibreOffice, "
            "fermez-le ; sinon, choisissez un dossier où vous avez le droit d'écrire."
        )
    if isinstance(faute, FileNotFoundError) and not chemin.parent.is_dir():
        return f"Le dossier {chemin.parent} n'existe pas : créez-le d'abord."
    if isinstance(faute, FileNotFoundError):
        return f"Rien ne peut s'écrire dans {chemin.parent} : choisissez un autre dossier."
    if faute.errno in _PLEIN:
        return f"{chemin} ne peut pas être écrit : le disque est plein. Libérez de la place."
    return (
        f"{chemin} ne peut pas être écrit ({dire_la_panne(faute)}) : choisissez un autre dossier."
    )
