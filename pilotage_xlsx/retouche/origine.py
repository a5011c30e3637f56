"""De quoi rendre l'original à l'octet : il voyage dans la copie annotée, avec son empreinte.

L'empreinte est celle des autres parties de la copie. Qu'un tableur l'enregistre, et l'original
embarqué disparaît ou ne correspond plus : les annotations s'enlèvent alors une à une, et ce que la
personne a corrigé reste. Ce qu'elle efface (un mot de passe) ne survit donc à aucun
enregistrement.
"""

from __future__ import annotations

import hashlib

from pilotage_xlsx.retouche.archive import Archive
from pilotage_xlsx.retouche.liens import delier, lien_de_type, relier, typer

_PARTIE = "pilotage/classeur.original"
_TYPE_DE_LIEN = "https://pilotage-xlsx.example/liens/original"
_TYPE = "application/vnd.pilotage-xlsx.original"
_LONGUEUR = hashlib.sha256().digest_size
ORIGINAL_MAX = 32 << 20
"""Au-delà, l'original ne s'embarque pas : la copie passerait les bornes de lecture."""


def embarquer(archive: Archive, original: bytes) -> None:
    """Ajoute l'original à l'archive, en dernier."""
    if len(original) > ORIGINAL_MAX:
        return
    relier(archive, "", _TYPE_DE_LIEN, _PARTIE)
    typer(archive, _PARTIE, _TYPE)
    archive.poser(_PARTIE, _empreinte(archive) + original)


def retrouver(archive: Archive) -> bytes | None:
    """L'original, si rien n'a changé dans la copie depuis qu'elle fut annotée."""
    if _PARTIE not in archive:
        return None
    octets = archive.octets(_PARTIE)
    return octets[_LONGUEUR:] if octets[:_LONGUEUR] == _empreinte(archive) else None


def oublier(archive: Archive) -> None:
    """Enlève l'original embarqué, qui ne correspond plus à ce que la copie devient."""
    if lien_de_type(archive, "", "original") is not None and _PARTIE in archive:
        delier(archive, "", _PARTIE)


def _empreinte(archive: Archive) -> bytes:
    somme = hashlib.sha256()
    for nom in sorted(archive.noms):
        if nom != _PARTIE:
            somme.update(f"{nom}\n".encode())
            somme.update(hashlib.sha256(archive.octets(nom)).digest())
    return somme.digest()
