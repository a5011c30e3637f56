"""Les documents que l'envoi garde ou reçoit : un format connu, ou une phrase."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from pilotage_xlsx.envoi.fautes import EnvoiRefuse
from pilotage_xlsx.socle.entree import EntreeRefusee
from pilotage_xlsx.socle.json_recu import lire_json

T = TypeVar("T")

FORMAT = 1


def lire_document(chemin: Path, borne: int, genre: type[T]) -> T:
    """Le document de ce ``genre``, en ``borne`` octets au plus.

    Lève `EntreeRefusee` s'il manque ou est abîmé, `EnvoiRefuse` s'il est d'un autre format : son
    format se lit d'abord, car le reste a pu changer.
    """
    return convertir(lire_json(chemin, borne), str(chemin), genre)


def convertir(document: object, chemin: str, genre: type[T]) -> T:
    """Le document décodé, dans son ``genre`` ; ``chemin`` le nomme dans la phrase d'un refus."""
    version = document.get("format") if isinstance(document, dict) else None
    if type(version) is int and version != FORMAT:
        raise EnvoiRefuse(
            f"{chemin} vient d'une autre version (format {str(version)[:9]}) : mettez "
            "pilotage-xlsx à jour."
        )
    try:
        return msgspec.convert(document, genre)
    except msgspec.ValidationError:
        raise EntreeRefusee(f"{chemin} n'a pas la forme attendue.") from None
