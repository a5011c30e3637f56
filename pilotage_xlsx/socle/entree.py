"""La porte des fichiers reçus : un fichier ordinaire, jusqu'à une borne, ou une phrase.

Au sol : n'importe rien de la maison. Rien n'attend ici : un tube, un appareil ou une prise se
refuse sur le descripteur déjà ouvert, si bien que personne ne peut échanger le fichier entre
l'examen et la lecture. Un fichier sans fin, ou qui grandit, n'est lu que jusqu'à sa borne.

>>> lire_dans(Path("."), "../secret.txt", MIO)
Traceback (most recent call last):
pilotage_xlsx.socle.entree.EntreeRefusee: « ../secret.txt » sort du dossier . : rien n'en est lu.
>>> chemin_de(EnMemoire("valmarin.xlsx", b"PK")).suffix
'.xlsx'
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from enum import Enum
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pilotage_xlsx.socle.systeme import Empechement, dire_la_panne

ENTREE = "-"
"""Ce qui, sur la ligne de commande, désigne l'entrée standard."""

KIO, MIO = 1 << 10, 1 << 20

_SANS_ATTENDRE = (
    getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
)
"""Ne pas attendre l'autre bout d'un tube, ne pas prendre un terminal (Windows n'a ni l'un ni
l'autre sous un nom de fichier)."""

_SANS_LIEN = getattr(os, "O_NOFOLLOW", 0)


class EnMemoire(NamedTuple):
    """Un fichier reçu qui n'est sur aucun disque : son nom, et ses octets."""

    nom: str
    octets: bytes

    def __repr__(self) -> str:
        return f"<EnMemoire {self.nom[:100]} : {len(self.octets)} octets>"


Source = Path | EnMemoire
"""Un fichier reçu, d'où qu'il vienne."""


def chemin_de(source: Source) -> Path:
    """Le chemin d'un fichier reçu ; son nom seul, s'il n'est sur aucun disque."""
    return source if isinstance(source, Path) else Path(source.nom)


class Raison(Enum):
    """Pourquoi une entrée est refusée, pour qui a mieux à dire."""

    ABSENTE = "absente"
    ILLISIBLE = "illisible"
    DEMESUREE = "démesurée"
    CONTENU = "contenu"


class EntreeRefusee(Empechement):
    """Un fichier reçu qui ne peut pas servir ; la phrase dit lequel, pourquoi, et que faire."""

    def __init__(self, phrase: str, cause: Raison = Raison.CONTENU) -> None:
        super().__init__(phrase)
        self.cause = cause


def ouvreur(chemin: str, drapeaux: int) -> int:
    """Un descripteur sur un fichier ordinaire, ouvert sans attendre (un ``opener`` de Python).

    Lève `OSError` pour tout le reste : EISDIR pour un dossier, ENXIO pour un tube ou un appareil.
    """
    descripteur = os.open(chemin, drapeaux | _SANS_ATTENDRE)
    genre = os.fstat(descripteur).st_mode
    if stat.S_ISREG(genre):
        return descripteur
    os.close(descripteur)
    faute = errno.EISDIR if stat.S_ISDIR(genre) else errno.ENXIO
    raise OSError(faute, os.strerror(faute), chemin)


def ouvreur_sans_lien(chemin: str, drapeaux: int) -> int:
    """Comme `ouvreur`, et un lien (ELOOP) n'est pas suivi."""
    if os.path.islink(chemin):  # noqa: PTH114 — le système de Windows n'a pas O_NOFOLLOW
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), chemin)
    return ouvreur(chemin, drapeaux | _SANS_LIEN)


def ouvrir(chemin: Path, *, par: Callable[[str, int], int] = ouvreur) -> BufferedReader:
    """Le fichier ordinaire de ce nom, à lire en octets ; `OSError` si ce n'en est pas un."""
    return BufferedReader(FileIO(chemin, opener=par))


def lire(chemin: Path, borne: int) -> bytes:
    """Tout le fichier ; `EntreeRefusee` s'il ne se lit pas ou dépasse ``borne`` octets."""
    try:
        with ouvrir(chemin) as fichier:
            return _borner(fichier, str(chemin), borne)
    except (OSError, ValueError) as faute:
        raise _refuser(str(chemin), faute) from None


def lire_dans(dossier: Path, nom: str, borne: int) -> bytes:
    """Comme `lire`, un fichier qui est vraiment dans ``dossier``, sous un simple nom.

    `EntreeRefusee` si ce nom, ou le lien qu'il est, mène ailleurs : le dernier pas ne suit aucun
    lien, pour que rien ne change entre l'examen et l'ouverture.
    """
    est_un_nom = nom not in ("", ".", "..") and not set(nom) & set('/\\:"\0')
    vrai = Path(os.path.realpath(dossier / nom)) if est_un_nom else dossier
    if vrai.parent != Path(os.path.realpath(dossier)):
        raise EntreeRefusee(
            f"« {nom[:100]} » sort du dossier {dossier} : rien n'en est lu.", Raison.ILLISIBLE
        )
    try:
        with ouvrir(vrai, par=ouvreur_sans_lien) as fichier:
            return _borner(fichier, str(dossier / nom), borne)
    except (OSError, ValueError) as faute:
        raise _refuser(str(dossier / nom), faute) from None


def lire_l_entree(borne: int) -> bytes:
    """L'entrée standard jusqu'au bout, en ``borne`` octets au plus ; rien si elle est fermée."""
    if sys.stdin is None:
        return b""
    return _borner(sys.stdin.buffer, nommer(ENTREE), borne)


def nommer(depuis: str) -> str:
    """Le fichier dans une phrase ; « - » y est l'entrée standard."""
    return "L'entrée standard" if depuis == ENTREE else depuis


def _borner(fichier: BinaryIO, ou: str, borne: int) -> bytes:
    """Tout ce qui reste à lire ; un descripteur sans rien de prêt ne donne rien."""
    octets = fichier.read(borne + 1) or b""
    if len(octets) > borne:
        raise EntreeRefusee(
            f"{ou} dépasse {_peser(borne)} : vérifiez que c'est le bon fichier.",
            Raison.DEMESUREE,
        )
    return octets


def _peser(octets: int) -> str:
    return f"{octets // MIO} Mo" if octets >= MIO else f"{octets // KIO} ko"


def _refuser(ou: str, faute: OSError | ValueError) -> EntreeRefusee:
    if isinstance(faute, ValueError):  # un nom qui porte le signe nul
        raison, que_faire = "ce nom n'est pas permis", "vérifiez le nom"
    elif faute.errno == errno.ENXIO:
        raison = dire_la_panne(faute)
        que_faire = "copiez d'abord son contenu dans un fichier"
    elif isinstance(faute, PermissionError):
        raison = dire_la_panne(faute)
        que_faire = "vérifiez que vous y avez droit, et qu'il n'est pas ouvert ailleurs"
    else:
        raison, que_faire = dire_la_panne(faute), "vérifiez le nom"
    cause = Raison.ABSENTE if isinstance(faute, FileNotFoundError) else Raison.ILLISIBLE
    return EntreeRefusee(f"{ou} ne se lit pas ({raison}) : {que_faire}.", cause)
