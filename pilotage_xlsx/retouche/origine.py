"""De quoi rendre l'original à l'octet : il voyage dans la copie annotée, avec son empreinte.

L'empreinte est celle des autres entrées de la copie, comprimées. Qu'un tableur l'enregistre, et
l'original embarqué disparaît ou ne correspond plus : les annotations s'enlèvent alors une à une,
et ce que la personne a corrigé reste. Ce qu'elle efface (un mot de passe) ne survit donc à aucun
enregistrement.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from itertools import chain
from zipfile import ZIP_STORED

from pilotage_xlsx.retouche.archive import Archive
from pilotage_xlsx.retouche.empaquetage import Empaqueteur, fiche_de, fiche_neuve
from pilotage_xlsx.retouche.liens import delier, lien_de_type, relier, typer
from pilotage_xlsx.socle.paquet import TOTAL_MAX, Paquet

_PARTIE = "pilotage/classeur.original"
_TYPE_DE_LIEN = "https://pilotage-xlsx.example/liens/original"
_TYPE = "application/vnd.pilotage-xlsx.original"
_LONGUEUR = hashlib.sha256().digest_size
COPIE_MAX = TOTAL_MAX // 2
"""Les octets d'une copie, ses parties et l'original ensemble, au-delà desquels il n'y entre pas."""


def peut_voyager(paquet: Paquet) -> bool:
    """Vrai si une copie de ce classeur peut l'emporter et rester loin des bornes de lecture."""
    brut = paquet.brut
    return sum(entree.file_size for entree in brut.entrees) + brut.taille <= COPIE_MAX


def faire_une_place(archive: Archive) -> None:
    """Relie l'original qu'`embarquer` écrira."""
    relier(archive, "", _TYPE_DE_LIEN, _PARTIE)
    typer(archive, _PARTIE, _TYPE)


def embarquer(empaqueteur: Empaqueteur, paquet: Paquet) -> None:
    """Écrit l'original en dernière entrée, tel quel : un classeur est déjà comprimé."""
    empreinte, taille = empaqueteur.empreinte, _LONGUEUR + paquet.brut.taille
    somme = zlib.crc32(empreinte)
    for morceau in paquet.brut.entier():
        somme = zlib.crc32(morceau, somme)
    fiche = fiche_neuve(_PARTIE)._replace(methode=ZIP_STORED, somme=somme)
    morceaux = chain((empreinte,), paquet.brut.entier())
    empaqueteur.ajouter(fiche._replace(comprimee=taille, taille=taille), morceaux)


def est_intacte(paquet: Paquet) -> bool:
    """Vrai si une copie porte son original, et que rien n'y a changé depuis qu'elle fut écrite."""
    if _PARTIE not in paquet:
        return False
    debut = next(paquet.morceaux(_PARTIE, TOTAL_MAX), b"")
    return debut[:_LONGUEUR] == _empreinte(paquet)


def original(paquet: Paquet) -> Iterator[bytes]:
    """L'original que porte une copie, par morceaux."""
    morceaux = paquet.morceaux(_PARTIE, TOTAL_MAX)
    yield next(morceaux, b"")[_LONGUEUR:]
    yield from morceaux


def oublier(archive: Archive) -> None:
    """Enlève l'original embarqué, qui ne correspond plus à ce que la copie devient."""
    if lien_de_type(archive, "", "original") is not None and _PARTIE in archive:
        delier(archive, "", (_PARTIE,))


def _empreinte(paquet: Paquet) -> bytes:
    somme = hashlib.sha256()
    for entree in paquet.brut.entrees:
        if entree.filename != _PARTIE:
            somme.update(fiche_de(entree).marque)
            for morceau in paquet.brut.comprimes(entree):
                somme.update(morceau)
    return somme.digest()
