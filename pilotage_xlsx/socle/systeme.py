"""Ce qui est refusé, en français : le système le dit dans la langue où il a été installé.

Au sol : n'importe rien de la maison.

>>> dire_la_panne(OSError(errno.ENOSPC, "No space left on device"))
"il n'y a plus de place sur le disque"
>>> dire_la_panne(OSError(9999, "?"))
'erreur 9999 du système'
"""

from __future__ import annotations

import errno
import gc
from enum import Enum, auto

TRACE = "PILOTAGE_TRACE"
"""La variable d'environnement qui montre la trace d'une panne ; sans elle, personne n'en voit."""

_PANNES = {
    "ENOENT": "introuvable",
    "EACCES": "l'accès est refusé",
    "EPERM": "l'accès est refusé",
    "EISDIR": "c'est un dossier",
    "ENOTDIR": "un des dossiers du chemin est un fichier",
    "EEXIST": "ce nom est déjà pris",
    "ENOSPC": "il n'y a plus de place sur le disque",
    "EDQUOT": "il n'y a plus de place sur le disque",
    "EROFS": "le disque est en lecture seule",
    "ENAMETOOLONG": "le nom est trop long",
    "ELOOP": "ses liens tournent en rond",
    "EIO": "le disque ne répond pas comme il faut",
    "ENXIO": "ce n'est pas un fichier ordinaire",
    "EMFILE": "trop de fichiers sont ouverts",
    "EINVAL": "ce nom n'est pas permis",
}
"""Par nom : tous les systèmes n'ont pas tous ces numéros."""


_MIETTES = 100_000


class Moyen(Enum):
    """Ce que l'appelant peut donner de plus ; lui seul sait comment il s'appelle chez lui."""

    DESTINATAIRE = auto()
    EXPEDITEUR = auto()
    MODELE = auto()


class Empechement(Exception):
    """Un fichier reçu, ou une sortie, refusé : pourquoi, et un remède qui vaut partout.

    ``moyens`` : les autres remèdes, que la commande nomme par ses options.
    """

    def __init__(self, *phrases: str, moyens: tuple[Moyen, ...] = ()) -> None:
        super().__init__(*phrases)
        self.moyens = moyens


def espacer_les_miettes() -> None:
    """Le ramasse-miettes passe moins souvent : ce qu'une commande charge ou lit ne meurt guère."""
    gc.set_threshold(_MIETTES)


def dire_la_panne(faute: OSError) -> str:
    """La raison en quelques mots (« introuvable ») ; à défaut, le numéro que le système donne."""
    if isinstance(faute, PermissionError):
        return _PANNES["EACCES"]
    nom = errno.errorcode.get(faute.errno or 0, "")
    return _PANNES.get(nom, f"erreur {faute.errno} du système")
