"""Un brouillon : le fichier en cours d'écriture, à côté de sa place, pour nos yeux seuls.

Son nom dit la machine, le processus et l'instant où ce processus a commencé : celui d'un mort se
balaie à la prochaine écriture dans le même dossier, et rien d'autre.
"""

from __future__ import annotations

import itertools
import os
import re
from contextlib import suppress
from pathlib import Path

from pilotage_xlsx.socle.ecriture.droits import Droits, accorder
from pilotage_xlsx.socle.ecriture.processus import dater_le_depart, est_vivant, nommer_l_hote
from pilotage_xlsx.socle.motifs import motif

_OCTETS_DU_NOM = 60
"""Du nom final, le brouillon n'en garde qu'autant : le sien reste permis partout (255 octets, 143
sur un dossier chiffré)."""

_FORME = motif(
    r"\..{1,60}\.(?P<hote>[0-9a-f]{8})-(?P<pid>\d{1,10})-(?P<depart>\d{1,20})-\d{1,10}\.partiel",
    re.DOTALL,
)
_rangs = itertools.count()


class Brouillon:
    """Un fichier à remplir, qui prendra d'un geste la place de ``cible``, ou disparaîtra.

    Il reste ouvert tant qu'il sert : sous Windows, personne d'autre ne peut alors l'enlever.
    """

    def __init__(self, cible: Path) -> None:
        self.cible = cible
        self.chemin = cible.with_name(_nommer(cible.name))
        self._est_pose = False
        self._descripteur = os.open(self.chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def poser(self, droits: Droits) -> None:
        """Le met à sa place, avec ses droits. Lève `OSError` si le système le refuse."""
        accorder(self._descripteur, droits)
        self._fermer()
        self.chemin.replace(self.cible)
        self._est_pose = True

    def abandonner(self) -> None:
        """L'enlève, s'il n'a pas été posé."""
        self._fermer()
        if not self._est_pose:
            with suppress(OSError):
                self.chemin.unlink()

    def _fermer(self) -> None:
        if self._descripteur >= 0:
            os.close(self._descripteur)
            self._descripteur = -1


def balayer(dossier: Path) -> None:
    """Enlève de ce dossier, et de lui seul, les brouillons de cette machine dont l'auteur est mort.

    Seuls partent des fichiers ordinaires dont le nom est exactement celui d'un brouillon.
    """
    try:
        entrees = list(os.scandir(dossier))
    except OSError:
        return
    hote = nommer_l_hote()
    for entree in entrees:
        vu = _FORME.fullmatch(entree.name)
        if vu is None or vu["hote"] != hote or est_vivant(int(vu["pid"]), vu["depart"]):
            continue
        with suppress(OSError):
            if entree.is_file(follow_symlinks=False):
                Path(entree.path).unlink()


def _nommer(nom: str) -> str:
    while len(os.fsencode(nom)) > _OCTETS_DU_NOM:
        nom = nom[:-1]
    pid = os.getpid()
    auteur = f"{nommer_l_hote()}-{pid}-{dater_le_depart(pid)}"
    return f".{nom}.{auteur}-{next(_rangs)}.partiel"
