"""Ouvrir ce qu'on reçoit : un classeur lisible, ou un `Refus` qui dit ce que c'est et que faire.

>>> ouvrir(EnMemoire("valmarin.xlsx", b""))
Traceback (most recent call last):
pilotage_xlsx.socle.paquet.refus.Refus: Le fichier est vide. Reprendre une sauvegarde du classeur.
"""

from __future__ import annotations

from io import BytesIO, FileIO
from itertools import chain, islice

from pilotage_xlsx.socle.entree import EnMemoire, Source, ouvreur
from pilotage_xlsx.socle.paquet.archive import MORCEAU, Paquet
from pilotage_xlsx.socle.paquet.budget import MEMOIRE_MAX
from pilotage_xlsx.socle.paquet.formats import (
    MANIFESTE,
    refuser_par_entete,
    refuser_par_nom,
    refuser_par_parties,
    refuser_si_chiffre,
)
from pilotage_xlsx.socle.paquet.refus import ODS, demesure, illisible

_LECTURE_MAX = 2 << 20
_MORCEAUX_MAX = 400
"""Cent mégaoctets d'un ancien document Office : assez pour le reconnaître, fût-il sans fin."""


def ouvrir(source: Source) -> Paquet:
    """Ouvre un classeur OOXML ; `Refus` (FIC-001 à FIC-011) si ce n'en est pas un, lisible."""
    paquet = ouvrir_tout(source)
    if paquet.est_opendocument:
        paquet.fermer()
        raise ODS.refuser()
    return paquet


def ouvrir_tout(source: Source, memoire: int = MEMOIRE_MAX) -> Paquet:
    """Ouvre un classeur OOXML ou OpenDocument, pour le lire ; `Refus` sinon.

    ``memoire``, en octets : ce que la lecture peut en garder.
    """
    fichier = _ouvrir(source)
    try:
        debut = fichier.read(MORCEAU)
        suite = islice(iter(lambda: fichier.read(MORCEAU), b""), _MORCEAUX_MAX)
        refuser_par_entete(debut, chain((debut,), suite))
        paquet = Paquet(fichier, memoire)
        refuser_par_parties(paquet, _lire_debut(paquet, "mimetype"))
        if paquet.est_opendocument and MANIFESTE in paquet:
            refuser_si_chiffre(b"".join(paquet.morceaux(MANIFESTE)))
    except BaseException:
        fichier.close()
        raise
    return paquet


def _ouvrir(source: Source) -> FileIO | BytesIO:
    if isinstance(source, EnMemoire):
        return _OctetsBornes(source.octets)
    try:
        refuser_par_nom(source)
        return _FichierBorne(source, opener=ouvreur)
    except (OSError, ValueError) as erreur:
        raise illisible() from erreur


def _borner(taille: int | None) -> int | None:
    """Un répertoire d'archive se lit d'un coup, à la taille qu'il déclare : on la borne ici."""
    if taille is not None and taille > _LECTURE_MAX:
        raise demesure("répertoire de l'archive")
    return taille


class _FichierBorne(FileIO):
    def read(self, taille: int | None = -1, /) -> bytes:
        return super().read(_borner(taille)) or b""


class _OctetsBornes(BytesIO):
    def read(self, taille: int | None = -1, /) -> bytes:
        return super().read(_borner(taille))


def _lire_debut(paquet: Paquet, partie: str) -> bytes:
    return next(paquet.morceaux(partie), b"") if partie in paquet else b""
