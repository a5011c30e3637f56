"""Qui peut lire une sortie : jamais plus de monde que ce dont elle est tirée."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import reduce
from operator import and_
from pathlib import Path
from typing import NamedTuple

_A_DES_MODES = os.name == "posix"
_A_PERSONNE = -1
"""Ce que ``chown`` comprend comme « ne pas changer »."""


class Droits(NamedTuple):
    """Le mode d'un fichier, son propriétaire et son groupe (-1 : ceux de qui écrit)."""

    mode: int
    proprietaire: int = _A_PERSONNE
    groupe: int = _A_PERSONNE


def choisir_les_droits(place: Path, sources: Iterable[Path]) -> Droits:
    """Les droits d'une sortie : ceux du fichier qu'elle remplace, sinon ceux de ses ``sources``.

    Plusieurs sources : ce que toutes permettent. Son propriétaire peut toujours écrire une copie.
    Rien de tout cela : ce que le système donne à un fichier neuf.
    """
    remplaces = _interroger([place])
    if remplaces:
        (etat,) = remplaces
        return Droits(etat.st_mode & 0o777, etat.st_uid, etat.st_gid)
    etats = _interroger(sources)
    return _reunir(etats) if etats else Droits(0o666 & ~_masque())


def accorder(descripteur: int, droits: Droits) -> None:
    """Donne ses droits à un fichier ouvert ; sans effet là où il n'y a pas de modes (Windows).

    Un groupe qu'on ne peut pas donner ne gagne rien : le nôtre n'en hérite pas les droits. Un
    système de fichiers sans modes garde le sien.
    """
    if not _A_DES_MODES:
        return
    mode = droits.mode
    if not _donner(descripteur, droits):
        mode = _sans_le_groupe(mode)
    with suppress(OSError):
        os.fchmod(descripteur, mode)


def _interroger(chemins: Iterable[Path]) -> Sequence[os.stat_result]:
    """L'état des fichiers ordinaires ; un tube, un dossier ou un absent n'ont pas de droits."""
    etats = []
    for chemin in chemins:
        with suppress(OSError, ValueError):
            etats.append(chemin.stat())
    return [etat for etat in etats if stat.S_ISREG(etat.st_mode)]


def _reunir(etats: Sequence[os.stat_result]) -> Droits:
    mode = reduce(and_, (etat.st_mode & 0o777 for etat in etats)) | stat.S_IWUSR
    groupes = {etat.st_gid for etat in etats}
    if len(groupes) > 1:
        return Droits(_sans_le_groupe(mode))
    return Droits(mode, groupe=groupes.pop())


def _sans_le_groupe(mode: int) -> int:
    """Le mode où le groupe ne peut rien de plus que n'importe qui."""
    return mode & (0o707 | (mode & 0o007) << 3)


def _donner(descripteur: int, droits: Droits) -> bool:
    """Vrai si le fichier a le groupe voulu ; le propriétaire, quand on en a le pouvoir."""
    actuel = os.fstat(descripteur)
    if droits.proprietaire not in (_A_PERSONNE, actuel.st_uid):
        with suppress(OSError):
            os.fchown(descripteur, droits.proprietaire, _A_PERSONNE)
    if droits.groupe in (_A_PERSONNE, actuel.st_gid):
        return True
    try:
        os.fchown(descripteur, _A_PERSONNE, droits.groupe)
    except OSError:
        return False
    return True


def _masque() -> int:
    """L'umask ; il ne se lit qu'en le changeant, un instant, pour un plus strict."""
    masque = os.umask(0o077)
    os.umask(masque)
    return masque
