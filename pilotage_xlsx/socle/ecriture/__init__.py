"""Écrire une sortie : à côté, puis renommée, pour qu'aucun fichier ne reste à moitié écrit.

`fichier` : un fichier que la personne a nommé. `dossier` : plusieurs fichiers parmi ceux d'un
dossier, qu'un `manifeste` distingue de ceux d'autrui ; il ne se charge que s'il sert. Au sol :
n'importe rien de la maison. Une sortie impossible lève `SortieImpossible`, dont la phrase dit quoi
faire.
"""

from pilotage_xlsx.socle.ecriture.atelier import SANS_PLACE, ouvrir_un_atelier
from pilotage_xlsx.socle.ecriture.brouillons import balayer
from pilotage_xlsx.socle.ecriture.fautes import SortieImpossible
from pilotage_xlsx.socle.ecriture.fichier import (
    ebaucher,
    ecrire_atomique,
    exiger_la_place,
    preparer,
)

__all__ = [
    "SANS_PLACE",
    "SortieImpossible",
    "balayer",
    "ebaucher",
    "ecrire_atomique",
    "exiger_la_place",
    "ouvrir_un_atelier",
    "preparer",
]
